"""The real app in a real terminal: signals, a lost terminal, an error in the program."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import tomli

from hunnan_tui.config.paths import find_paths
from hunnan_tui.storage.drafts import Drafts
from tests.faults.conftest import OpenTerminal
from tests.faults.terminal import PROGRAM, Terminal

LIVELY = 60.0
"""Seconds for what must take two: the machine that tests may be busy."""
ENDINGS = [
    (signal.SIGINT, 130),
    (signal.SIGTERM, 143),
    (signal.SIGHUP, 129),
]
NEEDS_ONE = "The app needs a terminal; `hunnan-tui list` does not"
LEFT = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1003l"


def project(path: Path) -> dict[str, Any]:
    projects: list[dict[str, Any]] = tomli.loads(path.read_text())["projects"]
    return projects[0]


def is_saved(screen: str) -> bool:
    return bool(re.search(r"saved \d\d:\d\d", screen)) and "keep as draft" not in screen


def begin_note(terminal: Terminal, text: str) -> None:
    terminal.type("n")
    terminal.shows("keep as draft")
    terminal.type(text)
    terminal.shows(text)


def draft(path: Path, environ: dict[str, str]) -> str:
    """The draft of a new note as the next start will find it."""
    kept = Drafts(find_paths(environ).drafts, path).get("a")
    return kept.text if kept else ""


@pytest.mark.parametrize(("number", "code"), ENDINGS)
def test_a_signal_ends_it_with_all_kept_and_the_terminal_as_it_was(
    path: Path,
    environ: dict[str, str],
    terminal: OpenTerminal,
    number: signal.Signals,
    code: int,
) -> None:
    opened = terminal()
    assert opened.flags_now() != opened.flags
    opened.type("w")
    opened.shows("watch")
    begin_note(opened, "half a thought")
    opened.send(number)
    assert opened.ended(LIVELY) == code
    assert "watch" in project(path)["tags"]
    assert draft(path, environ) == "half a thought"
    assert LEFT in opened.output
    assert MOUSE_OFF in opened.output
    assert opened.flags_now() == opened.flags
    assert b"Traceback" not in opened.output


HANGING = """
import sys, time
from hunnan_tui.storage import open_workspace
open_workspace.open_workspace = lambda *_, **__: time.sleep(600)
from hunnan_tui.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("how", ["key", "signal"])
def test_a_file_that_never_opens_can_be_left(
    how: str, path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal(sys.executable, "-c", HANGING, str(path), first="opening…")
    opened.shows("甲")
    if how == "key":
        opened.type("n\x03")
    else:
        opened.send(signal.SIGTERM)
    assert opened.ended(LIVELY) == (130 if how == "key" else 143)
    assert opened.flags_now() == opened.flags
    assert LEFT in opened.output


def test_a_fault_found_behind_the_first_screen_is_a_line(
    path: Path, terminal: OpenTerminal
) -> None:
    path.write_text(path.read_text() + "stage = =\n")
    opened = terminal(first="甲")
    assert opened.ended(LIVELY) == 2
    _, _, last = opened.output.rpartition(LEFT)
    assert f"{path}:10:9: error".encode() in last


@pytest.mark.parametrize("controlling", [True, False])
def test_a_closed_window_ends_it_with_all_kept(
    path: Path, environ: dict[str, str], terminal: OpenTerminal, controlling: bool
) -> None:
    opened = terminal(controlling=controlling)
    opened.type("w")
    opened.shows("watch")
    begin_note(opened, "half a thought")
    opened.hang_up()
    assert opened.process.wait(LIVELY) == 129
    assert "watch" in project(path)["tags"]
    assert draft(path, environ) == "half a thought"


def test_a_terminal_that_takes_nothing_cannot_keep_it_alive(
    path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal()
    opened.type("w")
    opened.until(is_saved)
    for _ in range(60):
        opened.type("zz")  # nobody reads what it draws
        time.sleep(0.01)
    opened.send(signal.SIGTERM)
    assert opened.process.wait(LIVELY) == 143
    assert "watch" in project(path)["tags"]


def test_it_stops_and_goes_on_where_it_was(path: Path, terminal: OpenTerminal) -> None:
    opened = terminal()
    opened.send(signal.SIGTSTP)
    while _state(opened.process.pid) != "T":
        opened.read(0.02)
    while opened.read():
        pass
    assert opened.output.rstrip().count(LEFT) == 1
    opened.send(signal.SIGCONT)
    opened.until(lambda _: opened.output.count(b"\x1b[?1049h") == 2)
    opened.type("w")
    opened.until(is_saved)
    assert "watch" in project(path)["tags"]
    opened.type("q")
    assert opened.ended() == 0


def test_sizes_of_all_kinds_do_no_harm(path: Path, terminal: OpenTerminal) -> None:
    opened = terminal()
    for rows, columns in [(1, 1), (0, 0), (1, 120), (36, 1), (300, 500), (24, 80)] * 5:
        opened.resize(rows, columns)
        opened.read(0.005)
    opened.resize(36, 120)
    opened.type("w")
    opened.until(lambda _: "watch" in project(path)["tags"])
    opened.type("q")
    assert opened.ended() == 0


@pytest.mark.parametrize(
    "variables",
    [
        {"TERM": "vt100", "LANG": "C", "LC_ALL": "C"},
        {"NO_COLOR": "1", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_no_environment_makes_it_fail(
    path: Path, terminal: OpenTerminal, variables: dict[str, str]
) -> None:
    opened = terminal(**variables)
    opened.type("w")
    opened.until(is_saved)
    opened.type("q")
    assert opened.ended() == 0
    assert "watch" in project(path)["tags"]


def test_without_a_state_folder_it_works_and_says_so(
    path: Path, tmp_path: Path, terminal: OpenTerminal
) -> None:
    no_folder = tmp_path / "state"
    no_folder.touch()
    opened = terminal(XDG_STATE_HOME=str(no_folder))
    opened.type("w")
    opened.shows("the journal cannot be written")
    opened.until(is_saved)
    assert "watch" in project(path)["tags"]


BROKEN = """
from hunnan_tui.tui.browser.navigation import Navigation
def fail(self):
    secret = "the-reader's-words"
    raise KeyError(secret)
Navigation.zoom = fail
from hunnan_tui.cli import main
import sys
sys.exit(main(sys.argv[1:]))
"""


FULL = """
import os, errno
def full(*arguments, **keywords):
    raise OSError(errno.ENOSPC, "")
os.replace = full
"""


def test_an_error_in_the_program_is_a_line_without_the_readers_words(
    path: Path, tmp_path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal(sys.executable, "-c", BROKEN, str(path))
    begin_note(opened, "my own words")
    opened.type("\x13")
    opened.until(is_saved)
    opened.output = b""
    opened.type("z")
    assert opened.ended(LIVELY) == 1
    _, _, last = opened.output.rpartition(LEFT)
    assert b"unexpected KeyError" in last
    assert b"the-reader" not in opened.output
    assert b"Traceback" not in opened.output
    assert opened.flags_now() == opened.flags
    report = tmp_path / "state" / "hunnan-tui" / "crash.txt"
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text()
    assert "in fail" in text
    assert "the-reader" not in text
    assert "my own words" not in text


def test_what_was_not_saved_comes_back_after_an_error_in_the_program(
    path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal(sys.executable, "-c", FULL + BROKEN, str(path))
    opened.type("w")
    opened.shows("the disk is full")
    opened.type("z")
    assert opened.ended(LIVELY) == 1
    assert b"kept for the next start" in opened.output
    assert "watch" not in project(path)["tags"]
    again = terminal()
    again.shows("recovered after a crash")
    again.type("q")
    assert again.ended() == 0
    assert "watch" in project(path)["tags"]


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_without_a_terminal_it_says_so_at_once(
    path: Path, environ: dict[str, str], closed: int
) -> None:
    master, slave = os.openpty()
    reader, writer = os.pipe()
    streams = [slave, slave, slave]
    streams[closed] = writer if closed else reader
    started = subprocess.Popen(
        [*PROGRAM, str(path)],
        stdin=streams[0],
        stdout=streams[1],
        stderr=streams[2],
        env=environ,
    )
    os.close(slave)
    os.close(writer)
    assert started.wait(60) == 2
    message = os.read(reader if closed == 2 else master, 9999).decode()
    os.close(master)
    os.close(reader)
    assert message.splitlines() == ["hunnan-tui: " + NEEDS_ONE]


def _state(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_cannot_be_drawn_on_gets_one_line(
    path: Path, terminal: OpenTerminal, term: str
) -> None:
    opened = terminal(first="TERM", TERM=term)
    assert opened.ended() == 2
    assert b"\x1b" not in opened.output
    assert opened.output.count(b"\n") == 1
    assert b"hunnan-tui list" in opened.output


@pytest.mark.parametrize(
    ("variables", "asked"),
    [
        ({"TERM_PROGRAM": "vscode"}, False),
        ({"TERM_PROGRAM": "vscode", "HUNNAN_TUI_KITTY_KEYS": "1"}, True),
        ({"TERM_PROGRAM": "ghostty"}, True),
        ({"TERM_PROGRAM": "ghostty", "HUNNAN_TUI_KITTY_KEYS": "0"}, False),
    ],
)
def test_the_kitty_protocol_is_asked_for_where_it_loses_nothing(
    terminal: OpenTerminal, variables: dict[str, str], asked: bool
) -> None:
    opened = terminal(**variables)
    opened.type("q")
    assert opened.ended() == 0
    assert (b"\x1b[>25u" in opened.output) is asked


def test_to_start_on_no_project_ends_with_a_line(
    path: Path, terminal: OpenTerminal
) -> None:
    command = (*PROGRAM, str(path), "--id")
    opened = terminal(*command, "nowhere", first="No project has the id")
    assert opened.ended() == 4
    assert b"\x1b[?1049h" not in opened.output
    opened = terminal(*command, "b")
    opened.type("q")
    assert opened.ended() == 0


def test_the_app_does_not_wait_for_a_pipe(path: Path, terminal: OpenTerminal) -> None:
    pipe = path.with_name("pipe")
    os.mkfifo(pipe)
    opened = terminal(*PROGRAM, str(pipe), first="it is a pipe")
    assert opened.ended() == 2
