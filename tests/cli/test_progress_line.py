"""Long work is seen on a terminal, silent in a pipe, and ends at ctrl+c."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hunnan_tui.cli import progress_line
from hunnan_tui.cli.progress_line import make_progress_line
from hunnan_tui.core.progress import Working, tell_done
from hunnan_tui.storage.store import Store
from tests.cli.conftest import Run

pytestmark = pytest.mark.posix
PROGRAM = (sys.executable, "-m", "hunnan_tui")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


def test_the_line_says_what_how_much_and_how_long_still_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress_line, "PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm-256color")
    line = make_progress_line()
    assert line is not None
    with Working("Reading [bold]x"):
        tell_done(25, 100)
        wait_until(lambda: "25%" in terminal.getvalue())
    with Working("Reading a table"):
        tell_done(12_000)
        wait_until(lambda: "12,000" in terminal.getvalue())
    shown = terminal.getvalue()
    assert "Reading [bold]x" in shown
    assert "-:-- left" in shown
    assert shown.rstrip("\r").endswith("\x1b[2K")  # the line is empty again
    line.close()
    assert terminal.getvalue() == shown


@pytest.mark.parametrize(
    ("wish", "seconds", "is_told"), [("1", 0, True), ("", 0, False), ("1", 99, False)]
)
def test_the_end_of_long_work_is_told_on_request(
    wish: str, seconds: int, *, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress_line, "LONG", seconds)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("HUNNAN_TUI_NOTIFY", wish)
    line = make_progress_line()
    assert line is not None
    line.close()
    line.close()
    assert terminal.getvalue().count("\x1b]9;hunnan-tui: done\x1b\\\a") == is_told


def test_a_dumb_terminal_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert make_progress_line() is None


@pytest.mark.parametrize("is_seen", [True, False])
def test_ctrl_c_ends_what_waits_for_a_file(home: Path, is_seen: bool) -> None:
    os.mkfifo(home / "slow.toml")
    ours, its = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        [*PROGRAM, "list", "slow.toml"],
        stdout=subprocess.DEVNULL,
        stderr=its if is_seen else subprocess.PIPE,
        env=environment,
    ) as process:
        os.close(its)
        with (home / "slow.toml").open("wb") as writer:  # it is reading now
            writer.write(b"#\n")
            writer.flush()
            seen = b""
            while is_seen and b"Reading the dataset" not in seen:
                seen += os.read(ours, 4096)
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 130
        if not is_seen:
            assert process.stderr is not None
            assert process.stderr.read() == b""
    assert b"Traceback" not in seen
    os.close(ours)


def test_a_change_that_is_stopped_is_not_made_later(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", stop)
        ran = run("tag", "add", "bare", "stopped")
    assert ran.code == 130
    assert "Stopped: " in ran.err
    assert path.read_bytes() == before
    assert run("tag", "add", "bare", "later").code == 0
    assert b"stopped" not in path.read_bytes()
    assert b"later" in path.read_bytes()
