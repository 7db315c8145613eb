"""Runs the process that builds the index of a file while the app handles keys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hunnan_tui.query.cache.checksums import InvalidIndexError


class IndexProcess:
    """A process that builds an index; it ends when done, on `stop`, or with the app."""

    def __init__(self, path: Path) -> None:
        """Prepare to index a file; `read_lines` starts the process."""
        # -P: modules in the current folder must not shadow ours
        self._command = [
            sys.executable,
            "-P",
            "-m",
            "hunnan_tui.query.cache.worker",
            str(path),
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def read_lines(self) -> Iterator[bytes]:
        """Yield the lines of the index as they are written.

        Raises:
            InvalidIndexError: The process failed or was stopped.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # signals of the terminal are not for it
            )
        except OSError as error:
            raise InvalidIndexError from error
        with self._process as process:
            try:
                if self._is_stopped:
                    raise InvalidIndexError
                yield from process.stdout or ()
                if process.wait():
                    raise InvalidIndexError
            finally:
                self.stop()

    def stop(self) -> None:
        """End the process; may be called from any thread."""
        self._is_stopped = True
        if self._process is not None:
            with suppress(OSError):
                self._process.terminate()
