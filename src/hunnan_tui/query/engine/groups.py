"""Groups of a list: each project stands in one, so that subtotals add up to the total."""

from __future__ import annotations

from dataclasses import dataclass

from hunnan_tui.core.money import format_short
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.counts import NONE, Count, by_value
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.fields import GROUP_OF

_IN_THEIR_ORDER = ("industry", "stage")
"""The fields whose values the dataset puts in an order; others go by name."""


@dataclass(frozen=True, slots=True)
class Group:
    """Projects that stand together in a list."""

    value: str
    """What they have in common; empty: they state nothing."""
    start: int
    """The place of the first of them in the list."""
    count: Count


def grouped(tables: Tables, mask: int, key: SortKey) -> list[Group]:
    """Return the groups of the projects in a mask, none of them empty.

    Args:
        tables: The projects.
        mask: Which of them are listed.
        key: What `group_key` gives.
    """
    field = key.field.removeprefix(GROUP_OF)
    counts = by_value(tables, tables.first_values(field), mask)
    values = [value for value in ranks(tables, field) if value in counts]
    if key.descending:
        values.reverse()
    groups, start = [], 0
    for value in (*values, NONE):
        if value in counts:
            groups.append(Group(value, start, counts[value]))
            start += counts[value].projects
    return groups


def subtotal(count: Count) -> str:
    """Return how many projects a group has and what they cost: `23 · 45.2 bn`."""
    if count.stated is None:
        return f"{count.projects:,} · not stated"
    text = f"{count.projects:,} · {format_short(count.stated)}"
    return f"{text}, {count.not_stated:,} unknown" if count.not_stated else text


def group_key(field: str, sort: tuple[SortKey, ...]) -> SortKey:
    """Return what brings projects into groups; an order by the field turns the groups."""
    descending = any(key.descending for key in sort if key.field == field)
    return SortKey(GROUP_OF + field, descending)


def ranks(tables: Tables, field: str) -> dict[str, int]:
    """Return the place of each value among the groups."""
    labels = tables.first_values(field).labels
    values = list(labels)
    if field not in _IN_THEIR_ORDER:
        values.sort(key=lambda value: fold((labels[value] or (value,))[0]))
    return {value: rank for rank, value in enumerate(values)}
