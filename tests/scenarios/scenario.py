"""A working day at the real program: keys in, screens and files out."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from tests.faults.terminal import PATIENCE, PROGRAM, Terminal

ENTER, ESC, TAB, SPACE = "\r", "\x1b", "\t", " "
QUIET = 0.15
"""Seconds without output after which a program that rests has drawn its screen."""


class Day:
    """One user, one dataset, and the folders that stay between two starts."""

    def __init__(self, path: Path, environ: Mapping[str, str]) -> None:
        self.path = path
        self.environ = dict(environ)
        self.terminal: Terminal | None = None

    def start(self, *options: str, shows: str = "Quit") -> str:
        """Open the app, which shows a text; return its first screen."""
        self.terminal = Terminal((*PROGRAM, str(self.path), *options), self.environ)
        self.sees(shows)
        return self.drawn()

    def press(self, *keys: str) -> str:
        """Press keys as a person does: each when the screen has answered the last."""
        shown = ""
        for key in keys:
            self._terminal.type(key)
            shown = self.drawn()
        return shown

    def types(self, text: str) -> str:
        """Type a text in one go."""
        self._terminal.type(text)
        return self.drawn()

    def sees(self, text: str) -> str:
        """Wait until a text is on the screen; return the screen."""
        return self._terminal.shows(text)

    def saved(self) -> None:
        """Wait until the file has everything."""
        self._terminal.until(
            lambda screen: any(
                word in screen.splitlines()[0] for word in ("saved ", "已保存")
            )
        )

    def gone(self, text: str) -> str:
        """Wait until a text is no longer on the screen; return the screen."""
        return self._terminal.until(lambda screen: text not in screen)

    def drawn(self) -> str:
        """Wait until nothing more is drawn; return the screen."""
        end = time.monotonic() + PATIENCE
        while self._terminal.read(QUIET) or self._terminal.is_at_work():
            assert time.monotonic() < end, f"still drawing:\n{self._terminal.screen}"
        return str(self._terminal.screen)

    def leave(self) -> None:
        """Quit; all must be in the file."""
        self._terminal.type("q")
        assert self._terminal.ended() == 0
        self.close()

    def close(self) -> None:
        """Leave nothing behind."""
        if self.terminal is not None:
            self.terminal.close()
            self.terminal = None

    def command(self, *words: str, code: int = 0) -> str:
        """Run a command of the program; return what it printed."""
        done = subprocess.run(
            (*PROGRAM, *words),
            capture_output=True,
            text=True,
            env=self.environ,
            cwd=self.path.parent,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout

    def project(self, key: str) -> dict[str, Any]:
        """Return a project as the file has it."""
        projects = tomli.loads(self.path.read_text("utf-8"))["projects"]
        found: dict[str, Any] = next(
            project for project in projects if project["id"] == key
        )
        return found

    @property
    def _terminal(self) -> Terminal:
        assert self.terminal is not None
        return self.terminal
