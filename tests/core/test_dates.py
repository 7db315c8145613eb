from __future__ import annotations

from datetime import date

import pytest

from hunnan_tui.dates import first_day, is_partial, last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-03-08", date(2023, 3, 8), date(2023, 3, 8)),
    ],
)
def test_a_partial_date_is_a_range(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("text", ["", "23", "2023-13", "2023-02-30", "2023-3", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_partial(text)
