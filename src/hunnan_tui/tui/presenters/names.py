"""Names and stages as a row of the list has them: cleaned, and as short as it needs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.core.cell_width import cell_width
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import SHORT_STAGE, fit

_LONGEST = 400
"""Characters of a name that a row can need."""
_WIDEST_STAGE = 18
"""Cells that a column of stages can have."""


def clean_name(text: str) -> str:
    """Return a name cleaned for the screen, as much of it as a row can need."""
    return display_line(text[:_LONGEST])


def measure_stage_width(names: Iterable[str]) -> int:
    """Return the cells of the longest stage, as far as a column can be wide."""
    longest = max((cell_width(clean_name(name)) for name in names), default=0)
    return min(_WIDEST_STAGE, longest)


@lru_cache(maxsize=256)
def shorten_stage(stage: str, name: str) -> str:
    """Return a stage in a few cells: its name if it fits, else its id, cut."""
    if cell_width(name) <= SHORT_STAGE:
        return clean_name(name)
    word = clean_name(stage).capitalize()
    if cell_width(word) <= SHORT_STAGE:
        return word
    return fit(word, SHORT_STAGE - 1).rstrip("…") + "."
