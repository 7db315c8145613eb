"""What is shown: plain words, all of which a project contains somewhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hunnan_tui.model import Dataset, Project


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, and the words in it."""

    text: str = ""
    words: tuple[str, ...] = ()
    has_error: bool = False
    problems: tuple[str, ...] = ()


def parse(text: str, *, today: date) -> Query:
    """Read what was typed; any text is a query."""
    del today
    return Query(text, tuple(search_fold(text).split()))


def search_fold(text: str) -> str:
    """Return text in the form in which it is searched: width, case, accents."""
    wide = unicodedata.normalize("NFKD", text)
    bare = "".join(each for each in wide if not unicodedata.combining(each))
    return bare.casefold()


class Index:
    """The projects of a dataset, ready to be searched."""

    def __init__(
        self, dataset: Dataset, haystacks: Mapping[str, str] | None = None
    ) -> None:
        self._dataset = dataset
        self._haystacks = dict(haystacks or {})
        self._order = sorted(dataset.projects.values(), key=_by_investment)

    def updated(self, dataset: Dataset, changed: Collection[str]) -> Index:
        """Return the index of a dataset in which some projects have changed."""
        kept = {k: v for k, v in self._haystacks.items() if k not in changed}
        return Index(dataset, kept)

    def keys(self, query: Query) -> list[str]:
        """Return the keys of the projects that match, the largest first."""
        return [
            project.key
            for project in self._order
            if all(word in self._haystack(project) for word in query.words)
        ]

    def _haystack(self, project: Project) -> str:
        found = self._haystacks.get(project.key)
        if found is None:
            found = search_fold("\n".join(_texts(project)))
            self._haystacks[project.key] = found
        return found


def _by_investment(project: Project) -> tuple[bool, int]:
    return project.investment is None, -(project.investment or 0)


def _texts(project: Project) -> Iterator[str]:
    yield from (project.id, project.name, project.name_zh, project.summary)
    yield from (project.district, project.place, *project.tags)
    yield from (party.name for party in project.parties)
    yield from (note.text for note in project.notes)
