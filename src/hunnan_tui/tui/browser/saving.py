"""Keeps the main screen and the files in step.

Loading the rest of a large file, saving, looking for changes by others and leaving take
turns: one of them at a time has the files.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from hunnan_tui.core.errors import HunnanError, Problem
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.dataset.incremental import LoadProgress
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.workspace import SaveReport
from hunnan_tui.tui.background.scheduling import (
    LOAD,
    LOSSES,
    POLL,
    SAVE,
    StoppedError,
    switch_often,
)
from hunnan_tui.tui.browser.base import Browser, Handler

if TYPE_CHECKING:
    from hunnan_tui.tui.background.dataset_loader import DatasetLoader

ReportOutside = Callable[[Dataset, Collection[Problem], Collection[str]], None]
"""Takes the dataset before, its problems, and what the reader must know besides."""

POLL_SECONDS = 1.0
"""How often the files are checked for changes by others."""
RETRY_SECONDS = 3.0
"""How long a failed save waits at least before it is tried again."""
_LONGEST_WAIT = 30.0
REOPEN_WITH_CITY = "reopen with the city"
"""What the app returns for its reader to go on with the city's projects too."""
_REST = 10
"""A failed save waits so many times as long as it took."""


class FileSync:
    """Loads, saves and reloads the dataset."""

    def __init__(
        self,
        browser: Browser,
        loader: DatasetLoader | None,
        fail: Callable[[HunnanError], None],
    ) -> None:
        """Prepare to work.

        Args:
            browser: The screen's state.
            loader: Loads the rest of the file, where that has begun.
            fail: Ends the app, when the rest of the file cannot be read.
        """
        self._browser = browser
        self._loader = loader
        self._fail = fail
        self.lock = asyncio.Lock()
        """Held by whoever has the files."""
        self._retry_at = 0.0
        """When a save that failed is tried again."""
        self.report_outside: ReportOutside = lambda *_: None
        """Says what others have changed in the file."""
        self.handlers: Mapping[str, Handler] = {
            "file.reload": self.reload_and_report,
            "file.save": self.save_and_report,
            "file.problems": self.show_problems,
            "file.add-city": self.add_city,
            "app.quit": self.leave,
        }

    def start(self) -> None:
        """Load what is still missing, or save what an earlier run has left."""
        workspace = self._browser.workspace
        if not workspace.is_complete:
            self._browser.run(self._load_rest, LOAD)
        elif workspace.status.unsaved:
            self.save()

    def stop(self) -> None:
        """End the loading as soon as possible."""
        if self._loader is not None:
            self._loader.stop()

    def save(self) -> None:
        """Save all edits; those made meanwhile go with the next save, in one write."""
        self._browser.run(self._save, SAVE)

    async def _save(self) -> None:
        browser = self._browser
        workspace = browser.workspace
        async with self.lock:
            transactions = workspace.begin_save()
            if not transactions:
                return
            browser.panes.draw_saved()
            started = time.monotonic()
            try:
                saved = await asyncio.to_thread(workspace.store.save, transactions)
            except HunnanError as error:
                workspace.fail_save(error)
                duration = time.monotonic() - started
                wait = min(max(RETRY_SECONDS, _REST * duration), _LONGEST_WAIT)
                self._retry_at = time.monotonic() + wait
            else:
                browser.read_error = ""
                before, known = workspace.dataset, workspace.problems
                report = workspace.finish_save(saved)
                self._show_report(report)
                if report.outside:
                    self.report_outside(before, known, ())
        browser.panes.draw_saved()

    def _show_report(self, report: SaveReport) -> None:
        self._browser.warn(report.messages)
        if report.outside:
            self._browser.show_reloaded()
        elif report.changed:
            self._browser.show_changed(report.changed)

    async def _load_rest(self) -> None:
        """Load what follows the first projects; saving waits until that is done."""
        from hunnan_tui.tui.background.dataset_loader import DatasetLoader

        browser = self._browser
        loader = self._loader = self._loader or DatasetLoader(browser.workspace.store)
        loader.show = self._show_part
        try:
            async with self.lock:
                if loader.latest is not None:  # it was begun before
                    self._show_part(*loader.latest)
                loaded, index = await loader.run()
                browser.loaded_share = 1.0
                browser.warn(browser.workspace.load(loaded))
                browser.use_index(index)
            await self._save()
            self.report_losses()
            async with browser.idle_lock:
                with switch_often():
                    await asyncio.to_thread(loader.free_parts)
                    await asyncio.to_thread(loader.write_cache)
        except StoppedError:
            return
        except HunnanError as error:
            self._fail(error)

    def _show_part(self, part: LoadProgress, index: Index) -> None:
        browser = self._browser
        is_more = len(part.dataset.projects) > len(browser.projects)
        if is_more and not browser.workspace.is_complete and browser.screen.is_attached:
            browser.loaded_share = part.share
            browser.workspace.load_partial(part.dataset)
            browser.use_index(index)

    def report_losses(self) -> None:
        """Say what the reader wrote and the file has lost since the last start."""
        self._browser.run(self._report_losses, LOSSES)

    async def _report_losses(self) -> None:
        find_losses = self._browser.workspace.find_losses
        self._browser.warn(await asyncio.to_thread(find_losses))

    def poll(self) -> None:
        """Look for changes by others, and try a failed save again."""
        self._browser.run(self._poll, POLL)

    async def _poll(self) -> None:
        # whoever has the files checks them too; a check that is cancelled halfway would
        # lose what it has seen
        if not self.lock.locked():
            await self.reload(quiet=True)
        self._browser.warn(take_messages())
        failed = self._browser.workspace.status.failed
        if failed and time.monotonic() >= self._retry_at:
            self.save()

    async def reload_and_report(self) -> None:
        """Read the file again if it has changed, and say how that went."""
        await self.reload(quiet=False)

    async def reload(self, *, quiet: bool) -> None:
        """Read the file again if it has changed.

        Args:
            quiet: Whether nothing is said when it has not, or cannot be read.
        """
        browser = self._browser
        workspace = browser.workspace
        async with self.lock:
            try:
                loaded = await asyncio.to_thread(workspace.store.poll)
            except HunnanError as error:
                if not quiet:
                    browser.notify(str(error), severity="error")
                self._set_read_error(str(error))
                return
            if browser.read_error or loaded is not None:
                self._retry_at = 0.0  # what was in the way may be gone
            self._set_read_error("")
            if loaded is None:
                if not quiet:
                    browser.notify(_("The file has not changed"))
                return
            before, known = workspace.dataset, workspace.problems
            messages = workspace.load(loaded)
        browser.show_reloaded()
        self.report_outside(before, known, messages)

    def _set_read_error(self, message: str) -> None:
        """Show why the file cannot be read; an empty message: it can be read again."""
        if message != self._browser.read_error:
            self._browser.read_error = message
            self._browser.panes.draw_saved()

    def save_and_report(self) -> None:
        """Save all edits; say so if there are none."""
        if not self._browser.workspace.status.unsaved:
            self._browser.notify(_("Nothing to save: all is in the file"))
        self.save()

    def show_problems(self) -> None:
        """Show all that is wrong with the file, and why it cannot be read or saved."""
        from hunnan_tui.tui.pages.problems import ProblemsPage

        browser = self._browser
        problems, read_error = browser.workspace.problems, browser.read_error
        unsaved = browser.workspace.status.failed
        if not (problems or read_error or unsaved):
            browser.notify(_("Nothing is wrong in the file"))
            return
        page = ProblemsPage(problems, unreadable=read_error, unsaved=unsaved)
        browser.app.push_screen(page)

    async def add_city(self) -> None:
        """Begin again with the city's projects beside those that are shown."""
        from hunnan_tui.config.paths import find_packaged_city

        browser, city = self._browser, find_packaged_city()
        shown = (store.path for store in browser.workspace.store.members)
        if os.path.realpath(city) in map(os.path.realpath, shown):
            browser.notify(_("The city's projects are shown already"))
            return
        await self._leave(REOPEN_WITH_CITY)

    async def leave(self) -> None:
        """Save all edits and end the app; ask first if they cannot be saved."""
        await self._leave()

    async def _leave(self, result: str | None = None) -> None:
        """Leave, and let the app return a result."""
        browser = self._browser
        workspace = browser.workspace
        failed = _("The file is still being read")
        if workspace.is_complete:
            await self._save()
            failed = workspace.status.failed
        if workspace.status.unsaved:
            from hunnan_tui.tui.dialogs.confirm import ConfirmDialog

            kept = _(
                "What is not saved is kept and brought into the file at the next start."
            )
            question = ConfirmDialog(_("Leave without saving?"), f"{failed}\n\n{kept}")
            if not await browser.app.push_screen_wait(question):
                return
        workspace.close()
        browser.app.exit(result)
