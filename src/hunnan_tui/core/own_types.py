"""The type of a field of the user's own, found from its values.

It is that of all values: one that is no number makes the field text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from hunnan_tui.core.date_parser import read_date
from hunnan_tui.core.own_values import find_money_unit, read_money, read_number

_MOST_DISTINCT = 13
"""Distinct values that are counted."""
_CODE_DIGITS = 8
"""Digits from which numbers of one length are codes: of a telephone, of a firm."""
_LONGEST = 60
"""Characters of a text, other than a link, that can be more than text."""
_YEAR_WORDS = ("年", "year", "date", "日期", "时间", "when")
"""What a label contains whose bare years are dates."""


class _Shape(NamedTuple):
    """What a text can be read as."""

    unit: str | None
    """What stands behind its number; None if it is no number."""
    digits: int
    """The digits of a whole number without unit and commas; else 0."""
    has_leading_zero: bool
    is_date: bool
    is_link: bool


_NO_SHAPE = _Shape(None, 0, False, False, False)


@lru_cache(20_000)
def _find_shape(text: str) -> _Shape:
    plain = text.strip()
    number = read_number(plain)
    is_bare = plain.isdecimal()
    return _Shape(
        number[1] if number else None,
        len(plain) if is_bare else 0,
        len(plain) > 1 and plain[0] == "0" and plain[1].isdecimal(),
        bool(read_date(plain)),
        plain.startswith(("http://", "https://")) and len(plain.split()) == 1,
    )


class Evidence:
    """What was met under the names of one field."""

    def __init__(self, currency: str) -> None:
        """Begin with nothing; `currency` is that of the dataset, or empty."""
        self._currency = currency
        self.names: dict[str, None] = {}
        """The keys and labels, in their order."""
        self.stated = 0
        """The number of projects that state it."""
        self._last = 0
        self._distinct: set[str] = set()
        self._units: set[str] = set()
        self._digits: set[int] = set()
        self._are_round = True
        self._can_be_number = self._can_be_amount = True
        self._can_be_date = self._can_be_link = True
        self._has_currency = False
        self._are_years = True

    def add(self, project: int, name: str, text: str) -> None:
        """Take a text of a project; projects come in the order of their numbers."""
        if not text.strip():
            return
        self.names[name] = None
        if project != self._last:
            self.stated += 1
            self._last = project
        if len(self._distinct) < _MOST_DISTINCT:
            self._distinct.add(text)
        if self._can_be_number or self._can_be_date or self._can_be_link:
            self._look_at(text)
        if self._can_be_amount:
            unit = find_money_unit(name)
            money = read_money(text, unit, self._currency)
            self._can_be_amount = money is not None
            self._has_currency |= money is not None and bool(money.currency)

    def _look_at(self, text: str) -> None:
        is_long = len(text) > _LONGEST and not self._can_be_link
        shape = _NO_SHAPE if is_long else _find_shape(text)
        self._can_be_date &= shape.is_date
        self._can_be_link &= shape.is_link
        self._are_years &= shape.digits == 4
        if shape.unit is None or shape.has_leading_zero:
            self._can_be_number = False
        elif self._can_be_number:
            self._units.add(shape.unit)
            self._digits.add(shape.digits)
            self._are_round &= text.endswith("000")
            self._can_be_number = len(self._units) == 1

    @property
    def distinct(self) -> int:
        """The number of distinct values, as far as they are counted."""
        return len(self._distinct)

    def find_type(self) -> str:
        """Return the type that all values have."""
        if not self.stated:
            return "text"
        if self._can_be_date and (not self._are_years or self._speaks_of_years()):
            return "date"
        if self._can_be_link:
            return "link"
        if self._can_be_amount and self._has_currency:
            return "amount"
        return "number" if self._can_be_number and not self._are_codes() else "text"

    def find_unit(self) -> str:
        """Return what stands behind all of its numbers; or nothing."""
        return next(iter(self._units), "") if self.find_type() == "number" else ""

    def _speaks_of_years(self) -> bool:
        return any(
            word in name.casefold() for name in self.names for word in _YEAR_WORDS
        )

    def _are_codes(self) -> bool:
        """Return whether its numbers are long, of one length, and not round."""
        is_one_length = len(self._digits) == 1 and min(self._digits) >= _CODE_DIGITS
        return is_one_length and self.stated > 1 and not self._are_round
