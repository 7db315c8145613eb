"""Projects that have to do with each other: a party, a place, a source in common."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.index import Index

COMMON = 500
"""Projects that share something from which on it no longer relates them."""
_FIELDS = ("party", "place", "source")
"""The fields of texts that relate projects."""
_IN_BIN = 1_000
"""Projects whose texts are sorted together: no sorting holds up keys for long."""
_BINS_AT_ONCE = 8
_ROOM = 4_096
"""Entries from which on a part is looked through for what is too common."""
_STEP = 200
"""Projects between two looks at whether to go on."""
_ANNOUNCEMENT = "announcement"
_ORDER = ("party", _ANNOUNCEMENT, "place", "source")


@dataclass(frozen=True, slots=True)
class Reason:
    """What two projects have in common."""

    kind: str
    """party, announcement, place or source."""
    text: str
    """As it is written; of a source or an announcement its title."""


@dataclass(frozen=True, slots=True)
class Related:
    """A project that has something in common with another one."""

    key: str
    reasons: tuple[Reason, ...]


class Relations:
    """Who shares what, of a whole dataset: made once, then asked for each project."""

    def __init__(self, index: Index, look: Callable[[], None] = lambda: None) -> None:
        """Read what relates projects; takes a second of 100,000, in any thread.

        Args:
            index: The projects.
            look: Called now and then; may raise to end the reading.
        """
        self._lineage = index.lineage
        self._keys = index.columns.keys
        self._sayings = {
            field: _TextIndex(index.lines(field), len(self._keys), look)
            for field in _FIELDS
        }
        self._announcements = _index_announcements(index.dataset)

    def are_of(self, index: Index) -> bool:
        """Return whether they hold for an index: an edit of tags leaves them alone."""
        return index.lineage is self._lineage

    def of(self, project: Project, dataset: Dataset, most: int = 100) -> list[Related]:
        """Return the projects that a project has something in common with.

        Those that share most, and what few share, come first.

        Args:
            project: The project.
            dataset: What names its sources and announcements.
            most: How many at most.
        """
        reasons: dict[str, dict[Reason, None]] = {}
        weights: dict[str, float] = {}
        for reason, keys in self._shared(project, dataset):
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

    def _shared(
        self, project: Project, dataset: Dataset
    ) -> Iterator[tuple[Reason, Collection[str]]]:
        for party in project.parties:
            yield Reason("party", party.name), self._saying("party", party.name)
        if project.place:
            yield Reason("place", project.place), self._saying("place", project.place)
        for name in project.sources:
            source = dataset.sources.get(name)
            title = source.title if source else name
            yield Reason("source", title), self._saying("source", name)
        for name in self._announcements.get(project.id, ()):
            announcement = dataset.announcements[name]
            keys = [key for key in announcement.names if key in dataset.projects]
            yield Reason(_ANNOUNCEMENT, announcement.statement), keys

    def _saying(self, field: str, text: str) -> list[str]:
        places = self._sayings[field].of(fold(text))
        return [self._keys[place] for place in places]


class _TextIndex:
    """Which projects say a text, in two numbers each: there may be very many."""

    def __init__(
        self, column: Iterable[str], count: int, look: Callable[[], None]
    ) -> None:
        """Take the folded texts of each of some projects, one a line."""
        self._bins = [_HashBucket() for _ in range(count // _IN_BIN + 1)]
        for place, text in enumerate(column):
            if place % _STEP == 0:
                look()
            for line in dict.fromkeys(text.split("\n")) if text else ():
                self._of(hash(line)).add(hash(line), place)
        for number, each in enumerate(self._bins):
            if number % _BINS_AT_ONCE == 0:
                look()
            each.put_in_order()

    def of(self, text: str) -> Sequence[int]:
        """Return where the projects stand that say a text; none if too many do."""
        return self._of(hash(text)).of(hash(text))

    def _of(self, hash: int) -> _HashBucket:
        return self._bins[hash % len(self._bins)]


class _HashBucket:
    """Some texts, told apart by their 64-bit hashes, and the projects that say them."""

    def __init__(self) -> None:
        self._hashes, self._places = array("q"), array("L")
        self._too_common: set[int] = set()
        self._room = _ROOM

    def add(self, hash: int, place: int) -> None:
        if hash in self._too_common:
            return
        self._hashes.append(hash)
        self._places.append(place)
        if len(self._hashes) >= self._room:
            self._forget_common()
            self._room = max(_ROOM, 2 * len(self._hashes))

    def _forget_common(self) -> None:
        """Forget who says what so many say that it relates nobody."""
        counts = Counter(self._hashes)
        self._too_common |= {
            each for each, count in counts.items() if count > COMMON + 1
        }
        stays = [each not in self._too_common for each in self._hashes]
        self._hashes = array("q", compress(self._hashes, stays))
        self._places = array("L", compress(self._places, stays))

    def put_in_order(self) -> None:
        order = sorted(range(len(self._hashes)), key=self._hashes.__getitem__)
        self._hashes = array("q", map(self._hashes.__getitem__, order))
        self._places = array("L", map(self._places.__getitem__, order))

    def of(self, hash: int) -> Sequence[int]:
        first = bisect_left(self._hashes, hash)
        places = self._places[first : bisect_right(self._hashes, hash, first)]
        return places if len(places) <= COMMON + 1 else ()


def _index_announcements(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """Return the announcements that name a project, by the project's id."""
    found: dict[str, list[str]] = {}
    for announcement in dataset.announcements.values():
        for name in announcement.names:
            found.setdefault(name, []).append(announcement.id)
    return found


def _sort_reasons(reasons: Iterable[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda reason: _ORDER.index(reason.kind))
