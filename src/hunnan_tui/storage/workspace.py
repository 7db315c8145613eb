"""An open dataset: what is shown, what is saved, and how to undo.

All methods run in one thread, except for `Store.save` and `Store.poll`: between
`begin_save` and `finish_save` a worker writes the file, so that the screen never waits
for a disk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hunnan_tui.core.apply_changes import (
    apply_edits,
    needs_project,
    replay,
    select_safe_undo,
)
from hunnan_tui.core.changes import (
    PROJECT_GONE,
    Edit,
    RefusedEdit,
    Transaction,
)
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import HunnanError, Problem, SaveError
from hunnan_tui.core.fact_changes import FactChange
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.history import History
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.losses import LossTracker
from hunnan_tui.storage.salvage import (
    discard_draft,
    salvage_deleted,
    salvage_refused,
    summarize_keys,
)
from hunnan_tui.storage.store import Loaded, SaveResult, Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.undo_stack import UndoEntry, UndoStack

if TYPE_CHECKING:
    from hunnan_tui.storage.recovery import Recovery
    from hunnan_tui.storage.transaction import PendingTransaction


@dataclass(frozen=True, slots=True)
class Status:
    """Whether all edits are saved, for the status line."""

    unsaved: int = 0
    """The number of unsaved transactions."""
    saving: bool = False
    failed: str = ""
    """Why the last save failed; empty after a save that succeeds."""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What the screen must show after a save."""

    changed: frozenset[str]
    """The keys of projects to redraw; with `outside`, perhaps all."""
    outside: bool = False
    """Somebody else had changed the file, so it was reloaded."""
    messages: tuple[str, ...] = ()
    """Conflicts, refused edits and warnings, for the user."""


@dataclass(slots=True)
class _Pending:
    """A transaction that is not in the file yet."""

    transaction: PendingTransaction
    entry: UndoEntry
    journal: list[int]


