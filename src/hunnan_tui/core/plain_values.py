"""Comparison of plain TOML values, as strict as their notation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from math import copysign
from typing import Any


def is_identical(one: object, other: object) -> bool:
    """Return whether two values have the same notation.

    Unlike `==` it tells 1 from 1.0 and from true, 0.0 from -0.0, and one moment in two
    time zones; a NaN is the same as itself. Tuples of values can be compared too.
    """
    if one is other:  # as what an edit leaves is
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(
            is_identical(one[k], other[k]) for k in one
        )
    if type(one) is not type(other):
        return False
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(is_identical, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return repr(one) == repr(other) and copysign(1, one) == copysign(1, other)
    if isinstance(one, date | time):  # and datetime, which is a date
        return str(one) == str(other)
    return bool(one == other)


def includes(values: Iterable[Any], value: object) -> bool:
    """Return whether a value is identical to one of several."""
    return any(is_identical(member, value) for member in values)
