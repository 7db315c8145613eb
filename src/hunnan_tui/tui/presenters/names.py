"""Names and stages for the rows of a list: cleaned and shortened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import SHORT_STAGE, fit

_LONGEST = 400
"""Characters of a name that a row can need."""
_WIDEST_STAGE = 18
"""Maximum width of the column of stages."""


def clean_name(text: str) -> str:
    """Return a name cleaned for the screen, no longer than a row can show."""
    return display_line(text[:_LONGEST])


def measure_stage_width(names: Iterable[str]) -> int:
    """Return the width of the longest stage, at most that of its column."""
    longest = max((measure_width(clean_name(name)) for name in names), default=0)
    return min(_WIDEST_STAGE, longest)


@lru_cache(maxsize=256)
def shorten_stage(stage: str, name: str) -> str:
    """Return a stage in `SHORT_STAGE` cells: its name if it fits, else its id."""
    if measure_width(name) <= SHORT_STAGE:
        return clean_name(name)
    word = clean_name(stage).capitalize()
    if measure_width(word) <= SHORT_STAGE:
        return word
    return fit(word, SHORT_STAGE - 1).rstrip("…") + "."
