"""Amounts of money: whole units of the dataset's currency, parsed and formatted."""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import NamedTuple, TypeGuard

from hunnan_tui.core.language import N_, _, is_chinese, pgettext

_STEPS = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"))
_CHINESE_STEPS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))

_UNIT_NAMES = {
    "CNY": N_("yuan"),
    "USD": N_("USD"),
    "EUR": N_("EUR"),
    "GBP": N_("GBP"),
    "JPY": N_("JPY"),
    "HKD": N_("HKD"),
    "KRW": N_("KRW"),
    "KES": N_("KES"),
    "PLN": N_("PLN"),
    "CHF": N_("CHF"),
    "INR": N_("INR"),
    "RUB": N_("RUB"),
    "BRL": N_("BRL"),
}
"""What the units of currencies are called; those of others by their codes."""

SIGNS = {"about": "~", "over": ">"}
"""How a table writes that an amount is not exact."""

_UNITS = {
    "": 1,
    **dict.fromkeys(("k", "千"), 10**3),
    **dict.fromkeys(("w", "万", "萬"), 10**4),
    **dict.fromkeys(("m", "mn", "million", "百万"), 10**6),
    **dict.fromkeys(("kw", "千万"), 10**7),
    **dict.fromkeys(("yi", "亿", "億"), 10**8),
    **dict.fromkeys(("b", "bn", "billion", "十亿"), 10**9),
    **dict.fromkeys(("百亿",), 10**10),
    **dict.fromkeys(("千亿",), 10**11),
    **dict.fromkeys(("t", "tn", "trillion", "万亿"), 10**12),
}
"""What a typed unit multiplies by, in the spellings of both languages."""

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,20})?|[0-9_]{1,20}(?:\.[0-9]{1,20})?"

INTEGERS = range(-(2**63), 2**63)
"""The integers of TOML: what has 64 bits."""

_LARGEST_DECIMAL = 10_000
"""Bits of the largest number that Python writes in decimal digits."""


def is_too_long(value: object) -> TypeGuard[int]:
    """Return whether a value is an integer that Python does not write in decimals."""
    return isinstance(value, int) and value.bit_length() > _LARGEST_DECIMAL


def is_amount(value: object) -> TypeGuard[int]:
    """Return whether a value can be an amount: a non-negative 64-bit integer."""
    return type(value) is int and value >= 0 and value in INTEGERS


def format_short(amount: int) -> str:
    """Return an amount as a table shows it: `85.5 bn`, `350 m`, `0`; `855 亿`, `3.5 亿`.

    Three significant digits at most, or four before 万, rounded half up; exact amounts
    stay exact in the file and in every export.
    """
    if is_chinese():
        return _format_short_in_chinese(amount)
    for size, unit in _STEPS:
        # 999 950 000 and more rounds to 1.00 of the next unit
        if abs(amount) >= size - size // 2000:
            return f"{_round_to_three(amount, size)} {unit}"
    return f"{amount:,}"


def _format_short_in_chinese(amount: int) -> str:
    for size, unit in _CHINESE_STEPS:
        # 99 995 000 and more rounds to 10 000 of the unit below, which is 1 of this one
        if abs(amount) >= (size - size // 20_000 if size > 10**4 else size):
            return f"{_group(_round_to_three(amount, size))} {unit}"
    return _group(str(amount))


def _group(digits: str) -> str:
    """Return digits as Chinese has them: in groups only from five on."""
    whole, sign, rest = digits.replace(",", "").partition(".")
    return (
        f"{int(whole):,}{sign}{rest}"
        if abs(int(whole)) >= 10**4
        else whole + sign + rest
    )


def format_qualified(amount: int | None, qualifier: str) -> str:
    """Return an amount as a table shows it: `~3 bn`; empty if there is none."""
    return "" if amount is None else SIGNS.get(qualifier, "") + format_short(amount)


def head_amounts(unit: str) -> str:
    """Return the heading of a column of amounts: its unit, in Chinese `金额，元`."""
    return pgettext("amounts", "{unit}").format(unit=unit) if unit else _("amount")


def name_unit(currency: str) -> str:
    """Return the name of a currency's unit: `yuan`, `KES`."""
    name = _UNIT_NAMES.get(currency)
    return _(name) if name else currency


def add_unit(amount: str, unit: str) -> str:
    """Append the unit to a formatted amount, if there is one: `3.9 bn yuan`, `39 亿元`."""
    if not unit:
        return amount
    is_joined = not amount[-1:].isascii() and not unit.isascii()
    return f"{amount}{unit}" if is_joined else f"{amount} {unit}"


def format_exact(amount: int) -> str:
    """Return an amount with all its digits in groups: `15,000,000,000`."""
    return f"{amount:,}"


def format_lossless(amount: int) -> str:
    """Return an amount in short form without loss, `12.32 bn`, or with all digits."""
    in_chinese = is_chinese()
    for size, unit in _CHINESE_STEPS if in_chinese else _STEPS:
        is_left_to_digits = size == 10**4 and abs(amount) >= 10**8  # 123,456.7891 万
        if (
            abs(amount) >= size
            and amount * 10_000 % size == 0
            and not is_left_to_digits
        ):
            digits = f"{amount / size:,.4f}".rstrip("0").rstrip(".")
            return f"{_group(digits) if in_chinese else digits} {unit}"
    return format_exact(amount)


def _round_to_three(amount: int, size: int) -> str:
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    decimals = 2 if amount < 10 * size else 1 if amount < 100 * size else 0
    scaled = (amount * 10**decimals * 2 + size) // (2 * size)
    whole, rest = divmod(scaled, 10**decimals)
    text = f"{whole:,}.{rest:0{decimals}}" if decimals else f"{whole:,}"
    return sign + (text.rstrip("0").rstrip(".") if decimals else text)


class Amount(NamedTuple):
    """An amount or a count as it was typed."""

    value: int
    """Whole units, of the dataset's currency or of dollars."""
    dollars: bool = False
    """Whether what a source states in dollars is meant, beside another currency."""


@cache
def _compile_typed() -> re.Pattern[str]:
    from hunnan_tui.core.currencies import (  # not for what is only shown
        CODES,
        SPELLINGS,
    )

    money = _join_alternatives((*SPELLINGS, *(code.casefold() for code in CODES)))
    return re.compile(
        rf"[~≈]?\s*(?P<before>{money})?\s*(?P<number>{_NUMBER})"
        rf"\s*(?P<unit>[^\W\d]*?)\s*(?P<after>{money})?"
    )


def _join_alternatives(texts: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, texts), key=len, reverse=True))


