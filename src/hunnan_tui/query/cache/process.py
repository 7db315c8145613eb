"""The process that reads a file while the app answers keys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hunnan_tui.query.cache.checksums import BrokenSurveyError


class Surveyor:
    """One such process; it ends with its work, with `stop`, or when we are gone."""

    def __init__(self, path: Path) -> None:
        """Name the file; `lines` starts the work."""
        # -P: no module of the current folder stands in for one of ours
        self._command = [
            sys.executable,
            "-P",
            "-m",
            "hunnan_tui.query.cache.worker",
            str(path),
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the survey as they are written.

        Raises:
            BrokenSurveyError: The process could not do it, or was stopped.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # keys of the terminal are not for it
            )
        except OSError as error:
            raise BrokenSurveyError from error
        with self._process as process:
            try:
                if self._is_stopped:
                    raise BrokenSurveyError
                yield from process.stdout or ()
                if process.wait():
                    raise BrokenSurveyError
            finally:
                self.stop()

    def stop(self) -> None:
        """End the work; from any thread."""
        self._is_stopped = True
        if self._process is not None:
            with suppress(OSError):
                self._process.terminate()
