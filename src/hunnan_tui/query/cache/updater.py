"""Updates the cached index of an older text: only changed blocks are parsed.

Editing some projects, in whatever program, leaves the blocks of all others as they were.
After any other change the cache is not used.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import Any

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.core.parts import FIELD as PART_OF
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.incremental import NotInBlocksError, read_single_block, read_top
from hunnan_tui.dataset.key_index import KeyIndex
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import Parsed, collect_problems
from hunnan_tui.dataset.references import ReferenceChecker, iterate_sources
from hunnan_tui.dataset.schema import Faults
from hunnan_tui.query.cache.checksums import (
    DIGEST_SIZE,
    InvalidIndexError,
    compute_digest,
)
from hunnan_tui.query.cache.chunks import Chunks
from hunnan_tui.query.cache.packing import (
    FileIndex,
    take_column,
    take_keys,
    take_numbers,
)
from hunnan_tui.query.cache.protocol import make_header, unpack_problems
from hunnan_tui.query.cache.reader import CachedFile
from hunnan_tui.query.engine.base_columns import (
    CACHED_COLUMNS,
    compute_row,
    make_columns,
)
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import build_list, iterate_in_steps, pause
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.texts import make_name_key

MAX_CHANGES = 5_000
"""Most changed projects to update; with more, building the index anew is faster."""


def update_index(
    snapshot: CachedFile, contents: dict[str, Any], chunks: Chunks
) -> FileIndex:
    """Return the index of a text, from the cached one of an older text.

    Args:
        snapshot: The text.
        contents: The small values in the cache.
        chunks: The large values in the cache.

    Raises:
        InvalidIndexError: Too much has changed, or the cache is of another version.
    """
    try:
        header = contents["heading"]
        is_current_format = header == make_header(header["bytes"], header["hash"])
        if not is_current_format:
            raise InvalidIndexError
        return _IndexUpdater(snapshot.text, contents, chunks).update()
    except (LookupError, TypeError, ValueError, NotInBlocksError) as error:
        raise InvalidIndexError from error


class _IndexUpdater:
    """A text, and the cached index of an older one."""

    def __init__(
        self,
        text: bytes,
        contents: dict[str, Any],
        chunks: Chunks,
    ) -> None:
        self._text, self._chunks = text, chunks
        self._starts = array("Q", find_headers(text))
        if compute_digest(text[: self._starts[0]]).hex() != contents["top"]:
            raise InvalidIndexError
        self._old_problems = unpack_problems(contents["problems"])
        self._dataset = read_top(text, pause=pause)
        self._references = ReferenceChecker(self._dataset)
        self._old_keys = take_keys(chunks)
        self._new_projects: dict[int, Project] = {}
        """The projects of new or changed blocks, by index."""
        self._old_positions = self._match_blocks()

    def update(self) -> FileIndex:
        """Return the index of the new text."""
        keys = [
            self._new_projects[position].key if old < 0 else self._old_keys[old]
            for position, old in enumerate(self._old_positions)
        ]
        key_index = self._index_keys(keys)
        blocks = BlockReader(self._text, self._starts, self._dataset.currency)
        projects = LazyProjects(blocks, key_index, self._list_annotated(keys))
        dataset = self._dataset._replace(projects=projects)
        values = self._update_columns(dataset)
        parsed = Parsed(dataset, self._check_problems(projects, values))
        columns = Columns(dataset, make_columns(values))
        return FileIndex(parsed, self._starts, Index(dataset, columns), key_index)

    def _check_problems(
        self, projects: LazyProjects, values: Mapping[Hashable, list[Any]]
    ) -> tuple[Problem, ...]:
        """Return the problems, if they are all outside the projects and unchanged.

        Raises:
            InvalidIndexError: There may be others: references from events and facts of
                unchanged blocks are unknown here.
        """
        references = self._references
        for project in self._new_projects.values():
            references.record_uses(iterate_sources(project))
        for sources in iterate_in_steps(values["values", "source"]):
            references.record_uses(sources)
        has_amounts = any(
            value is not None for value in iterate_in_steps(values["value", "invest"])
        )
        references.record_uses((), has_amount=has_amounts)
        keys = list(projects)
        for position, wholes in enumerate(iterate_in_steps(values["values", PART_OF])):
            if wholes:
                references.record_part(keys[position], position, wholes[0])
        faults: Faults = []
        read_top(self._text, projects, faults, references, pause)
        haystacks = values["haystack"]
        names = {hash(make_name_key(value)) for value in iterate_in_steps(haystacks)}
        file = self._old_problems[0].file if self._old_problems else ""
        problems = collect_problems(faults, self._text, file, self._starts)
        if problems != self._old_problems or len(names) < len(haystacks):
            raise InvalidIndexError
        return problems

    def _match_blocks(self) -> array[int]:
        """Return the old index of each block; -1 for new or changed ones."""
        digests = b"".join(self._chunks.pop("digests"))
        count = len(self._old_keys)
        known: dict[bytes, int] = {}
        for position in iterate_in_steps(range(count)):
            known[digests[position * DIGEST_SIZE : (position + 1) * DIGEST_SIZE]] = (
                position
            )
        if len(known) != count:
            raise InvalidIndexError
        old = array("q")
        bounds = pairwise([*self._starts, len(self._text)])
        for position, (start, end) in zip(
            iterate_in_steps(range(len(self._starts))), bounds, strict=True
        ):
            block = self._text[start:end]
            old_index = known.pop(compute_digest(block), -1)
            old.append(old_index)
            if old_index < 0:
                self._new_projects[position] = read_single_block(
                    block, self._references, position
                )
                if len(self._new_projects) > MAX_CHANGES:
                    raise InvalidIndexError
        return old

    def _index_keys(self, keys: list[str]) -> KeyIndex:
        """Return the index of the keys, which must be unique."""
        old_key_index = KeyIndex(self._old_keys)
        old_key_index.complete(pause)
        is_unchanged = bytearray(len(self._old_keys))
        for old in self._old_positions:
            if old >= 0:
                is_unchanged[old] = 1
        new_keys = [project.key for project in self._new_projects.values()]
        is_taken = any(
            key in old_key_index and is_unchanged[old_key_index[key]]
            for key in new_keys
        )
        if is_taken or len(set(new_keys)) < len(new_keys):
            raise InvalidIndexError
        key_index = KeyIndex(keys)
        key_index.complete(pause)
        return key_index

    def _list_annotated(self, keys: list[str]) -> list[str]:
        annotated = bytearray(len(self._old_keys))
        for position in take_numbers(self._chunks, "annotated"):
            annotated[position] = 1
        return [
            keys[position]
            for position, old in enumerate(self._old_positions)
            if (
                annotated[old]
                if old >= 0
                else self._new_projects[position].annotations != Annotations()
            )
        ]

    def _update_columns(self, dataset: Dataset) -> Mapping[Hashable, list[Any]]:
        values = {
            position: compute_row(dataset, project)
            for position, project in self._new_projects.items()
        }
        columns: dict[Hashable, list[Any]] = {}
        for number, name in enumerate(CACHED_COLUMNS):
            old_column = take_column(self._chunks, name)
            old_values = map(old_column.__getitem__, self._old_positions)
            column = columns[name] = build_list(old_values, len(self._old_positions))
            for position, row in values.items():
                column[position] = row[number]
        return columns
