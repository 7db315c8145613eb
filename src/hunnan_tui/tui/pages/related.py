"""The projects that are related to one, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.pages.list_page import ListPage, PageRow
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.pages.row_text import clean, mute


class RelatedRow(NamedTuple):
    """A related project, and what it has in common with the other."""

    key: str
    name: str
    reasons: str


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
