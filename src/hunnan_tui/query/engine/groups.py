"""Groups of a list: each project is in one, so that subtotals add up to the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hunnan_tui.core.language import _
from hunnan_tui.core.money import format_short
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.counts import NO_VALUE, Count, count_by_value
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.fields import GROUP_OF

if TYPE_CHECKING:
    from hunnan_tui.query.engine.field_sums import FieldSum


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive projects of a list with a common value."""

    value: str
    """The common value; empty for projects without one."""
    start: int
    """The index of the first of them in the list."""
    count: Count


def make_groups(derived: DerivedColumns, mask: int, key: SortKey) -> list[Group]:
    """Return the groups of the projects in a mask, without empty ones.

    Args:
        derived: The columns of the projects.
        mask: The projects that are listed.
        key: The result of `make_group_key`.
    """
    field = key.field.removeprefix(GROUP_OF)
    counts = count_by_value(derived, derived.get_first_values(field), mask)
    values = [value for value in rank_values(derived, field) if value in counts]
    if key.descending:
        values.reverse()
    groups, start = [], 0
    for value in (*values, NO_VALUE):
        if value in counts:
            groups.append(Group(value, start, counts[value]))
            start += counts[value].projects
    return groups


def format_subtotal(
    count: Count, sums: Sequence[FieldSum] = (), *, has_amounts: bool = True
) -> str:
    """Format the number of projects and their investment: `23 · 45.2 bn`.

    Args:
        count: The projects of the group.
        sums: The sums of other fields that are shown.
        has_amounts: Whether any project of the dataset states an amount.
    """
    text = _format_count(count) if has_amounts else f"{count.projects:,}"
    if not sums:
        return text
    from hunnan_tui.query.engine.field_sums import (
        format_field_sum,  # few lists show such fields
    )

    return " · ".join((text, *map(format_field_sum, sums)))


def _format_count(count: Count) -> str:
    if count.stated is None:
        return _("{projects:,} · not stated").format(projects=count.projects)
    text = f"{count.projects:,} · {format_short(count.stated)}"
    if count.not_stated:
        text += _(", {not_stated:,} unknown").format(not_stated=count.not_stated)
    return f"{text}, {format_not_added(count.not_added)}" if count.not_added else text


def make_group_key(field: str, sort: tuple[SortKey, ...]) -> SortKey:
    """Return the sort key that groups projects, descending if a list sorts that way."""
    descending = any(key.descending for key in sort if key.field == field)
    return SortKey(GROUP_OF + field, descending)


def rank_values(derived: DerivedColumns, field: str) -> dict[str, int]:
    """Return the rank of each value among the groups."""
    labels = derived.get_first_values(field).labels
    values = list(labels)
    if not derived.list_ordered_values(field):  # others are ordered by name
        values.sort(key=lambda value: fold((labels[value] or (value,))[0]))
    return {value: rank for rank, value in enumerate(values)}
