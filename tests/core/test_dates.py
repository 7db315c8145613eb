from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.dates import (
    get_first_day,
    get_last_day,
    is_partial,
    to_instant,
    to_minute,
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-08", date(2023, 3, 8), date(2023, 3, 8)),
    ],
)
def test_a_partial_date_is_a_range(text: str, first: date, last: date) -> None:
    assert (get_first_day(text), get_last_day(text)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "23", "2023-13", "2023-02-30", "2023-3", "0000", "2014-11-00"),
        *("2014-00", "2014-00-00", "2014-00-11", "٢٠١٤-١١-١١", "2023-W01-1"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_partial(text)


@given(st.from_regex(r"\d{4}(-\d\d(-\d\d)?)?", fullmatch=True))
def test_every_date_has_a_first_and_a_last_day_or_is_none(text: str) -> None:
    if not is_partial(text):
        with pytest.raises(ValueError, match="not a date"):
            get_last_day(text)
        return
    first, last = get_first_day(text), get_last_day(text)
    assert first <= last
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)


offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@given(st.datetimes(timezones=offsets), st.datetimes(timezones=offsets))
def test_instants_are_in_the_order_of_the_times(one: datetime, other: datetime) -> None:
    assert (to_instant(one) < to_instant(other)) == (one < other)
    assert (to_instant(one) == to_instant(other)) == (one == other)


@given(st.datetimes() | st.sampled_from([datetime.min, datetime.max]))  # noqa: DTZ901
def test_a_time_without_an_offset_is_an_instant_too(at: datetime) -> None:
    assert abs(to_instant(at) - to_instant(at.replace(tzinfo=UTC))) <= timedelta(days=1)


def test_a_year_has_four_digits() -> None:
    assert to_minute(datetime(618, 6, 18, 9, 5, tzinfo=UTC)) == "0618-06-18 09:05"
