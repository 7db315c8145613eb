"""A plot stays in its room, whatever it shows."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.tui.presenters.step_plot import draw_steps
from hunnan_tui.tui.terminal.ascii import to_ascii

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 30))


@given(st.lists(DAYS, min_size=1, max_size=4, unique=True), st.integers(0, 200))
@example([date(1, 1, 1), date(9999, 12, 30)], 20)
@example([date(9999, 12, 31)], 40)
def test_no_line_is_wider_than_its_room(days: list[date], width: int) -> None:
    steps = [(day, 10**9 * n) for n, day in enumerate(sorted(days), 1)]
    lines = draw_steps(steps, min(days), max(days), len(days) * 10**9, (width, 8))
    assert len(lines) == 8
    assert max(map(measure_width, lines)) <= max(width, 20)
    assert f"{min(days).year:04}" in lines[-1]
    assert "".join(map(to_ascii, lines)).isascii()


def test_years_stand_in_even_steps_and_the_sum_at_its_height() -> None:
    first = date(2006, 6, 1)
    steps = [(first, 50), (first + timedelta(3_000), 100)]
    lines = draw_steps(steps, first, date(2026, 1, 1), 100, (60, 7))
    assert lines[-1].split() == ["2006", "2010", "2015", "2020", "2025"]
    assert [line.split("│")[0].strip() for line in lines[:-2]] == [
        "100",
        "",
        "50",
        "",
        "0",
    ]
    assert to_ascii(lines[0]).rstrip().endswith("*")
    assert to_ascii(lines[2]).split("|")[1].lstrip()[0] == "*"
