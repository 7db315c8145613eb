"""Projects, sources and other entries that come and go in the text of a dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hunnan_tui.core.fact_changes import (
    CHANGED_SINCE,
    ENTRY_CHANGED,
    SOURCE_TAKEN,
    AddSource,
    FactConflictError,
    RemoveSource,
    SetEntry,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.new_tables import (
    add_entry,
    add_project,
    change_entry,
    find_entry,
    remove_blocks,
)
from hunnan_tui.dataset.toml.scanner import Span, scan_blocks
from hunnan_tui.dataset.toml.writer import format_inline

_Name = tuple[str, str]
"""The list that an entry belongs to, and its id."""
Record = Mapping[str, Any]


class TableChanges:
    """The whole tables that a batch adds to a text and removes from it."""

    def __init__(self, text: bytes, newline: bytes) -> None:
        self._text = text
        self._newline = newline
        self._entries: dict[_Name, Record | None] = {}
        """The changed entries as they are now; None for one that is not there."""
        self._first: dict[_Name, Record | None] = {}
        """The same as they were in the text."""

    @property
    def has_changes(self) -> bool:
        """Whether any entry comes, changes or goes."""
        return self._entries != self._first

    def change_source(
        self, change: AddSource | RemoveSource
    ) -> tuple[AddSource | RemoveSource, ...]:
        """Add or remove a source; return what undoes that.

        Raises:
            FactConflictError: There is another one of that id.
        """
        record = dict(change.record)
        name = "sources", record["id"]
        known = self._find(*name)
        is_added = isinstance(change, AddSource)
        if is_identical(known, record if is_added else None):
            return ()
        if known is not None and not is_identical(known, record):
            raise FactConflictError(_(SOURCE_TAKEN if is_added else CHANGED_SINCE))
        self._entries[name] = record if is_added else None
        if is_added:
            return (RemoveSource(record),)
        return (AddSource(record),)

    def set_entry(self, change: SetEntry) -> tuple[SetEntry, ...]:
        """Add, change or remove an entry; return what undoes that.

        Raises:
            FactConflictError: It is no longer what the change starts from.
        """
        known = self._find(change.table, change.id)
        if is_identical(known, change.new):
            return ()
        if not is_identical(known, change.old):
            raise FactConflictError(_(ENTRY_CHANGED))
        self._entries[change.table, change.id] = change.new
        return (change.inverse,)

    def _find(self, table: str, id: str) -> Record | None:
        name = table, id
        if name not in self._entries:
            entry = find_entry(self._text, table, id)
            self._entries[name] = self._first[name] = entry[1] if entry else None
        return self._entries[name]

    def apply_entries(self, text: bytes) -> bytes:
        """Return a text with the entries changed; one in use is not removed."""
        for (table, id), record in self._entries.items():  # noqa: A001 - of an entry
            first = self._first[table, id]
            if is_identical(record, first):
                continue
            if record is None:
                entry = find_entry(text, table, id)
                if entry and not _is_used(text, id):
                    text = remove_blocks(text, table, [entry[0]], self._newline)
            elif first is None:
                text = add_entry(text, table, record, self._newline)
            else:
                text = change_entry(text, table, record, self._newline)
        return text

    def remove_projects(self, text: bytes, indexes: Iterable[int]) -> bytes:
        """Return a text without the blocks of some projects."""
        positions = sorted(indexes)
        blocks = [Span(*block) for block in scan_blocks(text)] if positions else []
        removed = [blocks[position] for position in positions]
        return remove_blocks(text, "projects", removed, self._newline)

    def add_projects(self, text: bytes, blocks: Iterable[bytes]) -> bytes:
        """Return a text with blocks behind the last project."""
        added = self._newline.join(blocks)
        return add_project(text, added, self._newline) if added else text


def _is_used(text: bytes, id: str) -> bool:
    """Return whether anything but the id of a table may be an id."""
    return (
        re.search(rb"(?<!\nid = )%b" % re.escape(format_inline(id)), text) is not None
    )
