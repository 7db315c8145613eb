"""Facets: what a project is counted under, and which projects a choice lets through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from hunnan_tui.amounts import short
from hunnan_tui.model import OTHER, Dataset, Project
from hunnan_tui.text import display_line, fold
from hunnan_tui.tui.widgets.industries import Line, Section

_LONGEST = 400
"""Characters of a label that a line can need."""

Choice = frozenset[tuple[str, str]]
"""What is chosen, as (facet, value)."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way of grouping projects."""

    name: str
    """As in a query: `industry`."""
    title: str
    values: Callable[[Project], Iterable[str]]
    """The values that a project is counted under, each once."""


def _industries(project: Project) -> Iterable[str]:
    return dict.fromkeys(project.industries) or (OTHER,)


INDUSTRY = Facet("industry", "Industries", _industries)
STAGE = Facet("stage", "Stages", lambda project: [project.stage])
DISTRICT = Facet("district", "Districts", lambda project: [project.district])
TAG = Facet("tag", "Tags", lambda project: {fold(tag) for tag in project.tags})
FACETS = (INDUSTRY, STAGE, TAG, DISTRICT)


@dataclass(slots=True)
class Tally:
    """Projects of one value: how many, and what they cost."""

    projects: int = 0
    investment: int = 0
    """The sum of the amounts that are stated."""
    not_stated: int = 0

    def add(self, project: Project) -> None:
        """Count a project."""
        self.projects += 1
        if project.investment is None:
            self.not_stated += 1
        else:
            self.investment += project.investment


def lets_through(choice: Choice) -> Callable[[Project], bool]:
    """Return the test of a choice: any value of a facet, in every facet chosen."""
    wanted: dict[str, set[str]] = {}
    for facet, value in choice:
        wanted.setdefault(facet, set()).add(value)
    tests = [(facet, wanted[facet.name]) for facet in FACETS if facet.name in wanted]

    def test(project: Project) -> bool:
        return all(
            any(value in values for value in facet.values(project))
            for facet, values in tests
        )

    return test


def tally(facet: Facet, projects: Iterable[Project]) -> tuple[Tally, dict[str, Tally]]:
    """Count projects: all of them once, and each under every value that it has."""
    everything = Tally()
    tallies: dict[str, Tally] = {}
    for project in projects:
        everything.add(project)
        for value in facet.values(project):
            tallies.setdefault(value, Tally()).add(project)
    return everything, tallies


def sections(
    found: Collection[Project], choice: Choice, labels: Labels
) -> list[Section]:
    """Return what the pane of facets shows.

    Each facet counts what the query and the choices in the other facets let through.
    """
    made = []
    for facet in FACETS:
        others = frozenset(each for each in choice if each[0] != facet.name)
        everything, tallies = tally(facet, filter(lets_through(others), found))
        chosen = {value for name, value in choice if name == facet.name}
        values = labels.order(facet, {**tallies, **dict.fromkeys(chosen)})
        if facet in (DISTRICT, TAG):
            values.sort(key=lambda value: -_count(tallies, value))
        if facet is DISTRICT and len(values) < 2:
            continue
        lines = [
            _line(labels.of(facet.name, value), value, tallies.get(value, Tally()))
            for value in values
        ]
        if facet is INDUSTRY:
            lines.insert(0, _line("All", None, everything))
        if lines:
            title = "" if facet is INDUSTRY else facet.title
            made.append(Section(facet.name, title, lines))
    return made


def _count(tallies: Mapping[str, Tally], value: str) -> int:
    return tallies[value].projects if value in tallies else 0


def _line(label: str, value: str | None, tallied: Tally) -> Line:
    amount = short(tallied.investment) if tallied.investment else ""
    if tallied.projects and not tallied.investment:
        amount = "–"
    return Line(value, display_line(label[:_LONGEST]), tallied.projects, amount)


class Labels:
    """What the values of facets are called on the screen."""

    def __init__(self, dataset: Dataset) -> None:
        """Collect the names of a dataset; a tag goes by its commonest spelling."""
        self._dataset = dataset
        projects = dataset.projects.values()
        seen = Counter(tag for project in projects for tag in project.tags)
        self._tags: dict[str, str] = {}
        for tag, _ in seen.most_common():
            self._tags.setdefault(fold(tag), tag)

    def of(self, facet: str, value: str) -> str:
        """Return the name of a value."""
        if facet == TAG.name:
            return self._tags.get(value, value)
        if facet == INDUSTRY.name and value in self._dataset.industries:
            return self._dataset.industries[value].name
        if facet == STAGE.name and value in self._dataset.stages:
            return self._dataset.stages[value].name
        return value.capitalize() if value == OTHER else value or "Not stated"

    def tags_in_use(self) -> dict[str, int]:
        """Return how many projects have each tag."""
        _, tallies = tally(TAG, self._dataset.projects.values())
        return {self._tags[value]: each.projects for value, each in tallies.items()}

    def order(self, facet: Facet, values: Iterable[str]) -> list[str]:
        """Return the values to list: the dataset's own in its order, then strays.

        The industry `other` stands last. Tags and districts keep the given order.
        """
        last = [OTHER] if facet is INDUSTRY else []
        if facet is INDUSTRY:
            defined = list(self._dataset.industries)
        elif facet is STAGE:
            defined = list(self._dataset.stages)
        else:
            return list(values)
        strays = sorted(set(values).difference(defined, last))
        return [*(name for name in defined if name not in last), *strays, *last]
