"""The transactions of this session, for display; kept in memory only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

MOST_ENTRIES = 500
"""Steps that are kept."""
MOST_KEYS = 1_000
"""Projects of one step that are kept by name; of a larger step only their number is."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A step as it was made."""

    label: str
    at: datetime
    projects: int
    """How many projects it changed."""
    keys: frozenset[str] = frozenset()
    """Their keys; empty for a step on more than `KEYS` of them."""
    is_undone: bool = False


class History:
    """Steps by number, the oldest first; old ones are forgotten."""

    def __init__(self) -> None:
        self._entries: OrderedDict[int, HistoryEntry] = OrderedDict()

    def add(self, serial: int, label: str, at: datetime, keys: Iterable[str]) -> None:
        """Take note of a step that was made."""
        changed = frozenset(keys)
        named = changed if len(changed) <= MOST_KEYS else frozenset()
        self._entries[serial] = HistoryEntry(label, at, len(changed), named)
        while len(self._entries) > MOST_ENTRIES:
            self._entries.popitem(last=False)

    def mark(self, serial: int, *, undone: bool) -> None:
        """Take note that a step was taken back or made again."""
        entry = self._entries.get(serial)
        if entry is not None:
            self._entries[serial] = replace(entry, is_undone=undone)

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """The steps that are kept, the newest first."""
        return tuple(reversed(self._entries.values()))
