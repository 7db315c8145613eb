"""Facts as people type them, and what is refused with a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.model import Dataset, Industry, Stage
from hunnan_tui.core.typed_facts import (
    TypedFactError,
    clean_typed,
    read_day,
    read_id,
    read_party,
    read_typed,
)

TODAY = date(2026, 11, 23)
DATASET = Dataset(
    currency="CNY",
    stages={
        each.id: each
        for each in (
            Stage("planned", "Planned", "谋划储备"),
            Stage("signed", "Signed", "签约"),
            Stage("construction", "Under construction", "开工"),
            Stage("completed", "Completed", "竣工"),
        )
    },
    industries={
        each.id: each
        for each in (
            Industry("it", "Information, communication", "信息技术"),
            Industry("life", "Life and health", "生命健康"),
        )
    },
)


def read(
    key: str, typed: str, dataset: Dataset = DATASET
) -> tuple[dict[str, Any], str]:
    fact = read_typed(key, typed, dataset, TODAY)
    return {key: value for key, value in fact.values.items() if value is not None}, (
        fact.shown
    )


@pytest.mark.parametrize(
    ("typed", "values", "shown"),
    [
        ("3.2亿", {"investment": 320_000_000}, "320,000,000 yuan"),
        ("1.2bn", {"investment": 1_200_000_000}, "1,200,000,000 yuan"),
        ("３，０００ 万元", {"investment": 30_000_000}, "30,000,000 yuan"),
        (
            "约3亿元",
            {"investment": 300_000_000, "investment_qualifier": "about"},
            "about 300,000,000 yuan",
        ),
        (
            "over 2 bn",
            {"investment": 2_000_000_000, "investment_qualifier": "over"},
            "over 2,000,000,000 yuan",
        ),
        (
            "5亿以上",
            {"investment": 500_000_000, "investment_qualifier": "over"},
            "over 500,000,000 yuan",
        ),
        (
            "20余亿元",
            {},
            "",
        ),
        ("$1bn", {"investment_usd": 1_000_000_000}, "1,000,000,000 dollars"),
        ("", {}, ""),
    ],
)
def test_an_amount(typed: str, values: dict[str, Any], shown: str) -> None:
    if typed == "20余亿元":
        with pytest.raises(TypedFactError, match="no amount"):
            read("investment", typed)
        return
    assert read("investment", typed) == (values, shown)


def test_an_amount_sets_what_it_does_not_say_to_nothing() -> None:
    fact = read_typed("investment", "3亿", DATASET, TODAY)
    assert fact.values["investment_qualifier"] is None
    assert fact.values["investment_usd"] is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("lots", "is no amount"),
        ("3.2", "of what"),
        ("€5m", "is in EUR, but amounts here are in CNY"),
        ("0", "is not stated"),
        ("-5bn", "is no amount"),
        ("99999999tn", "So large"),
        ("1e9", "is no amount"),
        ("10..20bn", "is no amount"),
    ],
)
def test_what_is_no_amount(typed: str, why: str) -> None:
    with pytest.raises(TypedFactError, match=why):
        read("investment", typed)


def test_an_amount_in_the_currency_of_the_file() -> None:
    euros = DATASET._replace(currency="EUR")
    assert read("investment", "€5m", euros) == (
        {"investment": 5_000_000},
        "5,000,000 EUR",
    )
    assert read("investment", "EUR 5 m", euros)[0] == {"investment": 5_000_000}
    assert read("investment", "5m", DATASET._replace(currency=""))[1] == "5,000,000"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023", "2023"),
        ("2023-3", "2023-03"),
        ("2023年3月8日", "2023-03-08"),
        ("2023.3.8", "2023-03-08"),
        ("２０２３／３／８", "2023-03-08"),
        ("20230308", "2023-03-08"),
        ("8 March 2023", "2023-03-08"),
        ("Mar 2023", "2023-03"),
        ("march 8th, 2023", "2023-03-08"),
        ("today", "2026-11-23"),
        ("昨天", "2026-11-22"),
        ("-3d", "2026-11-20"),
        ("3-8", "2026-03-08"),
        ("12月1日", "2025-12-01"),
        ("2月29日", "2024-02-29"),
    ],
)
def test_a_day(typed: str, day: str) -> None:
    assert read_day(typed, TODAY) == day
    stored = read_typed("stage_date", typed, DATASET, TODAY).values["stage_date"]
    assert stored == (date.fromisoformat(day) if len(day) == 10 else day)


@pytest.mark.parametrize(
    "typed",
    ["soon", "2023-13", "2023-02-30", "99", "32 March 2023", "2023-00", "8 foo 2023"],
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(TypedFactError, match="is no date"):
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("key", "typed", "values"),
    [
        ("stage", "signed", {"stage": "signed"}),
        ("stage", "开工", {"stage": "construction"}),
        ("stage", "under", {"stage": "construction"}),
        ("industries", "life", {"industries": ["life"]}),
        ("industries", "信息技术、life", {"industries": ["it", "life"]}),
        ("industries", "Information, communication", {"industries": ["it"]}),
        ("industries", "life; life", {"industries": ["life"]}),
        ("jobs", "1.2万人", {"jobs": 12_000}),
        ("url", "example.org/a", {"url": "https://example.org/a"}),
        ("url", "http://example.org", {"url": "http://example.org"}),
        ("district", " 浑南\t区 ", {"district": "浑南 区"}),
        ("summary", "one\r\ntwo\x1b", {"summary": "one\ntwo"}),
        ("leader", "李工", {"leader": "李工"}),
        ("place", "", {}),
    ],
)
def test_other_facts(key: str, typed: str, values: dict[str, Any]) -> None:
    assert read(key, typed)[0] == values


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("stage", "c", "Which stage: Under construction, Completed"),
        ("stage", "gone", "there are: Planned, Signed"),
        ("industries", "life, steel", "No industry is called 'steel'"),
        ("jobs", "many", "is no number"),
        ("url", "javascript:alert(1)", "is no web address"),
        ("url", "ftp://example.org", "only http"),
        ("url", "somewhere", "names no host"),
        ("part_of", "nowhere", "No project has the id 'nowhere'"),
        ("name", "  ", "needs a name"),
        ("name", "x" * 1_001, "more than 1,000"),
        ("industries_basis", "guess", "stated or inferred"),
    ],
)
def test_what_is_refused_says_why(key: str, typed: str, why: str) -> None:
    with pytest.raises(TypedFactError, match=why):
        read(key, typed)


def test_a_file_without_stages_says_so() -> None:
    with pytest.raises(TypedFactError, match="defines no stage"):
        read("stage", "signed", Dataset())


@pytest.mark.parametrize("typed", ["A", "a_b", "a--b", "-a", "浑南", "", "a" * 81])
def test_what_is_no_id(typed: str) -> None:
    with pytest.raises(TypedFactError):
        read_id(typed)


@given(
    st.text(max_size=60), st.sampled_from(["investment", "stage_date", "url", "jobs"])
)
def test_any_text_is_read_or_refused(typed: str, key: str) -> None:
    try:
        fact = read_typed(key, typed, DATASET, TODAY)
    except TypedFactError:
        pass
    else:
        assert (
            all(value is None or value for value in fact.values.values())
            or key == "jobs"
        )


@given(st.text(max_size=200), st.booleans())
def test_cleaning_twice_is_cleaning_once(typed: str, is_prose: bool) -> None:
    once = clean_typed(typed, is_prose=is_prose)
    assert clean_typed(once, is_prose=is_prose) == once


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        ("AECC", {"name": "AECC"}),
        ("developer: AECC", {"name": "AECC", "role": "developer"}),
        ("投资方：鞍钢", {"name": "鞍钢", "role": "投资方"}),
        ("AECC (developer)", {"name": "AECC", "role": "developer"}),
        ("AECC:", {"name": "AECC:"}),
        (": AECC", {"name": ": AECC"}),
    ],
)
def test_a_party_is_a_name_with_its_role(typed: str, party: dict[str, str]) -> None:
    assert read_party(typed) == party
