"""How many projects of a list fall under each value, and what they cost together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hunnan_tui.query import masks
from hunnan_tui.query.tables import Tables

FACETS = ("industry", "stage", "district", "tag", "source")
"""The fields that are counted."""

NONE = ""
"""The value under which the projects are counted that state none."""


@dataclass(frozen=True, slots=True)
class Count:
    """Some projects: how many, and what they cost."""

    projects: int = 0
    investment: int = 0
    """The sum of the amounts that are stated."""
    not_stated: int = 0
    """How many state no amount."""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The counts of a list: of all of it, and under each value of each facet.

    A tag goes by its folded form; the value "" has the projects that state none.
    """

    all: Count
    facets: Mapping[str, Mapping[str, Count]]

    def of(self, facet: str, value: str) -> Count:
        """Return the count of a value; that of nothing if no project has it."""
        return self.facets[facet].get(value, Count())


def count(tables: Tables, mask: int) -> FacetCounts:
    """Count the projects of a mask."""
    places = list(masks.positions(mask, tables.count))
    amounts = tables.amounts()
    stated = [amount for place in places if (amount := amounts[place]) is not None]
    everything = Count(len(places), sum(stated), len(places) - len(stated))
    return FacetCounts(
        everything, {each: _facet(tables, each, places) for each in FACETS}
    )


def _facet(tables: Tables, facet: str, places: list[int]) -> dict[str, Count]:
    column, amounts = tables.vocabulary(facet).column, tables.amounts()
    projects: dict[str, int] = {}
    investment: dict[str, int] = {}
    not_stated: dict[str, int] = {}
    for place in places:
        amount = amounts[place]
        for value in column[place] or (NONE,):
            projects[value] = projects.get(value, 0) + 1
            if amount is None:
                not_stated[value] = not_stated.get(value, 0) + 1
            else:
                investment[value] = investment.get(value, 0) + amount
    return {
        value: Count(number, investment.get(value, 0), not_stated.get(value, 0))
        for value, number in projects.items()
    }
