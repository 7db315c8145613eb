"""All problems of the file, each in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from textual import work
from textual.content import Content

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import Problem
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    make_blank_row,
    make_heading_row,
)
from hunnan_tui.tui.pages.row_text import add_count, mute
from hunnan_tui.tui.terminal.clipboard import copy_text

_MAX_PROBLEMS = 5_000
"""Problems that are listed: each is wrapped and measured at once."""


class ProblemsPage(ListPage):
    """Lists why the file cannot be read or saved, then its problems; `enter` copies one."""

    CUTS_ROWS = False
    HAS_PROJECTS = False

    def __init__(
        self, problems: Sequence[Problem], *, unreadable: str = "", unsaved: str = ""
    ) -> None:
        """Create the page.

        Args:
            problems: The problems of the file as it was last read.
            unreadable: Why it cannot be read now, one problem a line; else empty.
            unsaved: Why the last save failed; else empty.
        """
        super().__init__()
        self._problems = problems
        self._unreadable = list(filter(None, unreadable.splitlines()))
        self._unsaved = unsaved

    def on_mount(self) -> None:
        count = len(self._problems) + len(self._unreadable)
        number = format_count(count, "problem")
        hint = mute(_("Enter copies one"))
        self.set_header(_("{problems} of the file").format(problems=number), hint)
        self.show_rows(self._make_rows())

    @work
    async def _copy(self, text: str) -> None:
        where = await copy_text(self.app, text)
        self.notify(_("Copied {where}").format(where=where), markup=False)

    def _make_row(self, problem: str) -> PageRow:
        text = display_line(problem)
        return PageRow(Content(text), partial(self._copy, text))

    def _make_rows(self) -> Iterator[PageRow]:
        if self._unreadable:
            yield make_heading_row(
                _("The file cannot be read: this is its last good state")
            )
            yield from map(self._make_row, self._unreadable)
            yield make_blank_row()
        if self._unsaved:
            yield make_heading_row(
                _("Not saved: {key} tries again").format(key=name_key("file.save"))
            )
            yield from (self._make_row(self._unsaved), make_blank_row())
        if self._problems:
            yield make_heading_row(add_count(_("In the file"), len(self._problems)))
            yield from map(
                self._make_row, map(str, islice(self._problems, _MAX_PROBLEMS))
            )
        if len(self._problems) > _MAX_PROBLEMS:
            more = len(self._problems) - _MAX_PROBLEMS
            text = _("… {count:,} more: hunnan-tui check tells all of them")
            yield PageRow(Content(text.format(count=more)))
