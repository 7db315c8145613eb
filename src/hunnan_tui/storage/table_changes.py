"""Projects and sources that come and go in the text of a dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hunnan_tui.core.fact_changes import (
    CHANGED_SINCE,
    SOURCE_TAKEN,
    AddSource,
    FactConflictError,
    RemoveSource,
)
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.new_tables import (
    add_project,
    add_source,
    find_source,
    remove_blocks,
)
from hunnan_tui.dataset.toml.scanner import Span, scan_blocks
from hunnan_tui.dataset.toml.writer import format_inline


class TableChanges:
    """The whole tables that a batch adds to a text and removes from it."""

    def __init__(self, text: bytes, newline: bytes) -> None:
        self._text = text
        self._newline = newline
        self._sources: dict[str, dict[str, Any] | None] = {}
        """The changed sources by id, as they are now; None for one that is gone."""
        self._first: dict[str, dict[str, Any] | None] = {}
        """The same as they were in the text."""

    @property
    def has_changes(self) -> bool:
        """Whether any source comes or goes."""
        return self._sources != self._first

    def change_source(
        self, change: AddSource | RemoveSource
    ) -> tuple[AddSource | RemoveSource, ...]:
        """Add or remove a source; return what undoes that.

        Raises:
            FactConflictError: There is another one of that id.
        """
        record = dict(change.record)
        id = record["id"]  # noqa: A001 - of a source
        if id not in self._sources:
            found = find_source(self._text, id)
            self._sources[id] = self._first[id] = found[1] if found else None
        known = self._sources[id]
        is_added = isinstance(change, AddSource)
        if is_identical(known, record if is_added else None):
            return ()
        if known is not None and not is_identical(known, record):
            raise FactConflictError(SOURCE_TAKEN if is_added else CHANGED_SINCE)
        self._sources[id] = record if is_added else None
        if is_added:
            return (RemoveSource(record),)
        return (AddSource(record),)

    def apply_sources(self, text: bytes) -> bytes:
        """Return a text with the sources added and removed; one in use stays."""
        for id, record in self._sources.items():  # noqa: A001 - of a source
            if is_identical(record, self._first[id]):
                continue
            if record is not None:
                text = add_source(text, record, self._newline)
                continue
            found = find_source(text, id)
            if found and text.count(format_inline(id)) == 1:
                text = remove_blocks(text, "sources", [found[0]], self._newline)
        return text

    def remove_projects(self, text: bytes, indexes: Iterable[int]) -> bytes:
        """Return a text without the blocks of some projects."""
        places = sorted(indexes)
        blocks = [Span(*block) for block in scan_blocks(text)] if places else []
        removed = [blocks[place] for place in places]
        return remove_blocks(text, "projects", removed, self._newline)

    def add_projects(self, text: bytes, blocks: Iterable[bytes]) -> bytes:
        """Return a text with blocks behind the last project."""
        added = self._newline.join(blocks)
        return add_project(text, added, self._newline) if added else text
