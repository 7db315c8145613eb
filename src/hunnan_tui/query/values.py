"""Typed values to the values of a field's kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from hunnan_tui.amounts import Amount, has_unit, parse_amount
from hunnan_tui.dates import shifted
from hunnan_tui.query.fields import Kind
from hunnan_tui.query.scan import Typed
from hunnan_tui.query.tree import Age, Glob, Pattern, Range, Single, Text, Value
from hunnan_tui.typed_dates import Span, parse_age, parse_span

_DOTS = re.compile(r"\.\.+")


def read_value(kind: Kind, typed: Typed, today: date) -> Value | None:
    """Return a value of a kind of field; None while it is not typed to its end.

    Raises:
        ValueError: It is none; the text says what is expected.
    """
    if kind in (Kind.TEXT, Kind.CHOICE, Kind.TAG):
        return _text(typed)
    if typed.is_pattern:
        raise ValueError("A pattern stands for text only")
    if kind is Kind.STAGE and typed.is_quoted:
        return _text(typed)
    read = _READERS[kind]
    low, dots, high = _split(typed.text)
    if not dots:
        return read(typed.text, today) if typed.text.strip() else None
    if not low and not high:
        return None
    if kind is Kind.AMOUNT and low and high:
        low = _with_unit(low, high)
    return _ordered(
        read(low, today) if low else None, read(high, today) if high else None
    )


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


def _with_unit(low: str, high: str) -> str:
    """Return the lower end of `10..20亿` with the unit of the upper one."""
    try:
        small, large = parse_amount(low), parse_amount(high)
    except ValueError:
        return low
    if small.value >= large.value or has_unit(low):
        return low
    return low + high.lstrip("$¥￥0123456789.,_ ")


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
    return Age(count, period, shifted(today, -count, period))


_READERS: dict[Kind, Callable[[str, date], Single]] = {
    Kind.AMOUNT: lambda text, _: parse_amount(text),
    Kind.DATE: parse_span,
    Kind.AGE: _age,
    Kind.STAGE: lambda text, _: Text(text),
}
