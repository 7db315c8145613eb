"""Edits of the main screen: the one way to make them, undo and redo."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from hunnan_tui.core.changes import Change, Edit, Transaction
from hunnan_tui.core.counts import bracket, format_count, format_line
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.tui.background.scheduling import BULK_EDIT, QUEUED_EDIT
from hunnan_tui.tui.browser.authors import sign
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.saving import FileSync
from hunnan_tui.tui.browser.target import get_target
from hunnan_tui.tui.browser.view_history import ViewHistory
from hunnan_tui.tui.presenters.summary import describe_projects

BULK = 1_000
"""Projects above which a transaction is made in a thread."""

_IN_A_ROW = timedelta(seconds=10)
"""Time within which keys of the history are one message."""

_T = TypeVar("_T")


class Editing:
    """Makes transactions, shows them and has them saved."""

    def __init__(self, browser: Browser, files: FileSync) -> None:
        self._browser = browser
        self._files = files
        self.bulk_edit = ""
        """The label of the transaction on very many projects that is being made."""
        self.view_history = ViewHistory(browser)
        """The changes of saved views, which the same keys take back."""
        self._steps: tuple[str, int, datetime] | None = None
        """What was done in the history last, how many times in a row, and when."""
        self._known_risks: set[str] = set()
        """Why a crash could lose edits, as far as the reader knows it."""
        self.handlers: Mapping[str, Handler] = {
            "edit.undo": self.undo,
            "edit.redo": self.redo,
        }

    def edit(
        self, label: str, projects: Sequence[Project], changes: Sequence[Change]
    ) -> bool:
        """Make changes to each of the projects, in one transaction.

        An edit that cannot be made is kept as a draft or set aside, and reported.

        Returns:
            Whether everything was changed.
        """
        if len(projects) != 1:
            label = _("{label} on {projects}").format(
                label=label, projects=format_count(len(projects), "project")
            )
        edits = tuple(
            Edit(project.key, change) for project in projects for change in changes
        )
        before = self._browser.workspace.dataset
        is_done = self.submit(Transaction(label, edits))
        is_changed = self._browser.workspace.dataset is not before
        if is_changed and get_target() is not None:  # a page may not show it
            name = describe_projects(projects)
            text = _("Done: {label}: {name}. {undo} takes it back")
            self._browser.notify(
                text.format(label=label, name=name, undo=name_key("edit.undo"))
            )
        return is_done

    def submit(self, transaction: Transaction) -> bool:
        """Make a transaction, after a bulk edit if there is one.

        Returns:
            Whether everything was changed.
        """
        if self.is_busy():
            self._browser.run(partial(self._apply_later, transaction), QUEUED_EDIT)
            return False
        return self.apply(transaction)

    async def _apply_later(self, transaction: Transaction) -> None:
        """Make a transaction as soon as the bulk edit is done."""
        while self.bulk_edit:
            await asyncio.sleep(0.05)
        if self.apply(transaction):
            self._browser.workspace.discard_drafts(transaction)

    def apply(self, transaction: Transaction) -> bool:
        """Make a transaction; return whether everything was changed."""
        self._steps = None
        transaction = sign(transaction, self._browser)
        if len({edit.key for edit in transaction.edits}) > BULK:
            self._browser.run(partial(self._apply_bulk, transaction), BULK_EDIT)
            return True
        workspace = self._browser.workspace
        try:
            changed = workspace.apply(transaction)
        except HunnanError as error:
            self._refuse(transaction, str(error))
            return False
        refused = workspace.last_refused
        self._report(transaction.label, changed)
        if changed:
            self._show_and_save(changed)
        return not refused

    def _refuse(self, transaction: Transaction, reason: str) -> None:
        """Say why a transaction is not made, and where its text is kept."""
        workspace = self._browser.workspace
        self._browser.warn(workspace.refuse(transaction.edits, reason))

    async def _apply_bulk(self, transaction: Transaction) -> None:
        """Make a transaction on very many projects in a thread."""
        workspace = self._browser.workspace
        try:
            await self._run_bulk(
                partial(workspace.apply, transaction), transaction.label
            )
        except HunnanError as error:
            self._refuse(transaction, str(error))
        else:
            self._report(transaction.label, workspace.last_changed)

    def _report(self, label: str, changed: Collection[str]) -> None:
        self._browser.warn(self._browser.workspace.last_refused)
        if len(changed) > 1:
            text = _("Done: {label}. {undo} takes it back")
            self._browser.notify(text.format(label=label, undo=name_key("edit.undo")))

    def is_busy(self) -> bool:
        """Return whether a bulk edit is being made, and say so."""
        if self.bulk_edit:
            text = _("Wait a moment: {label}")
            self._browser.notify(text.format(label=self.bulk_edit))
        return bool(self.bulk_edit)

    async def _run_bulk(self, apply: Callable[[], _T], label: str) -> _T:
        """Let a thread edit; until it is done nothing else is edited or saved."""
        browser = self._browser
        self.bulk_edit = label
        try:
            async with self._files.lock:
                result = await asyncio.to_thread(apply)
                index = await asyncio.to_thread(
                    browser.index.update,
                    browser.workspace.dataset,
                    browser.workspace.last_changed,
                )
            browser.use_index(index)
        finally:
            self.bulk_edit = ""
        self._save()
        return result

    def undo(self) -> None:
        """Take back the last transaction."""
        label = self.view_history.undo()
        if label is not None:
            self._report_step(label, _("Taken back"), "")
            return
        workspace = self._browser.workspace
        self._step_history(workspace.undo, _("Taken back"), _("Nothing to undo"))

    def redo(self) -> None:
        """Make the transaction again that was taken back."""
        label = self.view_history.redo()
        if label is not None:
            self._report_step(label, _("Made again"), "")
            return
        workspace = self._browser.workspace
        self._step_history(workspace.redo, _("Made again"), _("Nothing to redo"))

    def _step_history(
        self, step: Callable[[], str], done: str, nothing_left: str
    ) -> None:
        if self.is_busy():
            return
        workspace = self._browser.workspace
        if len(workspace.last_changed) > BULK:
            work = partial(self._step_history_bulk, step, done, nothing_left)
            self._browser.run(work, BULK_EDIT)
            return
        label = step()
        self._report_step(label, done, nothing_left)
        if label:
            self._show_and_save(workspace.last_changed)

    async def _step_history_bulk(
        self, step: Callable[[], str], done: str, nothing_left: str
    ) -> None:
        label = await self._run_bulk(step, done.lower())
        self._report_step(label, done, nothing_left)

    def _report_step(self, label: str, done: str, nothing_left: str) -> None:
        refused = self._browser.workspace.last_refused
        self._browser.warn(refused)
        if label:
            times = self._count_step(done)
            if times > 1:
                label += bracket(_("{count} in a row").format(count=times))
            self._browser.notify(format_line(done, label))
        elif nothing_left and not refused:
            self._browser.notify(nothing_left)

    def _count_step(self, done: str) -> int:
        """Return how many times in a row a key of the history was pressed."""
        now, times = self._browser.now(), 1
        if self._steps is not None:
            last, count, at = self._steps
            if last == done and now - at <= _IN_A_ROW:
                times = count + 1
        self._steps = done, times, now
        return times

    def _show_and_save(self, changed: Collection[str]) -> None:
        self._browser.show_changed(changed)
        self._save()

    def _save(self) -> None:
        """Show that an edit is not in the file yet, and save it."""
        browser = self._browser
        browser.panes.draw_saved()
        workspace = browser.workspace
        problems = (
            workspace.journal_problem,
            workspace.drafts.problem,
            workspace.log_problem,
        )
        risks = {*problems} - {""}
        browser.warn(risks - self._known_risks)
        self._known_risks |= risks
        self._files.save()
