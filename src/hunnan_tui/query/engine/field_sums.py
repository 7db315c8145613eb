"""Sums of numbers other than investments, in total or under each group of a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from itertools import compress
from typing import NamedTuple

from hunnan_tui.core.fields import FIELDS, NUMERIC, Field, Kind
from hunnan_tui.core.money import format_short
from hunnan_tui.core.parts import find_repeats
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.counts import NO_VALUE
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.language.fields import is_of_schema

_DIGITS = 60
"""Digits to which fractions are added: more than any sum of them has."""


class FieldSum(NamedTuple):
    """The sum of a field over some projects."""

    field: Field
    total: int | Decimal
    stated: int
    """The number of projects that state it."""
    unit: str = ""
    """What stands behind its numbers, if anything."""


def sum_fields(
    derived: DerivedColumns, mask: int, names: Iterable[str], group: str = ""
) -> dict[str, list[FieldSum]]:
    """Add up fields that hold numbers; others, and investments, are left out.

    A part is not added again where its whole is, as in all sums.

    Args:
        derived: The columns of the projects.
        mask: The projects to add up.
        names: The fields, as named in a query.
        group: The field of the groups; empty for none.

    Returns:
        The sums under each value of the group, or under "" alone; none of a field that
        no project states there.
    """
    sums: dict[str, list[FieldSum]] = {}
    flags = bitmask.to_flags(mask, derived.count)
    column = derived.get_first_values(group).column if group else None
    for name in dict.fromkeys(names):
        field, unit = _find_field(derived, name)
        if field is None:
            continue
        for value, (total, stated) in _add(derived, flags, name, column).items():
            sums.setdefault(value, []).append(FieldSum(field, total, stated, unit))
    return sums


def format_field_sum(field_sum: FieldSum) -> str:
    """Return a sum for a heading: `Plan of the year 132 m`."""
    return f"{field_sum.field.name} {format_sum(field_sum)}"


def format_sum(field_sum: FieldSum) -> str:
    """Return a sum with its unit: `132 m`, `590 mu`."""
    if field_sum.field.kind is Kind.AMOUNT and isinstance(field_sum.total, int):
        return format_short(field_sum.total)
    return f"{field_sum.total:,} {field_sum.unit}".rstrip()


def _find_field(derived: DerivedColumns, name: str) -> tuple[Field | None, str]:
    """Return a field that can be added up, and the unit behind its numbers."""
    unit = ""
    if is_of_schema(name):
        field = None if name == "invest" else FIELDS.get(name)
    else:
        own = derived.own.get(name)
        field = own.field if own else None
        unit = own.reader.unit if own and own.field.kind is Kind.NUMBER else ""
    return (field, unit) if field and field.kind in NUMERIC else (None, "")


def _add(
    derived: DerivedColumns,
    flags: bytes | bytearray,
    name: str,
    column: list[tuple[str, ...]] | None,
) -> Mapping[str, tuple[int | Decimal, int]]:
    """Return the sum, and the number of projects that state it, by group."""
    numbers = derived.get_numbers(name)

    def find_group(position: int) -> tuple[str, ...]:
        return (column[position] or (NO_VALUE,)) if column else (NO_VALUE,)

    def find_sums(position: int) -> tuple[str, ...]:
        is_added = flags[position] and numbers[position] is not None
        return find_group(position) if is_added else ()

    repeats = {position for position, _ in find_repeats(derived.get_parts(), find_sums)}
    sums: dict[str, tuple[int | Decimal, int]] = {}
    with localcontext() as context:
        context.prec = _DIGITS
        for position in compress(range(derived.count), flags):
            number = numbers[position]
            if number is None:
                continue
            (value,) = find_group(position)
            total, stated = sums.get(value, (0, 0))
            added = 0 if position in repeats else number
            sums[value] = total + added, stated + 1
    return sums
