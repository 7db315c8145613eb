"""The transactions that can be undone and redone, including those of earlier sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.text import display_line
from hunnan_tui.storage.transaction_log import (
    DO,
    REDO,
    UNDO,
    LoggedTransaction,
    TransactionLog,
    find_undoable,
)

if TYPE_CHECKING:
    from hunnan_tui.storage.transaction import TransactionResult


@dataclass(slots=True)
class UndoEntry:
    """A transaction that can be undone."""

    label: str
    serial: int
    edits: Sequence[Edit]
    undo: Sequence[Edit]
    origin: int
    """The serial of the transaction as it was first made."""
    id: str
    """Its name in the log."""


class UndoStack:
    """The transactions that can be undone and redone, oldest first."""

    def __init__(self, log: TransactionLog) -> None:
        self._log = log
        self._is_recalled = False
        """Whether the transactions of earlier sessions are loaded."""
        self.undone: list[UndoEntry] = []
        self.undoable: list[UndoEntry] = []

    def add(
        self,
        serial: int,
        label: str,
        edits: Sequence[Edit],
        undo: Sequence[Edit],
        taken_back: UndoEntry | None = None,
        *,
        is_undo: bool = False,
    ) -> UndoEntry:
        """Add a transaction; with `taken_back`, one that undoes or redoes another."""
        id = self._log.make_id(serial)  # noqa: A001 - of a step
        act = DO if taken_back is None else UNDO if is_undo else REDO
        of = taken_back.id if taken_back else ""
        origin = taken_back.origin if taken_back else serial
        self._log.add(LoggedTransaction(id, act, of, label, tuple(edits), tuple(undo)))
        entry = UndoEntry(label, serial, edits, undo, origin, id)
        (self.undone if is_undo else self.undoable).append(entry)
        return entry

    def mark_saved(
        self, saved: Iterable[UndoEntry], results: Mapping[int, TransactionResult]
    ) -> None:
        """Record which transactions are in the file, and what undoes them there."""
        known = [entry for entry in saved if entry.serial in results]
        for entry in known:
            entry.undo = tuple(results[entry.serial].undo)
        self._log.mark_saved((entry.id, entry.undo) for entry in known)

    def load_earlier(self) -> None:
        """Load the transactions of earlier sessions, once."""
        if self._is_recalled:
            return
        self._is_recalled = True
        transactions = find_undoable(self._log.read())
        others = [
            logged
            for logged in transactions
            if not self._log.is_from_this_process(logged.id)
        ]
        self.undoable += [
            # no transaction of this session has a negative number
            UndoEntry(display_line(e.label), -number, e.edits, e.undo, -number, e.id)
            for number, e in enumerate(others, 1)
        ]
