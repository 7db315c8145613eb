"""Amounts and dates as they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.date_parser import parse_age, parse_span
from hunnan_tui.core.dates import shift
from hunnan_tui.core.money import (
    Amount,
    format_exact,
    format_lossless,
    format_short,
    format_typed,
    has_unit,
    name_unit,
    parse_amount,
)
from hunnan_tui.query.language.ast import And, Compare, Word
from hunnan_tui.query.language.parser import parse

TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("1bn", 10**9),
        ("1.5 BN", 15 * 10**8),
        ("15亿", 15 * 10**8),
        ("3000万元", 3 * 10**7),
        ("3千万", 3 * 10**7),
        ("2百万", 2 * 10**6),
        ("200w", 2 * 10**6),
        ("1.2万亿", 12 * 10**11),
        ("2tn", 2 * 10**12),
        ("350m", 35 * 10**7),
        ("¥5m", 5 * 10**6),
        ("1,000,000", 10**6),
        ("1_000", 1000),
        ("5亿人民币", 5 * 10**8),
        ("0.5", 0),
        ("~3 bn", 3 * 10**9),
        ("1.2 bn 元", 12 * 10**8),
    ],
)
def test_an_amount_is_read_in_both_languages(text: str, amount: int) -> None:
    assert parse_amount(text) == Amount(amount)


@pytest.mark.parametrize(
    ("currency", "texts"),
    [
        ("USD", ["$1bn", "1bn usd", "US$1bn", "10亿美元", "USD 1 bn", "1bn dollars"]),
        ("EUR", ["€1bn", "1 bn €", "1bn EUR", "eur 1bn", "10亿欧元"]),
        ("CNY", ["¥1bn", "￥1bn", "10亿元", "1 bn rmb", "CNY 1bn", "1bn yuan"]),
        ("JPY", ["¥1bn", "1bn yen", "10亿日元"]),
        ("PLN", ["1 bn zł", "1bn pln", "1 bn zl"]),
        ("KES", ["KES 1bn", "1bn ksh"]),
        ("SEK", ["1bn kr", "1 bn SEK"]),
        ("CAD", ["$1bn", "c$1bn", "1bn CAD"]),
        ("cny", ["¥1bn"]),
        ("", ["¥1bn", "€1bn", "1bn元", "1bn KES"]),
    ],
)
def test_an_amount_may_name_the_currency_of_the_dataset(
    currency: str, texts: list[str]
) -> None:
    for text in texts:
        assert parse_amount(text, currency) == Amount(10**9), text


@pytest.mark.parametrize(
    ("currency", "text", "other"),
    [
        ("EUR", "1bn元", "CNY"),
        ("EUR", "¥1bn", "CNY"),
        ("CNY", "€1bn", "EUR"),
        ("USD", "1bn KES", "KES"),
        ("USD", "5m zł", "PLN"),
    ],
)
def test_an_amount_in_another_currency_is_refused_with_the_reason(
    currency: str, text: str, other: str
) -> None:
    with pytest.raises(ValueError, match=f"in {other}, but amounts here are in"):
        parse_amount(text, currency)
    assert parse_amount("$1bn", "EUR") == Amount(10**9, dollars=True)


@given(st.integers(1, 10**15), st.sampled_from(["", "CNY", "EUR", "USD"]))
def test_what_is_shown_is_an_amount_of_a_query(value: int, currency: str) -> None:
    for shown in (format_short(value), format_lossless(value), format_exact(value)):
        text = f"{shown} {name_unit(currency)}".rstrip()
        query = parse(f"invest>={text} gas", today=TODAY, currency=currency)
        amount = parse_amount(shown, currency)
        assert query.node == And((Compare("invest", ">=", (amount,)), Word("gas")))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("invest>1.2 bn", "invest>1.2bn"),
        ("invest>=15　亿", "invest>=15亿"),
        ("invest>1 BN gas", "invest>1bn gas"),
        ("invest:1 bn .. 2 bn", "invest:1bn..2bn"),
        ("invest:10..20 亿元", "invest:10亿..20亿"),
        ("invest:1 bn, 2 bn", "invest:1bn 2 bn"),
        ("invest:1 bn,2 bn gas", "invest:1bn,2bn gas"),
        ("(invest>1 bn)", "invest>1bn"),
        ("invest>1,500 m", "invest>1.5bn"),
        ("invest>¥ 5 m gas", "invest>5m gas"),
        ("invest>1bn top", 'invest>1bn "top"'),
        ("invest>1 bnx", 'invest>1 "bnx"'),
        ("invest>1bn m", 'invest>1bn "m"'),
    ],
)
def test_an_amount_is_read_with_the_blanks_that_it_is_shown_with(
    text: str, same: str
) -> None:
    read, plain = (parse(each, today=TODAY, currency="CNY") for each in (text, same))
    assert read.node == plain.node
    assert not read.has_error


@pytest.mark.parametrize("text", ["$1bn", "1bn usd", "US$1bn", "10亿美元"])
def test_dollars_are_dollars(text: str) -> None:
    assert parse_amount(text) == Amount(10**9, dollars=True)


@pytest.mark.parametrize(
    "text", ["", "lots", "1 xn", "-1", "1.", ".5", "1e9", "$1元", "1bn2", "١bn", "1,00"]
)
def test_what_is_no_amount_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match=r"1\.5bn|two currencies"):
        parse_amount(text)


@given(st.integers(0, 10**16), st.booleans())
def test_a_written_amount_reads_back_exactly(value: int, dollars: bool) -> None:
    amount = Amount(value, dollars)
    assert parse_amount(format_typed(amount)) == amount


def test_an_amount_is_written_short_where_that_is_exact() -> None:
    texts = [
        format_typed(Amount(value))
        for value in (15 * 10**8, 10**9 + 1, 999, 2 * 10**12)
    ]
    assert texts == ["1.5bn", "1000000001", "999", "2tn"]
    assert has_unit("15亿")
    assert not has_unit("15元")


@pytest.mark.parametrize(
    ("text", "canonical", "first", "last"),
    [
        ("2023", "2023", "2023-01-01", "2023-12-31"),
        ("2023年", "2023", "2023-01-01", "2023-12-31"),
        ("2024-2", "2024-02", "2024-02-01", "2024-02-29"),
        ("2023年3月", "2023-03", "2023-03-01", "2023-03-31"),
        ("2023.3.8", "2023-03-08", "2023-03-08", "2023-03-08"),
        ("2023/03/08", "2023-03-08", "2023-03-08", "2023-03-08"),
        ("2023年3月8日", "2023-03-08", "2023-03-08", "2023-03-08"),
        ("today", "today", "2026-03-31", "2026-03-31"),
        ("今天", "today", "2026-03-31", "2026-03-31"),
        ("-90d", "-90d", "2025-12-31", "2025-12-31"),
        ("+2周", "+2w", "2026-04-14", "2026-04-14"),
        ("-1m", "-1m", "2026-02-28", "2026-02-28"),
        ("-1年", "-1y", "2025-03-31", "2025-03-31"),
        ("-99999y", "-99999y", "0001-01-01", "0001-01-01"),
        ("+99999m", "+99999m", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_typed_date_is_all_the_days_that_it_means(
    text: str, canonical: str, first: str, last: str
) -> None:
    span = parse_span(text, TODAY)
    assert (span.text, str(span.first), str(span.last)) == (canonical, first, last)
    assert parse_span(canonical, TODAY) == span


@pytest.mark.parametrize(
    "text", ["", "20", "2023-", "2023-13", "2023-02-30", "90d", "0000", "202303", "-d"]
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="2023-03-08"):
        parse_span(text, TODAY)


@pytest.mark.parametrize(
    ("text", "length"), [("180d", (180, "d")), ("6个月", (6, "m")), ("1年", (1, "y"))]
)
def test_a_length_of_time_is_a_number_of_periods(
    text: str, length: tuple[int, str]
) -> None:
    assert parse_age(text) == length


@given(st.dates(), st.integers(-5000, 5000), st.sampled_from("dwmy"))
def test_a_shifted_day_lies_on_its_side(day: date, count: int, period: str) -> None:
    moved = shift(day, count, period)
    assert (moved >= day) if count >= 0 else (moved <= day)
