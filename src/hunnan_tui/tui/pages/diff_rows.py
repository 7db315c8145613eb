"""Rows of differences: a section for each kind, a row for each project or entry."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from textual.content import Content

from hunnan_tui.analysis.diff_text import DiffLine, DiffSection
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.language import _
from hunnan_tui.tui.pages.list_page import (
    PageRow,
    make_blank_row,
    make_heading_row,
    make_more_row,
)
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.pages.row_text import add_count
from hunnan_tui.tui.presenters.card_parts import clean_short_line

_MAX_ROWS = 300
"""Rows of a section; `hunnan-tui diff` prints all of them."""
_MAX_FIELDS = 12
"""Changed fields of a project that are shown."""


def make_diff_rows(
    sections: Sequence[DiffSection],
    projects: Container[str],
    explain_unknown: Callable[[], object],
    when: str = "",
) -> Iterator[PageRow]:
    """Yield the rows of a difference.

    Args:
        sections: The difference in words.
        projects: The keys of the projects that a row can lead to.
        explain_unknown: Says why a row leads nowhere.
        when: Since when, in words, before the title of each section.
    """
    for number, section in enumerate(sections):
        if number:
            yield make_blank_row()
        title = format_line(when, section.title) if when else section.title
        yield make_heading_row(add_count(title, len(section.lines)))
        for line in section.lines[:_MAX_ROWS]:
            yield _make_row(line, projects, explain_unknown)
        if len(section.lines) > _MAX_ROWS:
            yield make_more_row(len(section.lines) - _MAX_ROWS)


def _make_row(
    line: DiffLine, projects: Container[str], explain_unknown: Callable[[], object]
) -> PageRow:
    about = f"  {clean_short_line(line.id)}" if line.id else ""
    lines = [
        Content.assemble(clean_short_line(line.what), (about, "$foreground-muted"))
    ]
    lines += [
        Content(f"    {clean_short_line(text)}") for text in line.more[:_MAX_FIELDS]
    ]
    if len(line.more) > _MAX_FIELDS:
        more = _("… {count:,} more").format(count=len(line.more) - _MAX_FIELDS)
        lines.append(Content(f"    {more}"))
    key = next((key for key in line.keys if key in projects), None)
    target = explain_unknown if key is None else GoToProject(key)
    return PageRow(Content("\n").join(lines), target)
