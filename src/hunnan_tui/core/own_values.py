"""How the values of a user's own field are read: as numbers, amounts, dates or text."""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hunnan_tui.core.date_parser import read_date
from hunnan_tui.core.fields import Kind
from hunnan_tui.core.own_rows import Row, iterate_pairs
from hunnan_tui.core.written_money import Money, Unit, parse_money, parse_unit

Number = int | Decimal

_BRACKETED = re.compile(r"(.*\S)\s*[(\[【]([^()\[\]【】]*)[)\]】]")
_AFTER_SLASH = re.compile(r"(.*\S)\s*/\s*([^/]+)")
_NUMBER = re.compile(
    r"([-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,12})?)"
    r"\s*([^\W\d_][^,;]{0,11}|[%‰°′″][^\W\d_]?)?"
)
_LONGEST = 60
"""Characters of a text that can be a number, an amount or a date."""
_MOST_KNOWN = 20_000
"""Texts whose reading is remembered: a table has many of them several times."""


@lru_cache(_MOST_KNOWN)
def normalize_name(name: str) -> str:
    """Return what names of fields are compared by: letters and digits, folded."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(filter(str.isalnum, plain))


@lru_cache(_MOST_KNOWN)
def split_unit(label: str) -> tuple[str, str]:
    """Return a label without the unit behind it, and that unit or nothing.

    `年度计划投资（万元）` gives `年度计划投资` and `万元`; what stands behind a slash
    is a unit if it is one of money.
    """
    plain = unicodedata.normalize("NFKC", label).strip()
    if match := _BRACKETED.fullmatch(plain):
        return match[1], match[2].strip()
    match = _AFTER_SLASH.fullmatch(plain)
    if match and (unit := parse_unit(match[2])) and unit.currency:
        return match[1], match[2].strip()
    return plain, ""


@lru_cache(_MOST_KNOWN)
def find_money_unit(label: str) -> Unit | None:
    """Return the unit of money that a label names; None if it names none."""
    unit = parse_unit(split_unit(label)[1])
    return unit if unit is not None and unit.currency else None


@lru_cache(_MOST_KNOWN)
def _choose_money_unit(declared: str, label: str) -> Unit:
    """Return what bare amounts count: what is declared, else what their label says."""
    return parse_unit(declared) or find_money_unit(label) or Unit(1)


@lru_cache(_MOST_KNOWN)
def find_number_unit(text: str) -> str | None:
    """Return what stands behind a number, or nothing; None if a text is no number."""
    match = _match_number(text)
    return (match[2] or "").strip() if match else None


def _match_number(text: str) -> re.Match[str] | None:
    plain = text[:_LONGEST]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    return _NUMBER.fullmatch(plain.strip())


@lru_cache(_MOST_KNOWN)
def read_number(text: str) -> tuple[Number, str] | None:
    """Return the number that a text is, with the unit behind it; None if it is none."""
    match = _match_number(text)
    if match is None:
        return None
    number = Decimal(match[1].replace(",", "").replace("−", "-"))
    whole = int(number)
    return (whole if whole == number else number), (match[2] or "").strip()


def read_money(text: str, unit: Unit | None, currency: str) -> Money | None:
    """Return the amount that a text is; None if it is none in a currency.

    Args:
        text: The text.
        unit: That of a number that names none itself; None if such a number is none.
        currency: The currency; empty if it may be any.
    """
    plain = read_number(text)
    money = parse_money(plain[0] if plain and not plain[1] else text[:_LONGEST], unit)
    if money is None or (currency and money.currency not in ("", currency)):
        return None
    return money


class OwnReader(NamedTuple):
    """How the values of one field are read."""

    kind: Kind
    names: frozenset[str]
    """The keys and labels under which projects state it."""
    unit: str = ""
    """What its bare numbers count, if its labels do not say it."""
    currency: str = ""
    """The currency of the dataset."""

    def pick_texts(self, row: Row) -> tuple[str, ...]:
        """Return the texts of a project, each once."""
        names = self.names
        texts = (text for name, text in iterate_pairs(row) if name in names)
        return tuple(dict.fromkeys(texts))

    def pick_number(self, row: Row) -> Number | None:
        """Return the first number or amount of a project; None if there is none."""
        for name, text in iterate_pairs(row):
            if name in self.names:
                number = self.read(name, text)
                if isinstance(number, int | Decimal):
                    return number
        return None

    def pick_dates(self, row: Row) -> tuple[str, ...]:
        """Return the dates of a project as ISO texts, each once."""
        dates = map(read_date, self.pick_texts(row))
        return tuple(dict.fromkeys(filter(None, dates)))

    def list_units(self) -> tuple[str, ...]:
        """Return what can stand behind its numbers."""
        units = (self.unit, *(split_unit(name)[1] for name in sorted(self.names)))
        return tuple(filter(None, units))

    def find_unit(self) -> str:
        """Return what its numbers or amounts count; empty if that is not told.

        Read amounts are whole units of the currency, whatever a label says: their unit
        is told where no key states them.
        """
        if self.kind is Kind.NUMBER:
            units = set(self.list_units())
            return units.pop() if len(units) == 1 else ""
        is_told = self.kind is Kind.AMOUNT and all(map(find_money_unit, self.names))
        return self.currency if is_told else ""

    def read(self, name: str, text: str) -> Number | str | None:
        """Return the value of a text under a name; None if it does not fit the kind."""
        if self.kind is Kind.AMOUNT:
            unit = _choose_money_unit(self.unit, name)
            money = read_money(text, unit, self.currency)
            return money and money.value
        if self.kind is Kind.NUMBER:
            number, unit_text = read_number(text) or (None, "")
            fits = unit_text in ("", self.unit, split_unit(name)[1])
            return number if fits else None
        if self.kind is Kind.DATE:
            return read_date(text) or None
        return text

    def read_value(self, row: Row) -> Number | str | None:
        """Return the value of a project; None or empty if it states none that fits."""
        if self.kind in (Kind.AMOUNT, Kind.NUMBER):
            return self.pick_number(row)
        if self.kind is Kind.DATE:
            return next(iter(self.pick_dates(row)), "")
        return self.read_written(row)

    def read_written(self, row: Row) -> str:
        """Return what a project states as it is written, whether it fits or not."""
        return "; ".join(self.pick_texts(row))
