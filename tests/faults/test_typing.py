"""What is typed into the real program in a real terminal, in bursts and as pastes."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tomli
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.session import load_session
from tests.faults.conftest import OpenTerminal
from tests.faults.terminal import PROGRAM, Terminal
from tests.tui.bursts import (
    CHARACTERS,
    DATA,
    EXAMPLES,
    bursts,
    typed,
)

SENT = {
    "escape": "\x1b[27u",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "down": "\x1b[B",
    "pagedown": "\x1b[6~",
    "backspace": "\x7f",
    "ctrl+s": "\x13",
    "ctrl+u": "\x15",
    **CHARACTERS,
}
LEAVING = ["escape"] * 6
TIME = re.compile(r"\d{4}-\d\d-\d\d.*")
START, END = "\x1b[200~", "\x1b[201~"


def written(keys: Sequence[str], parts: Sequence[int], folder: Path) -> tuple[str, str]:
    """Type keys into the program, in writes of so many; return its file and cursor."""
    path = folder / "projects.toml"
    path.write_text(DATA)
    kinds = ("CONFIG", "STATE", "CACHE", "DATA")
    environ = {
        **os.environ,
        **{f"XDG_{kind}_HOME": str(folder / kind) for kind in kinds},
    }
    terminal = Terminal((*PROGRAM, str(path)), environ)
    try:
        terminal.shows("Quit")
        rest = [SENT.get(key, key) for key in [*keys, *LEAVING, "q"]]
        place = 0
        while rest:
            length = parts[place % len(parts)] if parts else len(rest)
            terminal.type("".join(rest[:length]))
            terminal.read(0.001)
            rest, place = rest[length:], place + 1
        assert terminal.ended() == 0
    finally:
        terminal.close()
    session = load_session(find_paths(environ).sessions, path)
    return TIME.sub("", path.read_text()), session.current


@settings(max_examples=max(1, EXAMPLES // 3))
@given(keys=bursts, parts=st.lists(st.integers(1, 30), max_size=3))
@example(keys=[*"wjwjw"], parts=[])
@example(keys=["n", *"half a thought", "ctrl+s", "1", "j", "space", *"2jw"], parts=[7])
async def test_keys_in_a_terminal_do_what_they_do_one_by_one(
    keys: list[str], parts: list[int]
) -> None:
    with TemporaryDirectory() as folder:
        got = written(keys, parts, Path(folder))
    slowly = await typed([*keys, *LEAVING], [])
    assert got == (TIME.sub("", slowly.saved), slowly.cursor or "")


@pytest.mark.parametrize(
    "text",
    ["one \x1bwwwqqq" + "w" * 60, f"one {END}wq", "one \x1b[201", "one \x1b[A\x03\x04"],
    ids=ascii,
)
def test_no_part_of_a_paste_is_taken_for_keys(
    path: Path, terminal: OpenTerminal, text: str
) -> None:
    before = path.read_bytes()
    opened = terminal()
    opened.type(f"{START}{text}{END}")
    opened.shows("Nothing was pasted")
    assert path.read_bytes() == before
    opened.type(f"n{START}{text}{END}\x13q")
    assert opened.ended() == 0
    (project, _) = tomli.loads(path.read_text())["projects"]
    assert project["tags"] == ["first"]
    (note,) = project["notes"]
    assert note["text"] == re.sub(r"[\x00-\x1f]", "", text)


def test_a_byte_that_is_no_text_ends_neither_the_paste_nor_the_program(
    path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal()
    opened.type("n")
    opened.shows("keep as draft")
    os.write(opened.master, b"\x1b[200~na\xefve w\x1b[201~\x13")
    opened.shows("na�ve w")
    opened.type("q")
    assert opened.ended() == 0


def test_what_is_pasted_while_the_program_starts_waits_for_its_place(
    path: Path, environ: dict[str, str], terminal: OpenTerminal
) -> None:
    opened = terminal(first="opening")
    opened.type(f"n{START}wq a note{END}\x13q")
    assert opened.ended() == 0
    (project, _) = tomli.loads(path.read_text())["projects"]
    assert [note["text"] for note in project["notes"]] == ["wq a note"]
