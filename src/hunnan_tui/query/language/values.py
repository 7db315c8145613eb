"""Typed values to the values of a field's kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from hunnan_tui.core.date_parser import Span, parse_age, parse_span
from hunnan_tui.core.dates import shift
from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.money import Amount, complete_lower_end, parse_amount, parse_number
from hunnan_tui.query.language.ast import (
    Age,
    Glob,
    Pattern,
    Range,
    Single,
    Text,
    Value,
)
from hunnan_tui.query.language.lexer import Typed

_DOTS = re.compile(r"\.\.+")


def read_value(
    kind: Kind, typed: Typed, today: date, currency: str = ""
) -> Value | None:
    """Return a value of a kind of field; None while it is not typed to its end.

    Args:
        kind: The kind of field.
        typed: What was typed.
        today: What relative dates start from.
        currency: What amounts are in; empty if that is not stated.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    if kind in (Kind.TEXT, Kind.CHOICE, Kind.TAG):
        return _text(typed)
    if typed.is_pattern:
        raise ValueError("A pattern stands for text only")
    if kind is Kind.STAGE and typed.is_quoted:
        return _text(typed)

    def read(text: str) -> Single:
        if kind is Kind.AMOUNT:
            return parse_amount(text, currency)
        if kind is Kind.NUMBER:
            return Amount(parse_number(text))
        return _READERS[kind](text, today)

    low, dots, high = map(str.strip, _split(typed.text))
    if not dots:
        return read(low) if low else None
    if not low and not high:
        return None
    if kind in NUMERIC and low and high:
        low = complete_lower_end(low, high)
    return _ordered(read(low) if low else None, read(high) if high else None)


def _text(typed: Typed) -> Value | None:
    if typed.is_pattern:
        return Pattern(typed.text, typed.start, typed.end)
    if not typed.text.strip():
        return None
    if "*" in typed.text and not typed.is_quoted and typed.text[0] != "/":
        return Glob(typed.text)
    return Text(typed.text)


def _split(text: str) -> tuple[str, str, str]:
    match = _DOTS.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def _ordered(low: Single | None, high: Single | None) -> Range:
    """Return a range whose ends stand in their order."""
    if isinstance(low, Amount) and isinstance(high, Amount):
        if low.dollars != high.dollars:
            raise ValueError("One end is in dollars and the other is not")
        if low.value > high.value:
            low, high = high, low
    if isinstance(low, Span) and isinstance(high, Span) and low.first > high.last:
        low, high = high, low
    if isinstance(low, Age) and isinstance(high, Age) and low.since < high.since:
        low, high = high, low
    return Range(low, high)


def _age(text: str, today: date) -> Age:
    count, period = parse_age(text)
    return Age(count, period, shift(today, -count, period))


_READERS: dict[Kind, Callable[[str, date], Single]] = {
    Kind.DATE: parse_span,
    Kind.AGE: _age,
    Kind.STAGE: lambda text, _: Text(text),
}
