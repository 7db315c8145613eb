"""Parser of values: from text to a value of the kind of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.date_parser import DateSpan, parse_age, parse_span
from hunnan_tui.core.dates import shift
from hunnan_tui.core.fields import NUMERIC, WORDED, Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.money import Amount, complete_lower_end, parse_amount, parse_number
from hunnan_tui.query.language.ast import (
    Age,
    Glob,
    Number,
    Pattern,
    Range,
    Single,
    Text,
    Value,
)
from hunnan_tui.query.language.lexer import Token

if TYPE_CHECKING:
    from decimal import Decimal

_DOTS = re.compile(r"\.\.+")


def parse_value(
    kind: Kind,
    token: Token,
    today: date,
    currency: str = "",
    units: Collection[str] | None = None,
) -> Value | None:
    """Parse a value of a field; None while it is incomplete.

    Args:
        kind: The kind of the field.
        token: The value as it was token.
        today: The base of relative dates.
        currency: The currency of amounts; empty if unknown.
        units: What can stand behind the numbers of a field of the user's own, which may
            be fractions or negative; None for a count of the schema.

    Raises:
        ValueError: It is no such value; the message says what is expected.
    """
    if kind in WORDED:
        return _parse_text(token)
    if token.is_pattern:
        raise ValueError(_("A pattern stands for text only"))
    if kind is Kind.STAGE and token.is_quoted:
        return _parse_text(token)

    def parse(text: str) -> Single:
        if kind is Kind.AMOUNT:
            return parse_amount(text, currency)
        if kind is Kind.NUMBER and units is not None:
            return Number(_parse_own_number(text, units))
        if kind is Kind.NUMBER:
            return Amount(parse_number(text))
        return _PARSERS[kind](text, today)

    low, dots, high = map(str.strip, _split_range(token.text))
    if not dots:
        return parse(low) if low else None
    if not low and not high:
        return None
    if kind in NUMERIC and low and high:
        low = complete_lower_end(low, high)
    return _make_range(parse(low) if low else None, parse(high) if high else None)


def _parse_text(token: Token) -> Value | None:
    if token.is_pattern:
        return Pattern(token.text, token.start, token.end)
    if not token.text.strip():
        return None
    if "*" in token.text and not token.is_quoted and token.text[0] != "/":
        return Glob(token.text)
    return Text(token.text)


def _split_range(text: str) -> tuple[str, str, str]:
    match = _DOTS.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _make_range(low: Single | None, high: Single | None) -> Range:
    """Return a range with its ends in order."""
    if isinstance(low, Amount) and isinstance(high, Amount):
        if low.dollars != high.dollars:
            raise ValueError(_("One end is in dollars and the other is not"))
        if low.value > high.value:
            low, high = high, low
    if (
        isinstance(low, DateSpan)
        and isinstance(high, DateSpan)
        and low.first > high.last
    ):
        low, high = high, low
    if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
        low, high = high, low
    if isinstance(low, Age) and isinstance(high, Age) and low.since < high.since:
        low, high = high, low
    return Range(low, high)


def _parse_own_number(text: str, units: Collection[str]) -> int | Decimal:
    from hunnan_tui.core.own_values import read_number  # few queries have such a field

    read = read_number(text)
    if read is None or read[1] not in ("", *units):
        return parse_number(text)
    return read[0]


def _parse_age(text: str, today: date) -> Age:
    count, period = parse_age(text)
    return Age(count, period, shift(today, -count, period))


_PARSERS: dict[Kind, Callable[[str, date], Single]] = {
    Kind.DATE: parse_span,
    Kind.AGE: _parse_age,
    Kind.STAGE: lambda text, _: Text(text),
}
