"""Related projects: those with a party, place, source or announcement in common."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from hunnan_tui.core.language import N_
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.index import Index

COMMON = 500
"""A value that more projects than this share does not relate them."""
_FIELDS = ("party", "place", "source")
"""The text fields that relate projects."""
_BUCKET_SIZE = 1_000
"""Projects in a bucket: sorting one never delays key presses for long."""
_BUCKETS_AT_ONCE = 8
_MIN_CAPACITY = 4_096
"""Entries of a bucket at which values that are too common are first dropped."""
_STEP = 200
"""Projects between two calls of `check_cancelled`."""
_ANNOUNCEMENT = N_("announcement")
_ORDER = (N_("party"), _ANNOUNCEMENT, N_("place"), N_("source"))


@dataclass(frozen=True, slots=True)
class Reason:
    """What two projects have in common."""

    kind: str
    """party, announcement, place or source."""
    text: str
    """The shared value; for a source or an announcement, its title."""


@dataclass(frozen=True, slots=True)
class Related:
    """A project that has something in common with another one."""

    key: str
    reasons: tuple[Reason, ...]


class Relations:
    """An index of a whole dataset by what its projects have in common."""

    def __init__(
        self, index: Index, check_cancelled: Callable[[], None] = lambda: None
    ) -> None:
        """Build the index, in any thread; takes a second for 100,000 projects.

        Args:
            index: The projects.
            check_cancelled: Called regularly; may raise to stop.
        """
        self._lineage = index.lineage
        self._keys = index.columns.keys
        self._text_indexes = {
            field: _TextIndex(
                index.iterate_lines(field), len(self._keys), check_cancelled
            )
            for field in _FIELDS
        }
        self._announcements = _index_announcements(index.dataset)

    def matches_index(self, index: Index) -> bool:
        """Return whether the relations are still right for an index, as after tagging."""
        return index.lineage is self._lineage

    def find_related(
        self, project: Project, dataset: Dataset, most: int = 100
    ) -> list[Related]:
        """Return the projects related to a project, the most closely related first.

        What few projects share counts for more.

        Args:
            project: The project.
            dataset: What names its sources and announcements.
            most: The maximum number of projects.
        """
        reasons: dict[str, dict[Reason, None]] = {}
        weights: dict[str, float] = {}
        for reason, keys in self._list_shared(project, dataset):
            others = [key for key in keys if key != project.key]
            if len(others) > COMMON:
                continue
            for key in others:
                known = reasons.setdefault(key, {})
                if reason not in known:
                    known[reason] = None
                    weights[key] = weights.get(key, 0) + 1 / len(others)
        first = sorted(reasons, key=lambda key: -weights[key])[:most]
        return [Related(key, tuple(_sort_reasons(reasons[key]))) for key in first]

    def _list_shared(
        self, project: Project, dataset: Dataset
    ) -> Iterator[tuple[Reason, Collection[str]]]:
        for party in project.parties:
            yield Reason("party", party.name), self._find_sharing("party", party.name)
        if project.place:
            yield (
                Reason("place", project.place),
                self._find_sharing("place", project.place),
            )
        for name in project.sources:
            source = dataset.sources.get(name)
            title = source.title if source else name
            yield Reason("source", title), self._find_sharing("source", name)
        for name in self._announcements.get(project.id, ()):
            announcement = dataset.announcements[name]
            keys = [key for key in announcement.names if key in dataset.projects]
            yield Reason(_ANNOUNCEMENT, announcement.statement), keys

    def _find_sharing(self, field: str, text: str) -> list[str]:
        indexes = self._text_indexes[field].find(fold(text))
        return [self._keys[index] for index in indexes]


class _TextIndex:
    """An index from a text to the projects that state it, compact enough for millions."""

    def __init__(
        self, column: Iterable[str], count: int, check_cancelled: Callable[[], None]
    ) -> None:
        """Index the folded texts of each project, given as the lines of one text."""
        self._buckets = [_HashBucket() for _ in range(count // _BUCKET_SIZE + 1)]
        for index, text in enumerate(column):
            if index % _STEP == 0:
                check_cancelled()
            for line in dict.fromkeys(text.split("\n")) if text else ():
                self._get_bucket(hash(line)).add(hash(line), index)
        for number, bucket in enumerate(self._buckets):
            if number % _BUCKETS_AT_ONCE == 0:
                check_cancelled()
            bucket.sort()

    def find(self, text: str) -> Sequence[int]:
        """Return the indexes of the projects that state a text; none if too many do."""
        return self._get_bucket(hash(text)).find(hash(text))

    def _get_bucket(self, hash: int) -> _HashBucket:
        return self._buckets[hash % len(self._buckets)]


class _HashBucket:
    """The 64-bit hashes of some texts and the indexes of the projects that state them."""

    def __init__(self) -> None:
        self._hashes, self._indexes = array("q"), array("L")
        self._too_common: set[int] = set()
        self._capacity = _MIN_CAPACITY

    def add(self, hash: int, index: int) -> None:
        if hash in self._too_common:
            return
        self._hashes.append(hash)
        self._indexes.append(index)
        if len(self._hashes) >= self._capacity:
            self._drop_common()
            self._capacity = max(_MIN_CAPACITY, 2 * len(self._hashes))

    def _drop_common(self) -> None:
        """Drop the entries of texts that too many projects state."""
        counts = Counter(self._hashes)
        self._too_common |= {
            hash_ for hash_, count in counts.items() if count > COMMON + 1
        }
        stays = [hash_ not in self._too_common for hash_ in self._hashes]
        self._hashes = array("q", compress(self._hashes, stays))
        self._indexes = array("L", compress(self._indexes, stays))

    def sort(self) -> None:
        order = sorted(range(len(self._hashes)), key=self._hashes.__getitem__)
        self._hashes = array("q", map(self._hashes.__getitem__, order))
        self._indexes = array("L", map(self._indexes.__getitem__, order))

    def find(self, hash: int) -> Sequence[int]:
        first = bisect_left(self._hashes, hash)
        indexes = self._indexes[first : bisect_right(self._hashes, hash, first)]
        return indexes if len(indexes) <= COMMON + 1 else ()


def _index_announcements(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """Return the announcements that name a project, by the project's id."""
    ids: dict[str, list[str]] = {}
    for announcement in dataset.announcements.values():
        for name in announcement.names:
            ids.setdefault(name, []).append(announcement.id)
    return ids


def _sort_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda reason: _ORDER.index(reason.kind))
