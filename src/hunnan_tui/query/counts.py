"""How many projects of a list fall under each value, and what they cost together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import compress

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


def count(tables: Tables, mask: int, facets: Iterable[str] = FACETS) -> FacetCounts:
    """Count the projects of a mask, under the values of some facets."""
    amounts = tables.amounts()
    flags = masks.to_flags(mask, tables.count)
    stated = bytes(amount is not None for amount in amounts)
    both = masks.to_flags(mask & masks.from_flags(stated), tables.count)
    sums = list(compress(amounts, both))
    everything = Count(flags.count(1), sum(filter(None, sums)), 0)
    everything = replace(everything, not_stated=everything.projects - len(sums))
    columns = {each: tables.vocabulary(each).column for each in facets}
    return FacetCounts(
        everything,
        {
            facet: _facet(compress(column, flags), compress(column, both), sums)
            for facet, column in columns.items()
        },
    )


def _facet(
    all_values: Iterable[tuple[str, ...]],
    stated_values: Iterable[tuple[str, ...]],
    sums: Iterable[int | None],
) -> dict[str, Count]:
    """Count values, given those of every project and of those that state an amount."""
    investment: dict[tuple[str, ...], int] = {}
    stated_list = list(stated_values)
    stated = Counter(stated_list)
    for values, amount in zip(stated_list, sums, strict=True):
        investment[values] = investment.get(values, 0) + (amount or 0)
    counts: dict[str, Count] = {}
    # there are few ways to have values together, and many projects
    for values, number in Counter(all_values).items():
        for value in values or (NONE,):
            known = counts.get(value, Count())
            counts[value] = Count(
                known.projects + number,
                known.investment + investment.get(values, 0),
                known.not_stated + number - stated[values],
            )
    return counts
