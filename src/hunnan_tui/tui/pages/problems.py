"""Everything that is wrong with the file, each problem in full, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from textual import work
from textual.content import Content

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    blank_row,
    heading_row,
)
from hunnan_tui.tui.terminal.clipboard import copy_text

_MOST = 5_000
"""Problems that are listed: each is a line that is wrapped and measured at once."""


class ProblemsPage(ListPage):
    """Tells why the file cannot be read or saved, then what is wrong in it."""

    CUTS_ROWS = False

    def __init__(
        self, problems: Sequence[Problem], *, unreadable: str = "", unsaved: str = ""
    ) -> None:
        """Take what is told.

        Args:
            problems: What is wrong in the file as it was last read.
            unreadable: Why it cannot be read now, one problem a line; else empty.
            unsaved: Why the last save failed; else empty.
        """
        super().__init__()
        self._problems = problems
        self._unreadable = list(filter(None, unreadable.splitlines()))
        self._unsaved = unsaved

    def on_mount(self) -> None:
        count = len(self._problems) + len(self._unreadable)
        said = "1 problem" if count == 1 else f"{count:,} problems"
        hint = Content.styled("Enter copies one", "$foreground-muted")
        self.set_header(f"{said} of the file", hint)
        self.show_rows(self._told())

    @work
    async def _copy(self, text: str) -> None:
        how = await copy_text(self.app, text)
        self.notify(f"Copied {how}", markup=False)

    def _row(self, problem: str) -> PageRow:
        text = display_line(problem)
        return PageRow(Content(text), partial(self._copy, text))

    def _told(self) -> Iterator[PageRow]:
        if self._unreadable:
            yield heading_row("The file cannot be read: this is its last good state")
            yield from map(self._row, self._unreadable)
            yield blank_row()
        if self._unsaved:
            yield heading_row("Not saved: ctrl+s tries again")
            yield from (self._row(self._unsaved), blank_row())
        if self._problems:
            yield heading_row(f"In the file ({len(self._problems):,})")
            yield from map(self._row, map(str, islice(self._problems, _MOST)))
        if len(self._problems) > _MOST:
            more = len(self._problems) - _MOST
            yield PageRow(
                Content(f"… {more:,} more: hunnan-tui check tells all of them")
            )
