"""Projects that have to do with each other: a party, a place, a source in common."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hunnan_tui.model import Dataset, Project
from hunnan_tui.query import Index
from hunnan_tui.query.words import search_fold

COMMON = 500
"""Projects that share something from which on it no longer relates them."""
_FIELDS = ("party", "place", "source")
"""The fields of texts that relate projects."""
_ANNOUNCEMENT = "announcement"
_ORDER = ("party", _ANNOUNCEMENT, "place", "source")

Groups = Mapping[str, Sequence[int]]
"""The places of the projects that say a text, by the folded text."""


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

    def __init__(self, index: Index) -> None:
        """Read what relates projects; takes a second of 100,000, in any thread."""
        self._keys = list(index.dataset.projects)
        self._columns = {field: index.texts(field) for field in _FIELDS}
        self._groups = {
            field: _inverted(column) for field, column in self._columns.items()
        }
        self._announcements = _announced(index.dataset)

    def are_of(self, index: Index) -> bool:
        """Return whether they hold for an index: an edit of tags leaves them alone."""
        return all(
            index.has_texts(field) and index.texts(field) is column
            for field, column in self._columns.items()
        )

    def of(self, project: Project, dataset: Dataset, most: int = 100) -> list[Related]:
        """Return the projects that a project has something in common with.

        Those that share most, and what few share, come first.

        Args:
            project: The project.
            dataset: What names its sources and announcements.
            most: How many at most.
        """
        reasons: dict[str, list[Reason]] = {}
        weights: dict[str, float] = {}
        for reason, keys in self._shared(project, dataset):
            others = [key for key in keys if key != project.key]
            if len(others) > COMMON:
                continue
            for key in others:
                known = reasons.setdefault(key, [])
                if reason not in known:
                    known.append(reason)
                    weights[key] = weights.get(key, 0) + 1 / len(others)
        first = sorted(reasons, key=lambda key: -weights[key])[:most]
        return [Related(key, tuple(_sorted(reasons[key]))) for key in first]

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
        places = self._groups[field].get(search_fold(text), ())
        if len(places) > COMMON + 1:
            return []
        return [self._keys[place] for place in places]


def _inverted(column: Sequence[str]) -> Groups:
    groups: dict[str, list[int]] = {}
    for place, text in enumerate(column):
        for line in text.split("\n") if text else ():
            if line:
                groups.setdefault(line, []).append(place)
    return groups


def _announced(dataset: Dataset) -> Mapping[str, Sequence[str]]:
    """Return the announcements that name a project, by the project's id."""
    found: dict[str, list[str]] = {}
    for announcement in dataset.announcements.values():
        for name in announcement.names:
            found.setdefault(name, []).append(announcement.id)
    return found


def _sorted(reasons: Sequence[Reason]) -> list[Reason]:
    return sorted(reasons, key=lambda reason: _ORDER.index(reason.kind))
