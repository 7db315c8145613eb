from __future__ import annotations

import calendar
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.date_parser import parse_day

TODAY = date(2026, 11, 23)
"""A Monday."""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("周五", date(2026, 11, 27)),
        ("星期五", date(2026, 11, 27)),
        ("礼拜天", date(2026, 11, 29)),
        ("本周5", date(2026, 11, 27)),
        ("mon", TODAY),
        ("下周五", date(2026, 12, 4)),
        ("next fri", date(2026, 12, 4)),
        ("下下周一", date(2026, 12, 7)),
        ("下星期日", date(2026, 12, 6)),
        ("today", TODAY),
        ("明天", date(2026, 11, 24)),
        ("大后天", date(2026, 11, 26)),
        ("+2w", date(2026, 12, 7)),
        ("＋２ｗ", date(2026, 12, 7)),
        ("10d", date(2026, 12, 3)),
        ("in 3 days", date(2026, 11, 26)),
        ("3天后", date(2026, 11, 26)),
        ("两周后", date(2026, 12, 7)),
        ("半年后", date(2027, 5, 23)),
        ("下个月", date(2026, 12, 23)),
        ("月底", date(2026, 11, 30)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("12-01", date(2026, 12, 1)),
        ("１２月１日", date(2026, 12, 1)),
        ("3.8", date(2027, 3, 8)),
        ("2月29日", date(2028, 2, 29)),
        ("-3d", date(2026, 11, 20)),
        ("none", None),
        (" ", None),
        ("无", None),
    ],
)
def test_a_day_to_come_back_is_understood(typed: str, day: date | None) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["2026", "12月", "s", "13-40", "someday", "周八", "[/x]", "2026-02-30", "下"],
)
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(ValueError, match=r"is no day: type fri, 下周五"):
        parse_day(typed, TODAY)


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_and_next_is_in_the_week_after(
    today: date, place: int
) -> None:
    for name in (calendar.day_abbr[place], f"周{'一二三四五六日'[place]}"):
        day = parse_day(name, today)
        assert day is not None
        assert day.weekday() == place
        assert 0 <= (day - today).days < 7
        after = parse_day(f"下周{'一二三四五六日'[place]}", today)
        assert after is not None
        assert after.weekday() == place
        assert after.isocalendar()[:2] == (today + timedelta(7)).isocalendar()[:2]


@given(st.dates(), st.dates())
def test_a_day_that_is_written_out_is_that_day(day: date, today: date) -> None:
    assert parse_day(day.isoformat(), today) == day


@given(
    st.text(max_size=12) | st.from_regex(r"[下一五周天月日+0-9年后]{1,6}"), st.dates()
)
def test_any_text_is_a_day_none_or_refused(text: str, today: date) -> None:
    with suppress(ValueError):
        assert isinstance(parse_day(text, today), date | None)
