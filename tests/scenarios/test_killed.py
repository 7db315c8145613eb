"""A dialog that was open when the app was killed is open again at the next start."""

from __future__ import annotations

import signal

import pytest

from tests.scenarios.scenario import (
    ENTER,
    ESC,
    SPACE,
    Day,
)


@pytest.mark.parametrize(
    ("key", "title", "typed", "seen"),
    [
        ("n", "keep as draft", "第一条 note", "第一条 note"),
        ("t", "Tags of 2 projects", "region/southern", "region/southern"),
        ("a", "Follow-up: 2 projects", "下周五", "下周五"),
        ("N", "Needs of 2 projects", "用电 110 kV", "用电 110 kV"),
    ],
)
def test_what_was_typed_in_a_dialog_is_there_again(
    day: Day, key: str, title: str, typed: str, seen: str
) -> None:
    before = day.path.read_bytes()
    day.start()
    day.press(SPACE, SPACE, "g", key)
    day.sees(title)
    day.types(typed)
    if key == "t":
        day.press(ENTER)  # chosen, not yet applied
    if key == "n":
        day.press(ESC, "n")  # a draft is on the disk at the latest when it is left
    assert day.terminal is not None
    day.terminal.send(signal.SIGKILL)
    day.terminal.process.wait(10)
    day.close()
    assert day.path.read_bytes() == before
    if key == "n":
        day.start()
        day.press("n")
    else:
        day.start(shows=title)  # the keys of the dialog stand in its own frame
    assert seen in day.sees(title)
    if key == "t":
        day.press("\x13")
        day.saved()
        assert day.path.read_text("utf-8").count(typed) == 2
    else:
        day.press(ESC, *([ESC] if key == "N" else []))  # first it clears what is typed
    day.leave()
