"""The journals, drafts and logs of several files as one of each.

Each file keeps its own, with its own keys: opened alone, it finds all that is its.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.joined_datasets import merge_orders
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.edit_router import EditRouter
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.transaction_log import LoggedTransaction, TransactionLog


class JoinedJournal(Journal):
    """The journal of each file."""

    def __init__(self, journals: Sequence[Journal], router: EditRouter) -> None:
        super().__init__(None, Path())
        self._journals, self._router = journals, router
        self._entries: dict[int, tuple[int, int]] = {}
        """The file and the number there of each number that is not saved yet."""
        self._last = 0
        self._collect_problems()

    def add(self, edits: Sequence[Edit]) -> list[int]:
        numbers: list[int] = []
        for index, part in self._router.split(edits).items():
            for number in self._journals[index].add(part):
                self._last += 1
                self._entries[self._last] = index, number
                numbers.append(self._last)
        self._collect_problems()
        return numbers

    def mark_saved(self, serials: Sequence[int]) -> None:
        saved: dict[int, list[int]] = {}
        for serial in serials:
            if entry := self._entries.pop(serial, None):
                saved.setdefault(entry[0], []).append(entry[1])
        for index, numbers in saved.items():
            self._journals[index].mark_saved(numbers)
        self._collect_problems()

    def mark_partly_saved(self, serials: Sequence[int], files: Collection[int]) -> None:
        known = (serial for serial in serials if serial in self._entries)
        self.mark_saved([one for one in known if self._entries[one][0] in files])

    def close(self) -> None:
        for journal in self._journals:
            journal.close()

    def _collect_problems(self) -> None:
        problems = (journal.problem for journal in self._journals)
        self.problem = "; ".join(dict.fromkeys(filter(None, problems)))


class JoinedDrafts(Drafts):
    """The drafts of each file."""

    def __init__(self, drafts: Sequence[Drafts], router: EditRouter) -> None:
        super().__init__(None, Path())
        self._parts, self._router = drafts, router
        self._collect_problems()

    def get(self, key: str, at: datetime | None = None) -> Draft | None:
        drafts, own = self._find(key)
        draft = drafts.get(own, at)
        return draft and replace(draft, key=key)

    def list_for_project(self, key: str) -> tuple[Draft, ...]:
        drafts, own = self._find(key)
        return tuple(replace(draft, key=key) for draft in drafts.list_for_project(own))

    def list_all(self) -> Iterable[Draft]:
        return tuple(
            replace(draft, key=self._router.get_key(index, draft.key))
            for index, drafts in enumerate(self._parts)
            for draft in drafts.list_all()
        )

    def save(self, draft: Draft) -> None:
        drafts, own = self._find(draft.key)
        drafts.save(replace(draft, key=own))
        self._collect_problems()

    def discard(self, key: str, at: datetime | None = None) -> None:
        drafts, own = self._find(key)
        drafts.discard(own, at)

    def _find(self, key: str) -> tuple[Drafts, str]:
        index, own = self._router.find(key) or (self._router.default, key)
        return self._parts[index], own

    def _collect_problems(self) -> None:
        problems = (drafts.problem for drafts in self._parts)
        self.problem = "; ".join(dict.fromkeys(filter(None, problems)))


class JoinedLog(TransactionLog):
    """The log of each file; a transaction of several files is in the log of each."""

    def __init__(self, logs: Sequence[TransactionLog], router: EditRouter) -> None:
        super().__init__(None, Path())
        self._logs, self._router = logs, router
        for log in logs:
            log.join_window(self)
        self._files: dict[str, list[int]] = {}
        """The files of each transaction of this process."""

    def add(self, transaction: LoggedTransaction) -> None:
        edits = self._router.split(transaction.edits, transaction.undo)
        undo = self._router.split(transaction.undo, transaction.edits)
        files = list(dict.fromkeys((*edits, *undo))) or [self._router.default]
        self._files[transaction.id] = files
        for index in files:
            part = transaction._replace(
                edits=tuple(edits.get(index, ())), undo=tuple(undo.get(index, ()))
            )
            self._logs[index].add(part)
        self._collect_problems()

    def mark_saved(self, transactions: Iterable[tuple[str, Sequence[Edit]]]) -> None:
        saved: dict[int, list[tuple[str, Sequence[Edit]]]] = {}
        for id, undo in transactions:  # noqa: A001  # of a step
            parts = self._router.split(undo)
            for index in self._files.get(id, list(parts)):
                saved.setdefault(index, []).append((id, parts.get(index, ())))
        for index, part in saved.items():
            self._logs[index].mark_saved(part)
        self._collect_problems()

    def remember_end(self) -> None:
        # the constructor of the base class calls it before there are any
        for log in getattr(self, "_logs", ()):
            log.remember_end()

    def read(self, *, marked: bool = False) -> tuple[LoggedTransaction, ...]:
        joined: dict[str, LoggedTransaction] = {}
        order: list[str] = []
        for index, log in enumerate(self._logs):
            transactions = log.read(marked=marked)
            order = merge_orders(order, [one.id for one in transactions])
            for one in transactions:
                own = one._replace(
                    edits=tuple(self._router.join(index, one.edits)),
                    undo=tuple(self._router.join(index, one.undo)),
                    first=tuple(self._router.join(index, one.first)),
                )
                known = joined.get(one.id)
                joined[one.id] = _merge_halves(known, own) if known else own
        return tuple(joined[id] for id in order)  # noqa: A001  # of a step

    def _collect_problems(self) -> None:
        problems = (log.problem for log in self._logs)
        self.problem = "; ".join(dict.fromkeys(filter(None, problems)))


def _merge_halves(
    one: LoggedTransaction, other: LoggedTransaction
) -> LoggedTransaction:
    """Return a transaction that stands in two logs."""
    return one._replace(
        edits=one.edits + other.edits,
        undo=one.undo + other.undo,
        first=one.first + other.first,
        is_whole=one.is_whole and other.is_whole,
        is_saved=one.is_saved or other.is_saved,
    )
