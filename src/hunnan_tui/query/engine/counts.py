"""How many projects of a list fall under each value, and what they cost together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.cooperative import rest
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.sums import Sums
from hunnan_tui.query.engine.vocabulary import Vocabulary

FACETS = ("industry", "stage", "district", "tag", "source")
"""The fields that are counted."""

RARE = 2_000
"""Projects of a value below which they are looked at one by one."""

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

    @property
    def stated(self) -> int | None:
        """The sum of the amounts; None where no project states one: that is not 0."""
        return self.investment if self.not_stated < self.projects else None


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
    sums = tables.sums()
    return FacetCounts(
        _counted(sums, mask),
        {each: by_value(tables, tables.vocabulary(each), mask) for each in facets},
    )


def _counted(sums: Sums, mask: int) -> Count:
    number = mask.bit_count()
    if not number:
        return Count()
    return Count(number, sums.of(mask), number - (mask & sums.stated).bit_count())


def by_value(tables: Tables, vocabulary: Vocabulary, mask: int) -> dict[str, Count]:
    """Count the projects of a mask under each value; those without one under ""."""
    sums = tables.sums()
    counts = {NONE: _counted(sums, mask & vocabulary.without)}
    rare: list[str] = []
    for value, number in vocabulary.sizes().items():
        rest()
        if number < RARE:
            rare.append(value)
        else:
            counts[value] = _counted(sums, mask & vocabulary.mask(value))
    if rare:
        flags, amounts = bitmask.to_flags(mask, tables.count), tables.amounts()
        for value in rare:
            places = [place for place in vocabulary.places(value) if flags[place]]
            known = [a for place in places if (a := amounts[place]) is not None]
            counts[value] = Count(len(places), sum(known), len(places) - len(known))
    return {value: each for value, each in counts.items() if each.projects}
