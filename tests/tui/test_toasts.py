"""The messages at the edge of the screen: one line, and none that is out of date."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.notifications import Notification

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.presenters.toasts import is_replaced
from tests.tui.app_host import OpenApp, press


@pytest.mark.parametrize(
    ("old", "new", "replaced"),
    [
        (("Taken back: x", "information", 5), ("Made again: x", "information"), True),
        (("No project is in the list", "information", 5), ("Copied", "error"), False),
        (("Changed outside: 1 new", "information", 10), ("Copied", "information"), 0),
        (("Written: a", "information", 10), ("Written: b", "information"), True),
        (("Line 1: x", "warning", 15), ("Line 1: y", "warning"), False),
        (("not read", "error", 15), ("not read", "error"), True),
        (("not read", "error", 15), ("Copied", "information"), False),
        (("", "information", 10), (": ", "information"), False),
    ],
)
def test_an_answer_replaces_the_one_before_and_nothing_that_must_be_read(
    old: tuple[str, str, float], new: tuple[str, str], replaced: bool
) -> None:
    message, severity, timeout = old
    older = Notification(message, "", severity, timeout)  # type: ignore[arg-type]
    newer = Notification(new[0], "", new[1])  # type: ignore[arg-type]
    assert is_replaced(older, newer) == replaced


async def test_six_undos_are_one_line(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(app, pilot, *"wjwjwjwjwjw")
        await press(app, pilot, *"uuuuuu")
        assert told(app) == ["Taken back: tag watch (6 in a row)"]
        await press(app, pilot, "U")
        assert told(app) == ["Made again: tag watch"]
        (toast,) = app.screen.query("Toast")
        assert (toast.size.height, toast.region.bottom) == (1, 23)
        place = toast.region
        await press(app, pilot, "t")  # the dialog draws it over that of the list below
        assert [each.region for each in app.screen.query("Toast")] == [place]


def told(app: HunnanApp) -> list[str]:
    return [notification.message for notification in app._notifications]
