"""The projects that are related to one, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.counts import format_count, format_line
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.pages.list_page import ListPage, PageRow
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.pages.row_text import clean, mute

if TYPE_CHECKING:
    from hunnan_tui.analysis.related import Reason

_REASON_WIDTH = 100
"""Cells of what two projects share, of which there may be several."""
_REASONS_WIDTH = 300
_READ = 1_000
"""Characters of a text that are looked at: some are of megabytes."""


class RelatedRow(NamedTuple):
    """A related project, and what it has in common with the other."""

    key: str
    name: str
    reasons: str


def format_reasons(reasons: Sequence[Reason]) -> str:
    """Return what two projects have in common, in some lines at most."""
    texts = (
        format_line(
            _(reason.kind),
            cut(display_line(reason.text[:_READ]).rstrip("."), _REASON_WIDTH),
        )
        for reason in reasons
    )
    return cut(_("; ").join(texts), _REASONS_WIDTH)


class RelatedPage(ListPage):
    """Lists related projects; `enter` goes to one."""

    HEADING = N_("Related")
    CUTS_ROWS = False

    def __init__(self, name: str, rows: Sequence[RelatedRow]) -> None:
        """Create the page.

        Args:
            name: The name of the project that the others are related to.
            rows: The others, the closest first.
        """
        super().__init__()
        self._whose, self._related = name, rows

    def on_mount(self) -> None:
        self.use(self._related)

    def use(self, rows: Sequence[RelatedRow]) -> None:
        """Show other rows; the cursor stays on its project."""
        count = format_count(len(rows), "project")
        text = _("{projects} related to {name}")
        text = text.format(projects=count, name=clean(self._whose))
        self.set_header(_(self.HEADING), mute(text))
        self.show_rows(
            PageRow(
                Content.assemble((clean(row.name), "bold"), "  ", mute(row.reasons)),
                GoToProject(row.key),
            )
            for row in rows
        )
