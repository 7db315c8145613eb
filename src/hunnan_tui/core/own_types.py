"""The type of a field of the user's own, found from its values.

It is that of all values: one that is no number makes the field text.
"""

from __future__ import annotations

from hunnan_tui.core.date_parser import read_date
from hunnan_tui.core.own_values import (
    find_money_unit,
    find_number_unit,
    read_money,
)
from hunnan_tui.core.written_money import parse_unit

_MOST_DISTINCT = 13
"""Distinct values that are counted."""
_CODE_DIGITS = 8
"""Digits from which numbers of one length are codes: of a telephone, of a firm."""
_LONGEST = 60
"""Characters of a text, other than a link, that can be more than text."""
_YEAR_WORDS = ("年", "year", "date", "日期", "时间", "when")
"""What a label contains whose bare years are dates."""


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
        """What stands behind its numbers."""
        self._digits: set[int] = set()
        self._are_round = True
        self._are_numbers = self._are_amounts = True
        self._are_dates = self._are_links = self._are_years = True
        self._bare: dict[str, None] = {}
        """The names under which numbers have nothing behind them."""
        self._has_currency = False

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
        if self._are_links:
            self._are_links = _is_link(text)
        if len(text) > _LONGEST:
            self._are_dates = self._are_numbers = self._are_amounts = False
            return
        if self._are_dates:
            self._are_dates = bool(read_date(text))
            self._are_years &= len(text.strip()) == 4
        if self._are_numbers or self._are_amounts:
            self._look_at_number(name, text)

    def _look_at_number(self, name: str, text: str) -> None:
        unit = find_number_unit(text)
        if unit is None:
            self._are_numbers = False
            money = self._are_amounts and read_money(text, None, self._currency)
            self._are_amounts = bool(money)
            self._has_currency |= bool(money and money.currency)
            return
        self._units.add(unit)
        if not unit:
            self._bare[name] = None
            plain = text.strip()
            self._digits.add(len(plain) if plain.isdecimal() else 0)
            self._are_round &= plain.endswith("000")
            if plain[0] == "0" and plain[1:2].isdecimal():
                self._are_numbers = False

    @property
    def distinct(self) -> int:
        """The number of distinct values, as far as they are counted."""
        return len(self._distinct)

    def find_type(self) -> str:
        """Return the type that all values have."""
        if not self.stated:
            return "text"
        if self._are_dates and (not self._are_years or self._speak_of_years()):
            return "date"
        if self._are_links:
            return "link"
        if self._are_amounts and self._are_money():
            return "amount"
        is_number = self._are_numbers and len(self._units) == 1
        return "number" if is_number and not self._are_codes() else "text"

    def find_unit(self) -> str:
        """Return what stands behind all of its numbers; or nothing."""
        return next(iter(self._units), "") if self.find_type() == "number" else ""

    def _are_money(self) -> bool:
        """Return whether all numbers have a unit of money, and any a currency."""
        units = [find_money_unit(name) for name in self._bare]
        units += [parse_unit(unit) for unit in self._units if unit]
        if any(unit is None for unit in units):
            return False
        currencies = {unit.currency for unit in units if unit and unit.currency}
        is_other = self._currency and currencies - {self._currency}
        return not is_other and bool(currencies or self._has_currency)

    def _speak_of_years(self) -> bool:
        return any(
            word in name.casefold() for name in self.names for word in _YEAR_WORDS
        )

    def _are_codes(self) -> bool:
        """Return whether its numbers are long, of one length, and not round."""
        is_one_length = len(self._digits) == 1 and min(self._digits) >= _CODE_DIGITS
        return is_one_length and self.stated > 1 and not self._are_round


def _is_link(text: str) -> bool:
    return text.startswith(("http://", "https://")) and len(text.split()) == 1
