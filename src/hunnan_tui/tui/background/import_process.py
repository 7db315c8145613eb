"""Has a table imported by another process, so that keys are answered."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _, get_language

_LONGEST_LINE = 1 << 31
"""Bytes of an answer: it has the edits of all projects."""


class ImportProcess:
    """Runs one request after the other; the one before is stopped."""

    def __init__(self) -> None:
        self._process: Process | None = None

    def stop(self) -> None:
        """End the work at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process = None

    async def run(
        self, request: Mapping[str, Any], tell_progress: Callable[[int], None]
    ) -> dict[str, Any]:
        """Return what `importing.app_process` finds.

        Args:
            request: As it says there.
            tell_progress: Called with the number of projects so far.

        Raises:
            HunnanError: The table is refused, or the process has ended.
        """
        self.stop()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "hunnan_tui.importing.app_process"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_LONGEST_LINE,
        )
        self._process = process
        assert process.stdin is not None  # noqa: S101 - it was asked for
        assert process.stdout is not None  # noqa: S101
        try:
            whole = {**request, "language": get_language()}
            process.stdin.write(json.dumps(whole).encode() + b"\n")
            process.stdin.close()
            while line := await process.stdout.readline():
                answer = json.loads(line)
                if "progress" in answer:
                    tell_progress(answer["progress"])
                elif "error" in answer:
                    raise HunnanError(answer["error"])
                else:
                    found: dict[str, Any] = answer["found"]
                    return found
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
            await process.wait()
        raise HunnanError(_("The import has ended before it was done"))
