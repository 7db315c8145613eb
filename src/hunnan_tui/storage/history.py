"""The transactions of this session, for display; kept in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

MOST_ENTRIES = 500
"""The number of transactions that are kept."""
MOST_KEYS = 1_000
"""A transaction on more projects keeps only their number."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A transaction that was made."""

    label: str
    at: datetime
    projects: int
    """How many projects it changed."""
    keys: frozenset[str] = frozenset()
    """Their keys; empty for more than `MOST_KEYS`."""
    is_undone: bool = False


class History:
    """Transactions by number; the oldest are dropped beyond `MOST_ENTRIES`."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, HistoryEntry] = OrderedDict()

    def add(self, serial: int, label: str, at: datetime, keys: Iterable[str]) -> None:
        """Record a transaction."""
        changed = frozenset(keys)
        named = changed if len(changed) <= MOST_KEYS else frozenset()
        self._entries[serial] = HistoryEntry(label, at, len(changed), named)
        while len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)

    def mark(self, serial: int, *, undone: bool) -> None:
        """Record that a transaction was undone or redone."""
        entry = self._entries.get(serial)
        if entry is not None:
            self._entries[serial] = replace(entry, is_undone=undone)

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """The transactions, newest first."""
        return tuple(reversed(self._entries.values()))
