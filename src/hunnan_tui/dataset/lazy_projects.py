"""The projects of a large file, parsed from their blocks on demand.

As values, a large dataset takes ten times the size of its file; the text and the offset
of every block take little more than the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import tomli

from hunnan_tui.core.errors import DataError
from hunnan_tui.core.model import Project, ProjectCollection
from hunnan_tui.dataset.parser import decode, read_project

_CACHE_SIZE = 20_000
"""The number of parsed projects that are cached."""


class BlockReader:
    """A text, and the offset of each project's block.

    `replace` exchanges both at once, since another thread may be reading a block.
    """

    def __init__(self, text: bytes, starts: Sequence[int], currency: str = "") -> None:
        self._state = (text, starts)
        self.currency = currency
        """The currency of the dataset, which an amount that is a text may name."""
        self.end: int | None = None
        """Where the last block ends, if not with the text: raised after `starts`."""

    def __getitem__(self, index: int) -> bytes:
        text, starts = self._state
        end = starts[index + 1] if index + 1 < len(starts) else self.end
        return text[starts[index] : end]

    def replace(self, text: bytes, starts: Sequence[int]) -> None:
        """Take an edited text; only replaced projects may differ in it."""
        self._state = (text, starts)
        self.end = None


class LazyProjects(Mapping[str, Project], ProjectCollection):
    """Projects by key, in the order of the file."""

    def __init__(
        self,
        blocks: BlockReader,
        indexes: Mapping[str, int],
        annotated: Iterable[str],
        replaced: Mapping[str, Project] | None = None,
        *,
        count: int | None = None,
        cache: dict[str, Project] | None = None,
    ) -> None:
        """Take the blocks of a file; all but `replaced` may grow beyond `count`.

        Args:
            blocks: The text.
            indexes: The number of each project's block.
            annotated: The keys of the projects that have annotations in the text.
            replaced: Projects that differ from the text.
            count: How many projects belong to this collection.
            cache: Projects that have been read already, shared with others.
        """
        self._blocks = blocks
        self._indexes = indexes
        self._annotated = annotated
        self._replaced = replaced or {}
        self._count = len(indexes) if count is None else count
        self._cache: dict[str, Project] = {} if cache is None else cache

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return islice(self._indexes, self._count)

    def __contains__(self, key: object) -> bool:
        return self._indexes.get(key, self._count) < self._count  # type: ignore[call-overload,no-any-return]  # any object may be asked for

    def __getitem__(self, key: str) -> Project:
        index = self._indexes[key]
        if index >= self._count:
            raise KeyError(key)
        project = self._replaced.get(key) or self._cache.get(key)
        if project is None:
            project = self._read(key, index)
            self.remember(project)
        return project

    def __hash__(self) -> int:
        return id(self)

    def find_index(self, key: str) -> int | None:
        """Return the position of a project in the file; None if it is not there."""
        return self._indexes[key] if key in self else None

    def find_text(self, key: str) -> bytes | None:
        """Return the text of a project's block; None if it is not there or was edited."""
        index = self.find_index(key)
        if index is None or key in self._replaced:
            return None
        return self._blocks[index]

    def list_annotated_keys(self) -> list[str]:
        """Return the keys of the projects that have, or have had, annotations."""
        known = [*self._annotated]
        if self._count < len(self._indexes):
            known = [key for key in known if key in self]
        return (
            list(dict.fromkeys((*known, *self._replaced))) if self._replaced else known
        )

    def includes_all_of(self, other: Mapping[str, Project]) -> bool:
        """Return whether other is of the same text and holds no more of it."""
        return (
            isinstance(other, LazyProjects)
            and other._indexes is self._indexes  # noqa: SLF001
            and other._count <= self._count  # noqa: SLF001
        )

    def remember(self, project: Project) -> None:
        """Cache a parsed project."""
        if len(self._cache) >= _CACHE_SIZE:
            self._cache.clear()
        self._cache[project.key] = project

    def with_projects(self, changed: Mapping[str, Project]) -> Mapping[str, Project]:
        """Return the collection with some projects replaced or added."""
        if any(key not in self for key in changed):
            return {**self, **changed}
        return LazyProjects(
            self._blocks,
            self._indexes,
            self._annotated,
            {**self._replaced, **changed},
            count=self._count,
            cache=self._cache,
        )

    def follow_edit(self, text: bytes, starts: Sequence[int]) -> None:
        """Follow an edit of the text; the edited projects are already replaced."""
        self._blocks.replace(text, starts)

    def _read(self, key: str, index: int) -> Project:
        from hunnan_tui.dataset.fast_parser import read_plain  # as in `loading`

        block = self._blocks[index]
        project = read_plain(block)
        if project is not None and project.key == key:
            return project
        try:
            table = tomli.loads(decode(block))["projects"][0]
            return read_project(key, table, index, [], self._blocks.currency)
        except (DataError, ValueError, LookupError, TypeError):
            # the text was another one after all, and is being loaded again
            return Project(key, key, key)
