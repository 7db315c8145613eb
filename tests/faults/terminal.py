"""The real program in a real terminal: what is on its screen, and how it ended."""

from __future__ import annotations

import atexit
import codecs
import fcntl
import json
import os
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from rich.cells import cell_len

PROGRAM = (sys.executable, "-m", "hunnan_tui")

ROWS, COLUMNS = 36, 120
PATIENCE = 90.0
"""Seconds in which anything that is waited for must come; far more than it takes."""

_PIECE = re.compile(
    r"\x1b\[(?P<arguments>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[()].|\x1b."
    r"|(?P<text>[^\x1b]+)",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*|[()]?)$")


class Screen:
    """The cells of a terminal, as far as Textual's output needs one."""

    def __init__(self) -> None:
        self.rows = [[" "] * COLUMNS for _ in range(ROWS)]
        self._row = self._column = 0
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""

    def feed(self, output: bytes) -> None:
        """Take in output, in parts of any length."""
        text = self._rest + self._decode(output)
        unfinished = _UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        text, self._rest = text[:end], text[end:]
        for piece in _PIECE.finditer(text):
            if piece["text"]:
                self._write(piece["text"])
            elif piece["final"] == "H":
                numbers = [int(each or 1) for each in piece["arguments"].split(";")]
                self._row, self._column = numbers[0] - 1, (*numbers, 1)[1] - 1

    def _write(self, text: str) -> None:
        for character in text:
            if character == "\n":
                self._row += 1
            if character in "\r\n":
                self._column = 0
                continue
            if self._row < ROWS and self._column < COLUMNS:
                self.rows[self._row][self._column] = character
            width = cell_len(character)
            if width == 2 and self._row < ROWS and self._column + 1 < COLUMNS:
                self.rows[self._row][self._column + 1] = ""
            self._column += width

    def __str__(self) -> str:
        return "\n".join("".join(row).rstrip() for row in self.rows)


@cache
def _starter() -> socket.socket:
    """Start what forks the program off, once for all tests of this process."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        number = str(theirs.fileno())
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.starter", number],
            cwd=Path(__file__).parents[2],
            pass_fds=[theirs.fileno()],
        )

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


class ForkedProgram:
    """The program, forked off a process that has loaded it; as a `Popen`."""

    def __init__(
        self,
        argv: Sequence[str],
        environ: Mapping[str, str],
        terminal: int,
        **more: Any,
    ) -> None:
        request = {
            "argv": argv,
            "environ": dict(environ),
            "folder": str(Path.cwd()),
            **more,
        }
        self.pid: int = _ask(request, terminal)["process"]
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = _ask({"poll": self.pid})["code"]
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        end = time.monotonic() + (PATIENCE if timeout is None else timeout)
        while (code := self.poll()) is None:
            assert time.monotonic() < end, "still running"
            time.sleep(0.005)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _ask(request: dict[str, Any], *descriptors: int) -> dict[str, Any]:
    socket.send_fds(_starter(), [json.dumps(request).encode()], descriptors)
    answer: dict[str, Any] = json.loads(_starter().recv(1 << 16))
    return answer


def _can_fork(command: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Whether a program that is loaded already does what one that loads itself does."""
    changed = (k for k, v in environ.items() if os.environ.get(k) != v)
    return tuple(command[: len(PROGRAM)]) == PROGRAM and all(
        name.startswith(("XDG_", "PYTEST_", "LC_")) or name in ("HOME", "TERM", "LANG")
        for name in changed
    )


class Terminal:
    """One program in a pseudo-terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        controlling: bool = True,
        fresh: bool = False,
    ) -> None:
        """Start the program.

        Args:
            command: What to run.
            environ: Its environment.
            controlling: Whether the terminal's end is a SIGHUP for the program, as in
                a window; without it nothing tells of the end.
            fresh: Whether it is to load itself, which takes most of a start.
        """
        self.output = b""
        self.screen = Screen()
        self.master, slave = os.openpty()
        self.resize(ROWS, COLUMNS)
        self.flags = self.flags_now()
        """How the terminal is set before the program."""
        environ = {"TERM": "xterm-256color", **environ}
        self.process: subprocess.Popen[bytes] | ForkedProgram
        if not fresh and _can_fork(command, environ):
            argv = command[len(PROGRAM) :]
            self.process = ForkedProgram(argv, environ, slave, controlling=controlling)
        else:
            self.process = subprocess.Popen(
                command,
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=environ,
                start_new_session=True,
                preexec_fn=_take_terminal if controlling else None,  # noqa: PLW1509 - one thread
            )
        os.close(slave)

    def resize(self, rows: int, columns: int) -> None:
        """Change the size of the window."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, size)

    def flags_now(self) -> list[int]:
        """Return how the terminal is set."""
        return termios.tcgetattr(self.master)[:4]

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    def read(self, wait: float = 0.0) -> bool:
        """Take in what is there; False when nothing came in the time."""
        if not select.select([self.master], [], [], wait)[0]:
            return False
        try:
            part = os.read(self.master, 1 << 16)
        except OSError:  # the other end is closed
            part = b""
        self.output += part
        self.screen.feed(part)
        return bool(part)

    def until(self, is_there: Callable[[str], bool]) -> str:
        """Wait until the screen is as wanted, and return it."""
        end = time.monotonic() + PATIENCE
        while not is_there(str(self.screen)):
            if not self.read(0.1) and self.process.poll() is not None:
                break
            assert time.monotonic() < end, f"not shown:\n{self.screen}"
        shown = str(self.screen)
        assert is_there(shown), (
            f"{self.process.returncode}: {shown}\n{self.output[-999:]!r}"
        )
        return shown

    def shows(self, text: str) -> str:
        """Wait until a text is on the screen."""
        return self.until(lambda screen: text in screen)

    def is_at_work(self) -> bool:
        """Whether a thread of the program runs, or would if a processor were free."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        for state in tasks.glob("*/stat"):
            with suppress(OSError):  # a thread that has just ended
                if state.read_text().rpartition(")")[2].split()[0] in "RD":
                    return True
        return False

    def ended(self, patience: float = PATIENCE) -> int:
        """Wait for the end, taking in the output; return the exit status."""
        end = time.monotonic() + patience
        while self.process.poll() is None:
            assert time.monotonic() < end, f"still running:\n{self.screen}"
            self.read(0.02)
        while self.read():
            pass
        assert self.process.returncode is not None
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the window."""
        os.close(self.master)
        self.master = -1

    def close(self) -> None:
        """Leave nothing behind."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.master >= 0:
            self.hang_up()


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
