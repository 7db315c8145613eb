"""Receives an index from the process that builds it, batch by batch."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from typing import Any

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.dataset.incremental import LoadProgress, read_top
from hunnan_tui.dataset.key_index import KeyIndex
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import Parsed
from hunnan_tui.query.cache.checksums import InvalidIndexError, parse_line
from hunnan_tui.query.cache.packing import FileIndex
from hunnan_tui.query.cache.protocol import ProjectBatch, unpack_problems
from hunnan_tui.query.engine.base_columns import (
    CACHED_COLUMNS,
    make_columns,
    unpack_columns,
)
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import build_list, pause
from hunnan_tui.query.engine.index import Index


class IndexReceiver:
    """The index of a text, as far as its lines have been received."""

    def __init__(self, text: bytes, header: dict[str, Any]) -> None:
        """Take a text, and the expected header of its index.

        Raises:
            NotInBlocksError: The text must be parsed as a whole.
        """
        self._text = text
        self._header = header
        self._top = read_top(text, pause=pause)
        self.starts = array("Q")
        self._blocks = BlockReader(text, self.starts, self._top.currency)
        self._key_index = KeyIndex([])
        self._annotated: dict[str, None] = {}
        self._projects: dict[str, Project] = {}
        self._columns: dict[Hashable, list[Any]] = {name: [] for name in CACHED_COLUMNS}
        self._has_header = False
        self.problems: tuple[Problem, ...] | None = None
        """The problems of the file, once the last line has been received."""

    def __len__(self) -> int:
        return len(self.starts)

    def receive(self, line: bytes) -> None:
        """Receive the next line.

        Raises:
            InvalidIndexError: It is damaged, or belongs to another text.
        """
        values = parse_line(line)
        if not self._has_header:
            if values != self._header:
                raise InvalidIndexError
            self._has_header = True
            return
        try:
            if "problems" in values:
                self.problems = unpack_problems(values["problems"])
            else:
                self._add_batch(ProjectBatch(**values))
        except (TypeError, ValueError, LookupError) as error:
            raise InvalidIndexError from error  # of another version

    def get_progress(self) -> LoadProgress:
        """Return the part of the dataset that has been received."""
        share = (self._blocks.end or 0) / len(self._text)
        return LoadProgress(self._make_dataset(), share)

    def make_index(self, dataset: Dataset) -> Index:
        """Return the index of the last dataset of `get_progress`."""
        count = len(self)
        values = {
            name: build_list(column, count) for name, column in self._columns.items()
        }
        return Index(dataset, Columns(dataset, make_columns(values)))

    def finish(self) -> FileIndex:
        """Return the complete index.

        Raises:
            InvalidIndexError: The last line has not been received.
        """
        if self.problems is None:
            raise InvalidIndexError
        dataset = self._make_dataset()
        # the columns are final and need no copy
        index = Index(dataset, Columns(dataset, make_columns(self._columns)))
        parsed = Parsed(dataset, self.problems)
        return FileIndex(parsed, self.starts, index, self._key_index)

    def _make_dataset(self) -> Dataset:
        projects = LazyProjects(
            self._blocks, self._key_index, self._annotated, cache=self._projects
        )
        return self._top._replace(projects=projects)

    def _add_batch(self, batch: ProjectBatch) -> None:
        self._key_index.extend(batch.keys)
        self._annotated.update(dict.fromkeys(batch.annotated))
        for name, values in unpack_columns(batch.columns).items():
            self._columns[name] += values
        self.starts.extend(batch.starts)
        self._blocks.end = batch.end
