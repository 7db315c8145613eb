"""The command that decides the conflicts which git left in the file."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.base import Browser, Handler

REOPEN = "reopen: the file has no conflicts any more"
"""What the app returns when the file that could not be opened can be now."""


class Conflicts:
    """Lists conflicts, and goes on with the file when they are decided."""

    def __init__(self, browser: Browser, conflicted: Path | None = None) -> None:
        """Prepare to list.

        Args:
            browser: The screen's state.
            conflicted: The file with conflicts, if one side of it is shown in its place.
        """
        self._browser = browser
        self._path = conflicted
        self.handlers: Mapping[str, Handler] = {"file.conflicts": self.open}

    async def open(self) -> None:
        """Show the conflicts of the file, if there are any."""
        from hunnan_tui.merging.conflicted import describe_sides, read_conflicted
        from hunnan_tui.tui.pages.conflicts import ConflictsPage

        browser = self._browser
        path = self._path or browser.workspace.store.members[0].path
        if browser.settings.read_only:
            browser.refuses_edits()
            return
        try:
            conflicted = await asyncio.to_thread(read_conflicted, path)
        except HunnanError as error:
            browser.warn([str(error)])
            return
        if conflicted is None:
            browser.notify(_("There is no conflict in the file that can be told apart"))
            return
        sides = {}
        if not browser.app.is_web:
            sides = dict(await asyncio.to_thread(describe_sides, path))
        browser.pages.open(ConflictsPage(conflicted, sides, self._follow))

    def _follow(self, left: int) -> None:
        browser = self._browser
        if left:
            what = format_count(left, "conflict")
            browser.notify(_("{what} left in the file").format(what=what))
        elif self._path is not None:
            browser.app.exit(REOPEN)
        else:
            browser.notify(_("No conflict is left; git add it, and commit"))
