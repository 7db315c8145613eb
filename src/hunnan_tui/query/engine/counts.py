"""Facet counts: the number of projects under each value, and their investment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hunnan_tui.core.parts import find_repeats
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.cooperative import pause
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.sums import Sums
from hunnan_tui.query.engine.vocabulary import Vocabulary

FACETS = ("industry", "stage", "tag", "district", "source")
"""The fields that are counted by default."""

RARE = 2_000
"""Values with fewer projects than this are counted project by project."""

NO_VALUE = ""
"""The value that counts the projects without one."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of projects and their total investment."""

    projects: int = 0
    investment: int = 0
    """The sum of the known amounts."""
    not_stated: int = 0
    """The number of projects without an amount."""
    not_added: int = 0
    """The number of parts whose amount is that of their whole already, see `core.parts`."""

    @property
    def stated(self) -> int | None:
        """The sum of the known amounts; None, not 0, if there are none."""
        return self.investment if self.not_stated < self.projects else None

    def leave_out(self, amount: int) -> Count:
        """Return the count without the amount of a part."""
        return replace(
            self, investment=self.investment - amount, not_added=self.not_added + 1
        )


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The counts of a list in total, and under each value of each facet.

    Tags are folded; the value "" counts the projects without a value.
    """

    all: Count
    facets: Mapping[str, Mapping[str, Count]]

    def get_count(self, facet: str, value: str) -> Count:
        """Return the count of a value; an empty one if no project has it."""
        return self.facets[facet].get(value, Count())


def count(
    derived: DerivedColumns, mask: int, facets: Iterable[str] = FACETS
) -> FacetCounts:
    """Count the projects of a mask in total, and under the values of some facets."""
    total = {NO_VALUE: _count_mask(derived.get_sums(), mask)}
    amounts = derived.get_amounts()
    for position in find_not_added(derived, mask):
        total[NO_VALUE] = total[NO_VALUE].leave_out(amounts[position] or 0)
    return FacetCounts(
        total[NO_VALUE],
        {
            facet: count_by_value(derived, derived.get_vocabulary(facet), mask)
            for facet in facets
        },
    )


def _count_mask(sums: Sums, mask: int) -> Count:
    number = mask.bit_count()
    if not number:
        return Count()
    return Count(
        number, sums.compute_sum(mask), number - (mask & sums.stated).bit_count()
    )


def count_by_value(
    derived: DerivedColumns, vocabulary: Vocabulary, mask: int
) -> dict[str, Count]:
    """Count the projects of a mask under each value, and those without one under ""."""
    sums = derived.get_sums()
    counts = {NO_VALUE: _count_mask(sums, mask & vocabulary.without)}
    rare_values: list[str] = []
    for value, number in vocabulary.count_projects().items():
        pause()
        if number < RARE:
            rare_values.append(value)
        else:
            counts[value] = _count_mask(sums, mask & vocabulary.get_mask(value))
    if rare_values:
        flags, amounts = bitmask.to_flags(mask, derived.count), derived.get_amounts()
        for value in rare_values:
            positions = [
                position
                for position in vocabulary.get_positions(value)
                if flags[position]
            ]
            known_amounts = [
                a for position in positions if (a := amounts[position]) is not None
            ]
            counts[value] = Count(
                len(positions), sum(known_amounts), len(positions) - len(known_amounts)
            )
    column, amounts = vocabulary.column, derived.get_amounts()
    for position, value in _find_repeats(
        derived, mask, lambda position: column[position] or (NO_VALUE,)
    ):
        counts[value] = counts[value].leave_out(amounts[position] or 0)
    return {value: total for value, total in counts.items() if total.projects}


def find_not_added(derived: DerivedColumns, mask: int) -> list[int]:
    """Return the parts in a mask whose amounts the sum over it leaves out."""
    repeats = _find_repeats(derived, mask, lambda _: (NO_VALUE,))
    return [position for position, _ in repeats]


def _find_repeats(
    derived: DerivedColumns, mask: int, values: Callable[[int], tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    """Yield the parts in a mask whose whole is in the sum of a value too.

    Args:
        derived: The columns of the projects.
        mask: The projects that are counted.
        values: Returns the values under which a project is counted.
    """
    tree = derived.get_parts()
    if not tree:
        return iter(())
    amounts, flags = derived.get_amounts(), bitmask.to_flags(mask, derived.count)
    return find_repeats(
        tree,
        lambda position: (
            values(position)
            if flags[position] and amounts[position] is not None
            else ()
        ),
    )
