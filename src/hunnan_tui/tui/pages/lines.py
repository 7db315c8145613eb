"""A page of plain lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from hunnan_tui.core.text import display_line
from hunnan_tui.tui.pages.list_page import ListPage, PageRow


class LinesPage(ListPage):
    """Lists lines under a title."""

    CUTS_ROWS = False

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._heading, self._lines = title, lines

    def on_mount(self) -> None:
        self.set_header(self._heading)
        rows = (PageRow(Content(display_line(line) or " ")) for line in self._lines)
        self.show_rows(rows)
