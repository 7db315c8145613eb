"""Draws a sum that grows by steps, with both axes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.core.money import format_short

_BLANK = "\u2800"
"""The braille sign without dots; not every font has it as wide as a blank."""
_YEAR_WIDTH = 6
"""Cells of a year and the gap to the next."""
_STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
"""Years between two names; the last is more than the calendar has in the least room."""
MIN_HEIGHT = 3
_DOTS = 2
"""Dots of a braille sign beside each other."""


def draw_steps(
    steps: Sequence[tuple[date, int]],
    first: date,
    last: date,
    highest: int,
    size: tuple[int, int],
) -> list[str]:
    """Return the lines of a plot.

    Args:
        steps: Days, and the sum from each of them on; at least one.
        first: The day at the left edge.
        last: The day at the right edge.
        highest: The sum at the top edge, more than 0.
        size: Cells of width and lines of height, with the axes.
    """
    from plotille import Canvas  # few look at plots

    width, height = size
    labels = [format_short(highest), format_short(highest // 2), "0"]
    margin = max(map(measure_width, labels))
    room, rows = max(_YEAR_WIDTH, width - margin - 2), max(MIN_HEIGHT, height - 2)
    start, end = _span(first, last)
    canvas = Canvas(room, rows, start, 0, end, highest)
    day, total = start, 0
    # of the steps in one column of dots only the last is seen
    scale = _DOTS * room / (end - start)
    columns = {int((at.toordinal() - start) * scale): (at, to) for at, to in steps}
    for at, next_total in columns.values():
        next_day = at.toordinal()
        canvas.line(day, total, next_day, total)
        canvas.line(next_day, total, next_day, next_total)
        day, total = next_day, next_total
    canvas.line(day, total, end, total)
    drawn = canvas.plot().replace(_BLANK, " ").split("\n")
    lines = []
    for number, line in enumerate(drawn):
        label = ""
        if number == 0:
            label = labels[0]
        elif number == len(drawn) - 1:
            label = labels[2]
        elif number == len(drawn) // 2:
            label = labels[1]
        lines.append(f"{pad(label, margin, right=True)} │{line.rstrip()}")
    axis, years = _draw_years(first, last, room)
    blank = " " * margin
    return [*lines, f"{blank} └{axis}", f"{blank}  {years}".rstrip()]


def _span(first: date, last: date) -> tuple[int, int]:
    """Return the days at the edges of a plot, which are never the same."""
    return first.toordinal(), max(last.toordinal(), first.toordinal() + 1)


def _draw_years(first: date, last: date, room: int) -> tuple[str, str]:
    """Return an axis with a tick at every year, or every few, and their names below."""
    axis, names = ["─"] * room, [" "] * room
    start, end = _span(first, last)
    needed = (last.year - first.year + 1) * _YEAR_WIDTH / room
    stride = next(stride for stride in _STRIDES if stride >= needed)
    for year in range(first.year, last.year + 1):
        day = max(start, date(year, 1, 1).toordinal())
        at = round((day - start) / (end - start) * (room - 1))
        name = f"{year:04}"
        has_room = names[max(0, at - 1) : at + len(name)] == [" "] * (
            len(name) + min(1, at)
        )
        if (year == first.year or not year % stride) and has_room:
            axis[at] = "┬"
            names[at : at + len(name)] = name
    return "".join(axis), "".join(names)