class Workspace:
    """An open dataset and its unsaved transactions."""

    def __init__(
        self,
        store: Store,
        journal: Journal,
        drafts: Drafts,
        *,
        now: Callable[[], datetime],
        aside: Path | None = None,
        log: TransactionLog | None = None,
    ) -> None:
        """Prepare the workspace; `load` comes next.

        Args:
            store: The files.
            journal: Holds edits until they are saved.
            drafts: The half-written notes.
            now: The time, for "saved 09:12".
            aside: The salvage file, for annotations that others delete.
            log: The log of transactions, for undo after a restart.
        """
        self._aside = aside
        self._log = log or TransactionLog(None, store.target)
        self.losses = LossTracker(self._log, aside)
        self.store = store
        self.drafts = drafts
        self.dataset = Dataset()
        self.problems: tuple[Problem, ...] = ()
        self.orphans: tuple[str, ...] = ()
        self.status = Status()
        self.history = History()
        self.is_complete = True
        """Whether all projects of the file are known; saving waits for that."""
        self._journal = journal
        self._now = now
        self._in_file = Dataset()
        self._pending: list[_Pending] = []
        self._saving_count = 0
        self._undo_stack = UndoStack(self._log)
        self._serial = 0
        self.last_changed: frozenset[str] = frozenset()
        """The keys of the projects that the last transaction or undo changed."""
        self.last_refused: tuple[str, ...] = ()
        """What the last transaction could not do, and where it is kept."""

    def load(self, loaded: Loaded | None = None) -> tuple[str, ...]:
        """Take over the content of the files, and replay unsaved transactions on it.

        Returns:
            Messages for the user: which annotations vanished.
        """
        loaded = loaded or self.store.load()
        before, now = self._in_file, loaded.dataset
        is_reload = self.is_complete and bool(before.projects)
        gone = {
            key: annotations
            for key in before.list_annotated_missing_from(now.projects)
            if (annotations := before.projects[key].annotations) != Annotations()
        }
        self.load_partial(loaded.dataset)
        self.is_complete = True
        self.problems = loaded.problems
        self.orphans = loaded.orphans
        lost = self.losses.find(before, now) if is_reload else ()
        if self.store.notes is not None:
            return lost  # a notes file keeps those of projects that are gone
        return salvage_deleted(gone, self._aside) + lost

    def find_losses(self) -> tuple[str, ...]:
        """Find what vanished since the last session; return messages for the user."""
        joined = self.store.notes is not None
        return self.losses.find_since(self._in_file, joined=joined)

    def load_partial(self, dataset: Dataset) -> None:
        """Take over the part of a file that is loaded so far."""
        self.is_complete = False
        self._in_file = dataset
        self.dataset = self._merge_open_edits(dataset)

    def narrow_dataset(self, keys: Iterable[str]) -> Dataset:
        """Return the dataset with only the terms that edits of projects can use."""
        return self.store.narrow_dataset(self.dataset, keys)

    @property
    def unsaved_keys(self) -> frozenset[str]:
        """The keys of the projects with unsaved edits."""
        edits = (e for pending in self._pending for e in pending.transaction.edits)
        return frozenset(e.key for e in edits if e.key in self.dataset.projects)

    def apply(self, transaction: Transaction) -> frozenset[str]:
        """Apply a transaction: journal it, show it, and queue it for the next save.

        Edits of deleted projects are refused: see `last_refused`.

        Returns:
            The keys of the projects that it changed; empty when it changed nothing.

        Raises:
            HunnanError: The project cannot be edited; nothing was done.
        """
        changed = self._do(transaction.label, transaction.edits)
        if changed:
            self._undo_stack.undone.clear()
        return changed

    def refuse(self, edits: Sequence[Edit], reason: str) -> tuple[str, ...]:
        """Salvage the content of edits; return messages for the user."""
        refused = [RefusedEdit(edit, reason) for edit in edits]
        return salvage_refused(refused, self.drafts, self._aside)

    def discard_drafts(self, transaction: Transaction) -> None:
        """Discard the drafts of the notes that a transaction has written."""
        for edit in transaction.edits:
            discard_draft(edit, self.drafts)

    def recover(self, recovered: Recovery) -> tuple[str, ...]:
        """Apply the edits of crashed processes; return messages for the user.

        The edits go into this process's journal before the old one is forgotten.
        """
        messages = list(recovered.problems)
        changed: set[str] = set()
        gone: list[Edit] = []
        for edit in recovered.edits:
            if needs_project(edit) and edit.key not in self.dataset.projects:
                gone.append(edit)
                continue
            try:
                changed |= self._do(_("recover an edit"), (edit,))
            except HunnanError as error:
                messages += self.refuse((edit,), str(error))
            else:
                messages += self.last_refused
                discard_draft(edit, self.drafts)
        messages += self.refuse(gone, _(PROJECT_GONE))
        if changed:
            where = format_count(len(changed), "project")
            messages.append(
                _("Edits of {where} were recovered after a crash").format(where=where)
            )
        recovered.forget()
        return tuple(filter(None, messages))

    def leave(self) -> None:
        """Save, or leave the edits in the journal; for a sudden end."""
        if self.is_complete:
            with suppress(HunnanError):
                self.save_now()
        self.close()

    def undo(self) -> str:
        """Undo the last transaction; return its label, empty when there is none.

        After those of this session come those of earlier ones.
        """
        if self.store.locked:
            self.last_refused = (explain_lock(self.store.locked),)
            return ""
        label = self._take_back(self._undo_stack.undoable, is_undo=True)
        if label or self.last_refused or not self.is_complete:
            return label
        self._undo_stack.load_earlier()
        return self._take_back(self._undo_stack.undoable, is_undo=True)

    def redo(self) -> str:
        """Redo the transaction that was undone last; return its label."""
        return self._take_back(self._undo_stack.undone, is_undo=False)

    @property
    def last_undoable(self) -> int:
        """The serial of the transaction that `undo` takes back; 0 for an earlier one."""
        undoable = self._undo_stack.undoable
        return undoable[-1].origin if undoable else 0

    @property
    def log(self) -> TransactionLog:
        """The log of this user's transactions."""
        return self._log

    @property
    def log_problem(self) -> str:
        """Why transactions are not logged, or an empty text."""
        return self._log.problem

    @property
    def journal_problem(self) -> str:
        """Why edits are not protected against a crash, or an empty text."""
        return self._journal.problem

    def begin_save(self) -> tuple[PendingTransaction, ...]:
        """Return the transactions to save; empty when nothing is to be saved now."""
        if self.status.saving:
            return ()
        self._saving_count = len(self._pending)
        if self._saving_count:
            self._set_status(saving=True)
        return tuple(pending.transaction for pending in self._pending)

    def finish_save(self, saved: SaveResult) -> SaveReport:
        """Record that the transactions of the last `begin_save` are in the file."""
        done, self._pending = (
            self._pending[: self._saving_count],
            self._pending[self._saving_count :],
        )
        self._saving_count = 0
        self._journal.mark_saved([n for pending in done for n in pending.journal])
        self._set_status(saving=False, failed="", saved_at=self._now())
        messages = [saved.warning] if saved.warning else []
        for result in saved.results.values():
            messages += result.conflicts
            messages += salvage_refused(result.refused, self.drafts, self._aside)
        self._undo_stack.mark_saved([pending.entry for pending in done], saved.results)
        if saved.outside is not None:
            messages += self.load(saved.outside)
            changed = frozenset(self.dataset.projects)
        else:
            if saved.rebuilt is not None:
                self._in_file = saved.rebuilt.dataset
                self.problems = saved.rebuilt.problems
            projects = self._in_file.projects
            self._in_file = self._in_file.with_projects(
                {
                    key: saved.facts.get(key, projects[key])._replace(
                        annotations=annotations
                    )
                    for key, annotations in saved.annotations.items()
                }
            )
            refused = {
                refusal.edit.key
                for result in saved.results.values()
                for refusal in result.refused
            }
            known = frozenset((*saved.annotations, *refused)) & projects.keys()
            if saved.rebuilt is not None:
                self.dataset = self._merge_open_edits(self._in_file)
                changed = known
            else:
                changed = self._show(known)
        return SaveReport(changed, saved.outside is not None, tuple(messages))

    def fail_save(self, error: HunnanError) -> None:
        """Record that the save failed; its transactions stay queued.

        Where one of several files failed, the edits of the others leave the journal.
        """
        self._saving_count = 0
        saved: dict[int, set[int]] = {}
        for serial, file in self.store.list_saved_parts():
            saved.setdefault(serial, set()).add(file)
        for pending in self._pending:
            if files := saved.get(pending.transaction.serial):
                self._journal.mark_partly_saved(pending.journal, files)
        self._set_status(saving=False, failed=str(error))

    def save_now(self) -> SaveReport:
        """Save in this thread: for the command line and for leaving.

        Raises:
            HunnanError: It could not be saved; it stays in the journal.
        """
        transactions = self.begin_save()
        if not transactions:
            return SaveReport(frozenset())
        try:
            return self.finish_save(self.store.save(transactions))
        except HunnanError as error:
            self.fail_save(error)
            raise

    def count_waiting(self) -> int:
        """Return how many transactions wait to be saved."""
        return len(self._pending)

    def give_up(self, count: int) -> None:
        """Drop the transactions behind the first `count`: whoever made them stops.

        The file has all of each, or nothing. They count as undone, and can be redone.
        """
        self._saving_count = 0
        while len(self._pending) > count:
            pending = self._pending.pop()
            self._journal.mark_saved(pending.journal)
            self.history.mark(pending.entry.origin, undone=True)

    def close(self) -> None:
        """Close the journal; what is not in the file stays in it."""
        self._journal.close()

    def _do(
        self,
        label: str,
        edits: Sequence[Edit],
        undone: UndoEntry | None = None,
        *,
        is_undo: bool = False,
    ) -> frozenset[str]:
        """Apply edits; with `undone`, those that undo or redo another transaction."""
        if self.store.locked:
            raise SaveError(explain_lock(self.store.locked))
        has_facts = any(isinstance(edit.change, FactChange) for edit in edits)
        if has_facts and (
            reason := self.store.explain_no_facts([edit.key for edit in edits])
        ):
            raise SaveError(reason)
        dataset, undo, refused = apply_edits(self.dataset, edits)
        self.last_refused = salvage_refused(refused, self.drafts, self._aside)
        if refused:
            gone = {id(refusal.edit) for refusal in refused}
            edits = [edit for edit in edits if id(edit) not in gone]
        if not undo:
            return frozenset()
        self._serial += 1
        from hunnan_tui.storage.transaction import PendingTransaction

        undoes = undone.serial if undone else None
        journal = self._journal.add(edits)
        entry = self._undo_stack.add(
            self._serial, label, edits, undo, undone, is_undo=is_undo
        )
        opened = _Pending(
            PendingTransaction(self._serial, tuple(edits), undoes), entry, journal
        )
        self._pending.append(opened)
        self.dataset = dataset
        if undone is None:
            keys = {edit.key for edit in undo}  # those that differ from before
            self.history.add(entry.origin, label, self._now(), keys)
        self._set_status()
        self.last_changed = frozenset(edit.key for edit in edits)
        return self.last_changed

    def _take_back(self, history: list[UndoEntry], *, is_undo: bool) -> str:
        self.last_refused = ()
        while history:
            entry = history.pop()
            self.history.mark(entry.origin, undone=is_undo)
            safe, others = select_safe_undo(self.dataset, entry.undo, entry.edits)
            is_done = bool(self._do(entry.label, safe, entry, is_undo=is_undo))
            if others:
                self.last_refused = (
                    _(
                        "Left as it is on {projects}, which others have changed since: "
                        "{label}"
                    ).format(projects=summarize_keys(others), label=entry.label),
                )
            if is_done:
                return entry.label
            if others:
                return ""
            # somebody else has undone it already: go on to the one before
        return ""

    def _merge_open_edits(self, dataset: Dataset) -> Dataset:
        edits = [
            edit for pending in self._pending for edit in pending.transaction.edits
        ]
        return replay(dataset, edits) if edits else dataset

    def _show(self, keys: Collection[str]) -> frozenset[str]:
        """Update shown projects from the file and the unsaved transactions.

        Returns:
            The keys of those that have changed.
        """
        fresh: Mapping[str, Project] = {k: self._in_file.projects[k] for k in keys}
        edits = [
            edit
            for pending in self._pending
            for edit in pending.transaction.edits
            if edit.key in fresh
        ]
        base = self._in_file._replace(projects=fresh)
        fresh = replay(base, edits).projects
        shown = self.dataset.projects
        different = frozenset(
            key
            for key, project in fresh.items()
            if key not in shown or shown[key] != project
        )
        self.dataset = self.dataset.with_projects(fresh)
        return different

    def _set_status(
        self,
        *,
        saving: bool | None = None,
        failed: str | None = None,
        saved_at: datetime | None = None,
    ) -> None:
        old = self.status
        self.status = Status(
            unsaved=len(self._pending),
            saving=old.saving if saving is None else saving,
            failed=old.failed if failed is None else failed,
            saved_at=saved_at or old.saved_at,
        )


def explain_lock(why: str) -> str:
    """Return what is said of an edit of files that are only to be read."""
    return _("Nothing is changed: {why}").format(why=why)