def _match_typed(text: str) -> re.Match[str] | None:
    return _compile_typed().fullmatch(" ".join(text.casefold().split()))


@cache
def compile_amount_pattern(currency: str) -> re.Pattern[str]:
    """Return a pattern for an amount or a range, with blanks as in output.

    A code behind a blank is a word unless it is in capitals, or that of the dataset.

    Args:
        currency: That of the dataset; empty if it has none.
    """
    from hunnan_tui.core.currencies import CODES, SPELLINGS

    signs = (
        f"(?i:{_join_alternatives((*SPELLINGS, *((currency,) if currency else ())))})"
    )
    money = f"(?:{signs}|{_join_alternatives(CODES)})"
    units = f"(?i:{_join_alternatives(filter(None, _UNITS))})"
    one = (
        rf"[~≈]?(?:{money}\s*)?(?:{_NUMBER})"
        rf"(?:\s*{units})?(?:\s*{money})?(?=[\s()|\",]|\.\.|$)"
    )
    return re.compile(rf"(?:{one})?(?:\s*\.\.+\s*{one})|{one}(?:\.\.+)?")


def parse_amount(text: str, currency: str = "") -> Amount:
    """Read a typed amount: `1.5bn`, `15亿`, `3000万元`, `$1bn`, `1,000,000`.

    Args:
        text: What was typed.
        currency: That of the dataset; if it is empty, an amount is of whatever it says.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    from hunnan_tui.core.currencies import find_code

    match = _match_typed(text)
    if not match or match["unit"] not in _UNITS or match["number"].startswith("_"):
        raise ValueError(
            _("{text!r} is no amount: type 1.5bn, 350m, 15亿, 3000万 or $1bn").format(
                text=text
            )
        )
    dataset_code = find_code(currency, "") or currency.upper()
    signs = {
        find_code(sign, dataset_code) for sign in match.group("before", "after") if sign
    }
    if len(signs) > 1:
        raise ValueError(_("{text!r} names two currencies").format(text=text))
    dollars = "USD" in signs and dataset_code != "USD"
    for sign in signs - {dataset_code}:
        if dataset_code and not dollars:
            more = (
                _(": to search it as a word, put it in quotes") if " " in text else ""
            )
            raise ValueError(
                _(
                    "{text!r} is in {sign}, but amounts here are in {dataset_code}{more}"
                ).format(text=text, sign=sign, dataset_code=dataset_code, more=more)
            )
    whole, _dot, part = match["number"].replace(",", "").replace("_", "").partition(".")
    value = int(whole + part) * _UNITS[match["unit"]]
    # half a unit is no amount of the file: rounded down, as nobody means it
    return Amount(value // 10 ** len(part), dollars)


def parse_number(text: str) -> int:
    """Read a typed count: `1200`, `1,200`, `3k`, `1.5万`.

    Raises:
        ValueError: It is none, or it names a currency; the text says what is expected.
    """
    match = _match_typed(text)
    if match and not (match["before"] or match["after"]):
        with suppress(ValueError):
            return parse_amount(text).value
    raise ValueError(
        _("{text!r} is no number: type 1200, 3k or 1.5万").format(text=text)
    )


def has_unit(text: str) -> bool:
    """Return whether a typed amount names a unit such as bn or 亿."""
    match = _match_typed(text)
    return match is not None and bool(match["unit"])


def complete_lower_end(low: str, high: str) -> str:
    """Return the lower end of a range, with the unit of `10..20亿元` if it has none."""
    small, large = _match_typed(low), _match_typed(high)
    if small is None or large is None:
        return low
    currency = large["after"] or ""
    if small["before"] or small["after"]:
        currency = ""
    try:
        is_less = parse_amount(low).value < parse_amount(high).value
    except ValueError:
        return low
    unit = large["unit"] if is_less and not small["unit"] else ""
    return f"{low}{unit} {currency}".rstrip()


def format_typed(amount: Amount, *, is_neutral: bool = False) -> str:
    """Return the shortest text that `parse_amount` parses to this amount.

    Args:
        amount: The amount.
        is_neutral: Whether it is kept in a file, and so in English: `1bn`, not `10亿`.
    """
    sign, text = "$" if amount.dollars else "", str(amount.value)
    for size, unit in _STEPS if is_neutral or not is_chinese() else _CHINESE_STEPS:
        whole, rest = divmod(amount.value, size)
        part = f"{rest:0{len(str(size)) - 1}}".rstrip("0")
        if whole and len(part) <= 3:
            text = f"{whole}.{part}{unit}" if part else f"{whole}{unit}"
            break
    return sign + text
