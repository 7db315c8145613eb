"""Amounts that a file has as texts, `"3.2亿"`: which number they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hunnan_tui.core.fact_values import AMOUNT_KEYS
from hunnan_tui.core.typed_facts import TypedFactError, read_qualified

_QUALIFIER = "investment_qualifier"


class AmountText(NamedTuple):
    """An amount that is written as a text."""

    value: int
    """Whole units of the dataset's currency, or of dollars under a key of dollars."""
    qualifier: str = ""
    """about, over or nothing."""


@lru_cache(10_000)
def read_amount_text(key: str, text: str, currency: str) -> AmountText | None:
    """Return the amount of a text under a key; None if it is none.

    Args:
        key: The key: `investment_usd` and the like are in dollars.
        text: The text.
        currency: That of the dataset; an amount in another one is none.
    """
    is_of_dollars = key.endswith("_usd")
    try:
        amount, qualifier = read_qualified(text, "USD" if is_of_dollars else currency)
    except TypedFactError:
        return None
    return None if amount.dollars else AmountText(amount.value, qualifier)


def read_amount_texts(
    record: Mapping[str, Any], currency: str
) -> Iterator[tuple[str, AmountText]]:
    """Yield the keys of a table whose amounts are texts, with what these stand for."""
    for key in AMOUNT_KEYS:
        text = record.get(key)
        if isinstance(text, str) and (amount := read_amount_text(key, text, currency)):
            if key != "investment" or record.get(_QUALIFIER):
                amount = amount._replace(qualifier="")
            yield key, amount


def list_numbers(record: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Return the keys of a table whose amounts are texts, with plain values instead."""
    numbers: dict[str, Any] = {}
    for key, amount in read_amount_texts(record, currency):
        numbers[key] = amount.value
        if amount.qualifier:
            numbers[_QUALIFIER] = amount.qualifier
    return numbers
