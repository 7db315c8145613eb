"""Writes what a command did to a file, for a report of a fault: `--log FILE`.

No values, no names of files, no texts: which command with which options, what took how
long, how it ended, and where in the program an error was.
"""

from __future__ import annotations

import sys
import time
import traceback
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from hunnan_tui import __version__
from hunnan_tui.cli.command import Command
from hunnan_tui.cli.output import UsageError
from hunnan_tui.core.language import _
from hunnan_tui.core.progress import Work, watch_work
from hunnan_tui.files.system_limits import iterate_causes

HEAD = "# hunnan-tui log"
"""The first line of a log: nothing is added to any other file."""


class EventLog:
    """The log of one command, behind those of earlier ones."""

    def __init__(self, path: Path, args: Namespace) -> None:
        """Begin the log of a command.

        Raises:
            UsageError: The file is something else, or cannot be written.
        """
        try:
            if path.exists() and not _is_log(path):
                why = _("--log: {path} is no log of hunnan-tui: name a new file")
                raise UsageError(why.format(path=path))
            self._file = path.open("a", encoding="ascii", errors="backslashreplace")
        except OSError as error:
            why = _("--log: {path}: {reason}")
            raise UsageError(why.format(path=path, reason=error.strerror)) from error
        self._since = time.monotonic()
        self._work, self._work_since = "", 0.0
        self.code: int | None = None
        """The exit status of the command, once it has one."""
        if not self._file.tell():
            self._write(HEAD)
        python = ".".join(map(str, sys.version_info[:3]))
        self._tell(f"hunnan-tui {__version__}, Python {python}, {sys.platform}")
        self._tell(" ".join(("command:", *_list_typed(args))))

    def __enter__(self) -> Self:
        self._unwatch = watch_work(self._watch)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._unwatch()
        for cause in reversed(list(iterate_causes(error))):
            self._tell(f"error: {type(cause).__module__}.{type(cause).__qualname__}")
            for frame in traceback.extract_tb(cause.__traceback__):
                place = Path(frame.filename)
                self._tell(f"  {place.parent.name}/{place.name}:{frame.lineno}")
        self._tell("end" if self.code is None else f"end: exit status {self.code}")
        self._file.close()

    def _watch(self, work: Work) -> None:
        """Tell how long work took, once it has ended."""
        if work.what == self._work:
            return
        now = time.monotonic()
        if self._work:
            self._tell(f"{self._work}: {now - self._work_since:.2f} s")
        self._work, self._work_since = work.what, now

    def _tell(self, text: str) -> None:
        day = time.strftime("%Y-%m-%dT%H:%M:%S%z")
        self._write(f"{day} +{time.monotonic() - self._since:.2f} {text}")

    def _write(self, line: str) -> None:
        try:
            self._file.write(line + "\n")
            self._file.flush()
        except OSError:
            pass  # a full disk must not end what is logged


def _is_log(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(HEAD)) in (HEAD.encode(), b"")


def _list_typed(args: Namespace) -> Iterator[str]:
    """Yield the command and the options that were typed, without their values."""
    command: Command = args.command
    yield command.name or "(the app)"
    for option in command.all_options:
        long = next(flag for flag in option.flags if flag.startswith("--"))
        name = option.dest or long[2:].replace("-", "_")
        if name != "file" and getattr(args, name, None) != option.default:
            yield long
    yield f"(words: {len(args.words)}, files: {len(args.files)})"
