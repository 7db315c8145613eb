"""Everything that is wrong with the file, each problem in full, on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from textual import work
from textual.content import Content

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.pages.line_page import (
    Line,
    LinedPage,
    blank,
    heading,
)
from hunnan_tui.tui.terminal.clipboard import copy

_MOST = 5_000
"""Problems that are listed: each is a line that is wrapped and measured at once."""


class ProblemsPage(LinedPage[str]):
    """Tells why the file cannot be read or saved, then what is wrong in it."""

    DEFAULT_CSS = "ProblemsPage OptionList { text-wrap: wrap; }"

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
        self.say(f"{said} of the file", hint)
        self.show(self._told())

    def take(self, target: str) -> None:
        self._copy(target)

    @work
    async def _copy(self, text: str) -> None:
        how = await copy(self.app, text)
        self.notify(f"Copied {how}", markup=False)

    def _told(self) -> Iterator[Line[str]]:
        if self._unreadable:
            yield heading("The file cannot be read: this is its last good state")
            yield from map(_line, self._unreadable)
            yield blank()
        if self._unsaved:
            yield heading("Not saved: ctrl+s tries again")
            yield from (_line(self._unsaved), blank())
        if self._problems:
            yield heading(f"In the file ({len(self._problems):,})")
            yield from map(_line, map(str, islice(self._problems, _MOST)))
        if len(self._problems) > _MOST:
            more = len(self._problems) - _MOST
            yield Line(Content(f"… {more:,} more: hunnan-tui check tells all of them"))


def _line(text: str) -> Line[str]:
    shown = display_line(text)
    return Line(Content(shown), shown)
