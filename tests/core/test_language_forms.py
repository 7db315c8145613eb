"""Amounts, counts and days as each language writes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.counts import format_count, format_percent, format_sum
from hunnan_tui.core.dates import format_day
from hunnan_tui.core.language import ENGLISH, set_language
from hunnan_tui.core.money import (
    Amount,
    add_unit,
    format_lossless,
    format_short,
    format_typed,
    name_unit,
    parse_amount,
)


@pytest.fixture
def chinese() -> Iterator[None]:
    choose_language(["--lang", "zh"], {})
    yield
    set_language(ENGLISH)


AMOUNTS = [
    (0, "0", "0 yuan", "0 元"),
    (9_999, "9,999", "9,999 yuan", "9999 元"),
    (12_345, "12,345", "12,345 yuan", "1.23 万元"),
    (50_000_000, "50 m", "50 m yuan", "5000 万元"),
    (99_994_999, "100 m", "100 m yuan", "9999 万元"),
    (99_995_000, "100 m", "100 m yuan", "1 亿元"),
    (390_000_000, "390 m", "390 m yuan", "3.9 亿元"),
    (1_500_000_000, "1.5 bn", "1.5 bn yuan", "15 亿元"),
    (40_600_000_000, "40.6 bn", "40.6 bn yuan", "406 亿元"),
    (855_000_000_000, "855 bn", "855 bn yuan", "8550 亿元"),
    (1_230_000_000_000, "1.23 tn", "1.23 tn yuan", "1.23 万亿元"),
    (-390_000_000, "-390 m", "-390 m yuan", "-3.9 亿元"),
]


@pytest.mark.parametrize(("amount", "short", "english", "_chinese"), AMOUNTS)
def test_amounts_in_english(
    amount: int, short: str, english: str, _chinese: str
) -> None:
    assert format_short(amount) == short
    assert add_unit(format_short(amount), name_unit("CNY")) == english


@pytest.mark.usefixtures("chinese")
def test_amounts_in_chinese() -> None:
    for amount, _short, _english, in_chinese in AMOUNTS:
        assert add_unit(format_short(amount), name_unit("CNY")) == in_chinese
    short = format_short(390_000_000)
    assert add_unit(short, name_unit("USD")) == "3.9 亿美元"
    assert add_unit(short, name_unit("SEK")) == "3.9 亿 SEK"
    assert add_unit(short, "") == "3.9 亿"
    assert format_lossless(12_320_000_000) == "123.2 亿"
    assert format_lossless(10_000) == "1 万"
    assert format_lossless(1_234_567_891) == "1,234,567,891"
    assert format_typed(Amount(1_500_000_000)) == "15亿"
    assert format_typed(Amount(1_500_000_000), is_neutral=True) == "1.5bn"


@given(amount=st.integers(0, 10**15), dollars=st.booleans())
def test_what_is_typed_back_is_the_same_amount(amount: int, dollars: bool) -> None:
    typed = Amount(amount, dollars)
    try:
        for language in ("zh", "en"):
            choose_language(["--lang", language], {})
            for is_neutral in (False, True):
                text = format_typed(typed, is_neutral=is_neutral)
                assert parse_amount(text, "CNY") == typed
    finally:
        set_language(ENGLISH)


@pytest.mark.usefixtures("chinese")
def test_counts_shares_and_days_in_chinese() -> None:
    assert format_count(1, "project") == "1 个项目"
    assert format_count(1_200, "entry", "entries") == "1,200 条记录"
    assert format_percent(0.175) == "17.5%"
    assert format_percent(0.0001) == "<0.1%"
    assert format_sum(2, 390_000_000, name_unit("CNY")) == "2 个项目，3.9 亿元"
    assert format_day("2023-08-21") == "2023年8月21日"
    assert format_day("2023-08") == "2023年8月"
    assert format_day("2023") == "2023年"
    assert format_day("soon") == "soon"
    assert format_day("") == ""


def test_days_in_english_are_as_the_file_has_them() -> None:
    for text in ("2023", "2023-08", "2023-08-21", "0618-06-18", "soon"):
        assert format_day(text) == text
