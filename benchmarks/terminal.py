"""A program in a real terminal of its own: keys in, the times of its output out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 36, 120
QUIET = 0.1
"""Seconds without output after which a screen counts as drawn."""
_PATIENCE = 5.0
"""Seconds that a key has to show what is waited for."""
_ESCAPE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()].|.)"
)


class Terminal:
    """One program in a pseudo-terminal."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self._seen = b""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], list(command), {**environ, "TERM": "xterm-256color"})
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)

    def until(self, text: str, patience: float = 180) -> float:
        """Return the seconds since the start after which a text has been drawn."""
        wanted = text.encode()
        while wanted not in _ESCAPE.sub(b"", self._seen):
            late = time.perf_counter() - self.started > patience
            if late or self._read(0.5) is None:
                raise TimeoutError(f"{text!r} was not drawn")
        return time.perf_counter() - self.started

    def settle(self, quiet: float = 0.5, patience: float = 60) -> None:
        """Wait until nothing has been drawn for a while."""
        until = time.perf_counter() + patience
        while time.perf_counter() < until and self._read(quiet):
            pass

    def shows(self, text: str) -> bool:
        """Return whether a text has been drawn since the last key."""
        while self._read(0):
            pass
        return text.encode() in _ESCAPE.sub(b"", self._seen)

    def key(self, key: str, *shown: str) -> list[float]:
        """Press a key; return the seconds to what it shows, and to its last output.

        Args:
            key: The key.
            shown: Patterns of what is waited for, each for itself; none: any output.
        """
        while self._read(0):
            pass
        self._seen = b""
        wanted = [re.compile(each.encode()) for each in shown or ("",)]
        times = [_PATIENCE] * len(wanted)
        pressed = time.perf_counter()
        os.write(self._fd, key.encode())
        last = 0.0
        while self._read(QUIET if _PATIENCE not in times else _PATIENCE):
            last = time.perf_counter() - pressed
            drawn = _ESCAPE.sub(b"", self._seen)
            for place, each in enumerate(wanted):
                if times[place] == _PATIENCE and each.search(drawn):
                    times[place] = last
        return [*times, max(last, *times)]

    @property
    def memory(self) -> int:
        """The most bytes of memory that the program and its children have had."""
        pids, total = [self.pid], 0
        for pid in pids:
            folder = Path(f"/proc/{pid}")
            for task in folder.glob("task/*/children"):
                pids += [int(each) for each in task.read_text().split()]
            status = (folder / "status").read_text()
            total += int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024
        return total

    def leave(self, *keys: str) -> float:
        """Press the keys that leave; return the seconds until the program has ended."""
        pressed = time.perf_counter()
        for key in keys:
            os.write(self._fd, key.encode())
        while time.perf_counter() - pressed < 10 and self._read(0.2) is not None:
            pass
        took = time.perf_counter() - pressed
        if os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            time.sleep(0.05)
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)
        return took

    def _read(self, wait: float) -> bytes | None:
        """Return new output, empty if there is none in time, None at the end."""
        if not select.select([self._fd], [], [], wait)[0]:
            return b""
        try:
            part = os.read(self._fd, 1 << 20)
        except OSError:
            return None
        self._seen = (self._seen + part)[-200_000:]
        return part or None
