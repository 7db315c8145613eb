"""Money as tables write it: `12.5` under 亿元, `约3`, `1.234,5`, `9.8亿元`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from hunnan_tui.core.currencies import CODES

_WORDS = {
    **dict.fromkeys(
        ("k", "thousand", "tsd", "tsd.", "tys", "tys.", "mil", "千"), 10**3
    ),
    **dict.fromkeys(("w", "万", "萬"), 10**4),
    **dict.fromkeys(
        (
            *("m", "mn", "mln", "mio", "mio.", "mill", "million", "millions"),
            *("millionen", "milhão", "milhões", "milhoes", "百万"),
        ),
        10**6,
    ),
    **dict.fromkeys(("千万",), 10**7),
    **dict.fromkeys(("亿", "億"), 10**8),
    **dict.fromkeys(
        (
            "b",
            "bn",
            "billion",
            "billions",
            "mrd",
            "mrd.",
            "mld",
            "mld.",
            "milliarden",
            "十亿",
        ),
        10**9,
    ),
    **dict.fromkeys(("t", "tn", "trillion", "万亿"), 10**12),
    "": 1,
}
_WORDS_TOO = {"ALL", "TOP", "TRY", "CUP", "BAM", "SOS", "MOP", "GEL", "LAK", "BOB"}
"""Codes that are words as well."""
_CURRENCIES = {
    **{code.casefold(): code for code in CODES - _WORDS_TOO},
    **dict.fromkeys(("元", "人民币", "元人民币", "rmb", "cny", "yuan"), "CNY"),
    **dict.fromkeys(("美元", "$", "us$", "usd", "dollars", "dollar"), "USD"),
    **dict.fromkeys(("€", "eur", "euro", "euros", "欧元"), "EUR"),
    **dict.fromkeys(("£", "gbp"), "GBP"),
    **dict.fromkeys(("zł", "zl", "pln"), "PLN"),
    **dict.fromkeys(("r$", "brl", "reais"), "BRL"),
    **dict.fromkeys(("kes", "ksh"), "KES"),
    **dict.fromkeys(("港元", "港币", "hkd"), "HKD"),
    **dict.fromkeys(("日元", "jpy"), "JPY"),
    **dict.fromkeys(("chf",), "CHF"),
    **dict.fromkeys(("czk", "kč"), "CZK"),
    **dict.fromkeys(("inr", "₹"), "INR"),
}
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_WORD = "|".join(sorted(map(re.escape, filter(None, _WORDS)), key=len, reverse=True))
_UNIT = re.compile(
    rf"(?:(?P<before>{_CURRENCY})\s*)?(?P<word>{_WORD})?\s*(?P<after>{_CURRENCY})?"
)
_CELL = re.compile(
    rf"(?P<about>约|約|大约|近|~|≈|ca\.?|circa|about|approx\.?)?\s*"
    rf"(?P<over>超过?|逾|>|over|more than|mehr als|über)?\s*"
    rf"(?:(?P<before>{_CURRENCY})\s*)?"
    rf"(?P<number>[-+−]?[0-9][0-9.,'\s\u00a0\u202f]*)"
    rf"\s*(?P<word>{_WORD})?\s*(?P<after>{_CURRENCY})?"
    rf"\s*(?P<behind>以上|余|多|\+|and more|左右)?"
    rf"(?:\s*(?P<late>{_WORD})?\s*(?P<last>{_CURRENCY})?)"
)


WHOLE_UNITS = "1"
"""The unit of a column that counts whole units of an unknown currency."""
LARGEST = 10**18
"""No amount of a project is as large: it is a code or a mistake."""


class Unit(NamedTuple):
    """What the numbers of a column count."""

    size: int
    """Whole units of the currency in one."""
    currency: str = ""
    """As ISO 4217 has it; empty where the unit does not say it."""


class Money(NamedTuple):
    """An amount of a cell."""

    value: int
    """Whole units; half a unit is rounded up."""
    qualifier: str = ""
    """about, over or nothing."""
    currency: str = ""
    has_own_unit: bool = False
    """Whether the cell names a unit itself."""
    is_other_unit: bool = False
    """Whether that is another one than its column's."""
    is_rounded: bool = False


def parse_unit(text: str) -> Unit | None:
    """Return the unit that a text names: `万元`, `Mio. €`, `KES million`; or None."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if plain == WHOLE_UNITS:
        return Unit(1)
    match = _UNIT.fullmatch(plain)
    if not match or not any(match.groups()):
        return None
    sign = match["before"] or match["after"] or ""
    return Unit(_WORDS[match["word"] or ""], _CURRENCIES.get(sign, ""))


def parse_number(text: str, decimal: str = ".") -> Decimal | None:
    """Return the number of a text, or None; groups of three digits may be set apart."""
    thousands = "," if decimal == "." else "."
    plain = re.sub(r"['\s\u00a0\u202f]", "", text).replace("−", "-")
    head, sign, tail = plain.partition(decimal)
    if thousands in head:
        if not re.fullmatch(
            rf"[-+]?[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+", head
        ):
            return None
        head = head.replace(thousands, "")
    if not re.fullmatch(r"[-+]?[0-9]+", head) or (sign and not tail.isdecimal()):
        return None
    try:
        return Decimal(f"{head}.{tail}" if tail else head)
    except InvalidOperation:
        return None


@lru_cache(2_000, typed=True)  # a table has many amounts several times
def parse_money(
    cell: str | int | Decimal | date | None, unit: Unit | None, decimal: str = "."
) -> Money | None:
    """Return the amount of a cell; None if it holds none.

    Args:
        cell: The cell, not empty.
        unit: That of its column. A cell that names one of its own goes before it.
        decimal: The sign before the fraction, in texts.
    """
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | Decimal):
        return None if unit is None else _make_money(Decimal(cell), unit)
    text = unicodedata.normalize("NFKC", cell or "").casefold().strip()
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    number = parse_number(match["number"], decimal)
    if number is None:
        return None
    word = match["word"] or match["late"] or ""
    sign = match["before"] or match["after"] or match["last"] or ""
    own = Unit(_WORDS[word], _CURRENCIES.get(sign, "")) if word or sign else None
    used = own or unit
    if used is None:
        return None
    qualifier = ""
    if match["over"] or (match["behind"] and match["behind"] != "左右"):
        qualifier = "over"
    elif match["about"] or match["behind"]:
        qualifier = "about"
    differs = own is not None and (unit is None or own.size != unit.size)
    return _make_money(
        number, used, qualifier, has_own_unit=own is not None, is_other_unit=differs
    )


def _make_money(
    number: Decimal,
    unit: Unit,
    qualifier: str = "",
    *,
    has_own_unit: bool = False,
    is_other_unit: bool = False,
) -> Money | None:
    exact = number * unit.size
    if abs(exact) > LARGEST:
        return None
    value = int(exact.to_integral_value(ROUND_HALF_UP))
    return Money(
        value, qualifier, unit.currency, has_own_unit, is_other_unit, value != exact
    )
