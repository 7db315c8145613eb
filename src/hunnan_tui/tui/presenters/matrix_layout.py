"""How a table of industries by stages shares the width of the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.tui.presenters.bars import draw_bar
from hunnan_tui.tui.presenters.names import clean_name, shorten_stage

_MAX_LABEL = 40
_MIN_LABEL = 12
_MAX_BAR = 16
_MIN_BAR = 4
_GAP = 2
"""Cells beside the text of a column."""
_NARROW_GAP = 1


class MatrixLayout(NamedTuple):
    """The widths of a table, in cells."""

    label: int
    """Of the name of an industry."""
    stages: tuple[str, ...]
    """The names of the stages, short where the long ones have no room."""
    number: int
    """Of a figure."""
    bar: int
    """Of the bar behind it; 0 where there is no room for bars."""
    gap: int = _GAP
    """Between two columns."""

    def format_cell(self, text: str, share: float = 0) -> str:
        """Return a figure with its bar behind it.

        Args:
            text: The figure.
            share: Of the largest cell, from 0 to 1.
        """
        number = pad(text, self.number, right=True)
        return f"{number} {draw_bar(share, self.bar)}" if self.bar else number


def lay_out_matrix(
    width: int,
    industries: Iterable[str],
    stages: Sequence[tuple[str, str]],
    figures: Iterable[str],
) -> MatrixLayout:
    """Share a width: names whole first, then bars; else blanks go, then names are cut.

    Args:
        width: Cells of the table.
        industries: Their names.
        stages: Ids and names, that of the last column with an empty id.
        figures: All figures of the table.
    """
    labels = map(measure_width, map(clean_name, industries))
    label = min(_MAX_LABEL, max(labels, default=0))
    number = max(map(measure_width, figures), default=1)
    names = tuple(clean_name(name) for _, name in stages)
    rest = width - _GAP - label - _measure(names, number)
    if rest >= 0 and (not label or len(names) < 2):
        return MatrixLayout(label, names, number, 0)
    if rest >= 0:
        bar = rest // max(1, len(names)) - 1
        # a name that is wider than its figures leaves room beside them already
        bar += max(0, min(map(measure_width, names), default=0) - number)
        bar = min(_MAX_BAR, bar)
        return MatrixLayout(label, names, number, bar if bar >= _MIN_BAR else 0)
    short = tuple(
        shorten_stage(key, name) if key else clean_name(name) for key, name in stages
    )
    room = width - _GAP - _measure(short, number)
    gap = _GAP
    if room < label:  # names are not cut for blanks
        gap = _NARROW_GAP
        room = width - gap - _measure(short, number, gap)
    if room < _MIN_LABEL:  # the stages are scrolled then, and the labels stay
        room = max(_MIN_LABEL, width // 4)
    return MatrixLayout(min(label, room), short, number, 0, gap)


def _measure(names: Sequence[str], number: int, gap: int = _GAP) -> int:
    """Return the cells of the columns behind the first."""
    return sum(max(number, measure_width(name)) + gap for name in names)
