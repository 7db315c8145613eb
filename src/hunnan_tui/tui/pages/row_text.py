"""Texts of headers and rows: cleaned, cut, wrapped and muted alike on every page."""

from __future__ import annotations

from textual.content import Content

from hunnan_tui.core.cell_width import cut, pad
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line

_MAX_LENGTH = 500
"""Characters of a text that a row looks at: more never fit."""
_MIN_WIDTH = 10
"""Cells that a wrapped text has at least."""


def explain_no_stages(dataset: Dataset) -> str:
    """Return why there is nothing to show by stage."""
    if not dataset.stages:
        return _("This dataset has no stages")
    return _("No project of this dataset has a stage yet")


def explain_no_projects() -> Content:
    """Return the header of a page of the shown projects when there are none."""
    return Content(_("No project is shown: esc, then 0 shows all"))


def clean(text: str) -> str:
    """Return the beginning of a text, cleaned for one line."""
    return display_line(text[:_MAX_LENGTH])


def join_lines(text: str) -> str:
    """Return the beginning of a text in one line."""
    return " ".join(text[:_MAX_LENGTH].split())


def fit_label(text: str, width: int) -> str:
    """Return a text, cleaned, in exactly so many cells."""
    return pad(cut(clean(text), width), width)


def mute(text: str) -> Content:
    """Return a text in the colour of what is less important."""
    return Content.styled(text, "$foreground-muted")


def wrap(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many cells; one line at least."""
    lines = Content(text).wrap(max(_MIN_WIDTH, width))
    return [line.plain for line in lines] or [""]


def add_count(title: str, count: int) -> str:
    """Return the title of a section with how many there are: `Problems (12)`."""
    return title + bracket(f"{count:,}")


def add_scope(text: str, scope: str) -> str:
    """Return a text with how the shown projects were chosen, if there is a choice."""
    return f"{text} · {scope}" if scope else text
