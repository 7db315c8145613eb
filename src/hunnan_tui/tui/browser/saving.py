"""The part of the main screen that keeps it and the files in step.

Reading the rest of a large file, saving, looking for changes from outside and leaving
take turns: one of them at a time has the files.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from hunnan_tui.core.errors import HunnanError, Problem
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line
from hunnan_tui.dataset.incremental import LoadProgress
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.workspace import SaveReport, Workspace
from hunnan_tui.tui.background.scheduling import StoppedError, in_small_slices
from hunnan_tui.tui.background.worker_lifetime import EndsItsWork

if TYPE_CHECKING:
    from hunnan_tui.tui.background.dataset_loader import Reading

POLL_SECONDS = 1.0
"""How often the files are looked at for changes from outside."""
RETRY_SECONDS = 3.0
"""How long a save that failed waits at least before it is tried again by itself."""
_LONGEST_WAIT = 30.0
_REST = 10
"""How many times as long as the last try took the next one waits."""


class FilingScreen(EndsItsWork, Screen[None]):
    """Saves, reads and watches; what that means for the panes is its child's."""

    @dataclass
    class Unreadable(Message):
        """The rest of the file cannot be read."""

        error: HunnanError

    def __init__(self, workspace: Workspace, reading: Reading | None = None) -> None:
        super().__init__()
        self._workspace = workspace
        self._reading = reading
        self._read_share = 1.0 if workspace.is_complete else 0.0
        """How much of a large file has been read."""
        self._file = asyncio.Lock()
        self._spare = asyncio.Lock()
        """Held by work that can wait: one thread beside the screen is enough."""
        self._unreadable = ""
        """Why the file cannot be read at the moment."""
        self._retry_at = 0.0
        """When a save that failed is tried again."""

    def _show_saved(self) -> None:
        """Show whether everything is in the file."""
        raise NotImplementedError

    def _show_changed(self, keys: Collection[str]) -> None:
        """Show that projects have other annotations than before."""
        raise NotImplementedError

    def _show_reloaded(self) -> None:
        """Show a file that was read anew."""
        raise NotImplementedError

    def _use_index(self, index: Index) -> None:
        """Show what has been read so far of a large file."""
        raise NotImplementedError

    @work(group="save")
    async def _save(self) -> None:
        """Save what is open; steps made meanwhile go with the next save, in one write."""
        await self._save_open()

    async def _save_open(self) -> None:
        async with self._file:
            steps = self._workspace.begin_save()
            if not steps:
                return
            self._show_saved()
            begun = time.monotonic()
            try:
                saved = await asyncio.to_thread(self._workspace.store.save, steps)
            except HunnanError as error:
                self._workspace.fail_save(error)
                took = time.monotonic() - begun
                wait = min(max(RETRY_SECONDS, _REST * took), _LONGEST_WAIT)
                self._retry_at = time.monotonic() + wait
            else:
                self._unreadable = ""
                before, known = self._workspace.dataset, self._workspace.problems
                report = self._workspace.finish_save(saved)
                self._show_report(report)
                if report.outside:
                    self._tell_news(before, known)
        self._show_saved()

    @work(group="load")
    async def _read_rest(self) -> None:
        """Read what is behind the first projects; saving waits until that is done."""
        from hunnan_tui.tui.background.dataset_loader import Reading

        reading = self._reading = self._reading or Reading(self._workspace.store)
        reading.show = self._show_part
        try:
            async with self._file:
                if reading.latest is not None:  # it was begun before
                    self._show_part(*reading.latest)
                loaded, index = await reading.run()
                self._read_share = 1.0
                self._tell(self._workspace.load(loaded))
                self._use_index(index)
            await self._save_open()
            self._tell_lost()
            async with self._spare:
                with in_small_slices():
                    await asyncio.to_thread(reading.release)
                    await asyncio.to_thread(reading.keep)
        except StoppedError:
            return
        except HunnanError as error:
            self.post_message(self.Unreadable(error))

    def on_unmount(self) -> None:
        if self._reading is not None:
            self._reading.stop()

    @work(group="lost")
    async def _tell_lost(self) -> None:
        """Say what the reader wrote and the file no longer has since the last start."""
        self._tell(await asyncio.to_thread(self._workspace.find_losses))

    def _show_report(self, report: SaveReport) -> None:
        self._tell(report.messages)
        if report.outside:
            self._show_reloaded()
        elif report.changed:
            self._show_changed(report.changed)

    @work(group="poll")
    async def _look_outside(self) -> None:
        # whoever has the files looks at them too; to end a look halfway would lose what
        # it has seen
        if not self._file.locked():
            await self._reload(quiet=True)
        self._tell(take_messages())
        if self._workspace.status.failed and time.monotonic() >= self._retry_at:
            self._save()

    @work(group="poll")
    async def action_reload(self) -> None:
        await self._reload(quiet=False)

    async def _reload(self, *, quiet: bool) -> None:
        async with self._file:
            try:
                loaded = await asyncio.to_thread(self._workspace.store.poll)
            except HunnanError as error:
                self._show_unreadable(str(error), quiet=quiet)
                return
            if self._unreadable or loaded is not None:
                self._retry_at = 0.0  # what was in the way may be gone
            self._show_unreadable("", quiet=True)
            if loaded is None:
                if not quiet:
                    self.notify("The file has not changed", markup=False)
                return
            before, known = self._workspace.dataset, self._workspace.problems
            messages = self._workspace.load(loaded)
        self._show_reloaded()
        self._tell_news(before, known)
        self._tell(messages)

    def _tell_news(self, before: Dataset, known: Collection[Problem]) -> None:
        """Say what others have changed in the file, which has been read anew."""
        from hunnan_tui.analysis.change_summary import news

        workspace = self._workspace
        told = news(before, workspace.dataset, known, workspace.problems)
        text = f"Changed outside: {told}" if told else "Changed outside: read anew"
        self.notify(display_line(text), timeout=10, markup=False)

    def _show_unreadable(self, problem: str, *, quiet: bool) -> None:
        """Say that the file cannot be read at the moment, or no longer say it."""
        if problem and not quiet:
            self.notify(problem, severity="error", markup=False)
        if problem != self._unreadable:
            self._unreadable = problem
            self._show_saved()

    def _tell(self, messages: Iterable[str]) -> None:
        for message in messages:
            self.notify(message, severity="warning", timeout=15, markup=False)

    def action_problems(self) -> None:
        """Show all that is wrong with the file, also why it cannot be read or saved."""
        from hunnan_tui.tui.pages.problems import ProblemsPage

        problems, unreadable = self._workspace.problems, self._unreadable
        unsaved = self._workspace.status.failed
        if not (problems or unreadable or unsaved):
            self.notify("Nothing is wrong in the file", markup=False)
            return
        page = ProblemsPage(problems, unreadable=unreadable, unsaved=unsaved)
        self.app.push_screen(page)

    def action_save(self) -> None:
        if not self._workspace.status.unsaved:
            self.notify("Nothing to save: all is in the file", markup=False)
        self._save()

    @work
    async def action_leave(self) -> None:
        failed = "The file is still being read"
        if self._workspace.is_complete:
            await self._save_open()
            failed = self._workspace.status.failed
        if self._workspace.status.unsaved:
            from hunnan_tui.tui.dialogs.confirm import ConfirmDialog

            question = ConfirmDialog(
                "Leave without saving?",
                f"{failed}\n\nWhat is not saved is kept and brought into the file at "
                "the next start.",
            )
            if not await self.app.push_screen_wait(question):
                return
        self._workspace.close()
        self.app.exit()

    def _show_part(self, part: LoadProgress, index: Index) -> None:
        workspace = self._workspace
        is_more = len(part.dataset.projects) > len(workspace.dataset.projects)
        if is_more and not workspace.is_complete and self.is_attached:
            self._read_share = part.share
            self._workspace.load_partial(part.dataset)
            self._use_index(index)
