"""What others have changed, with what there was before."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from hunnan_tui.analysis.diff import Difference
from hunnan_tui.analysis.diff_text import DiffSection, build_sections
from hunnan_tui.analysis.news import collect_news
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Project
from hunnan_tui.tui.pages.diff_rows import make_diff_rows
from hunnan_tui.tui.pages.list_page import ListPage, PageRow, make_blank_row
from hunnan_tui.tui.pages.loading import LoadsContent
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.pages.row_text import mute

_Content = Sequence[tuple[str, Sequence[DiffSection]]]


class ChangesPage(LoadsContent[_Content], ListPage):
    """Lists changes; `enter` goes to the project."""

    HEADING = N_("What changed")
    BUSY = N_("comparing…")
    CUTS_ROWS = False

    def __init__(
        self,
        parts: Sequence[tuple[str, Difference]],
        projects: Mapping[str, Project],
    ) -> None:
        """Create the page.

        Args:
            parts: When it was changed, in words, and what.
            projects: The projects that there are now.
        """
        super().__init__()
        self._parts, self._projects = parts, projects

    def use(
        self,
        parts: Sequence[tuple[str, Difference]],
        projects: Mapping[str, Project],
    ) -> None:
        """Show other changes; the cursor stays. The arguments are those of the page."""
        self._parts, self._projects = parts, projects
        self._load()

    async def load(self) -> _Content:
        return await asyncio.to_thread(
            lambda: [
                (title, tuple(build_sections(part))) for title, part in self._parts
            ]
        )

    def draw(self, content: _Content) -> None:
        news = collect_news(difference for _title, difference in self._parts)
        text = _("{new:,} new, {changed:,} changed by others")
        text = text.format(new=len(news.new), changed=len(news.changed))
        self.set_header(_(self.HEADING), mute(text))
        self.show_rows(self._make_rows(content))

    def _make_rows(self, content: _Content) -> Iterator[PageRow]:
        for number, (title, sections) in enumerate(content):
            if number:
                yield make_blank_row()
            yield from make_diff_rows(
                sections, self._projects, self._notify_gone, title
            )
        query = NarrowList("is:new,changed")
        yield make_blank_row()
        yield PageRow(mute(_("List the new and the changed: is:new,changed")), query)

    def _notify_gone(self) -> None:
        self.notify(_("That is no project of the file"), markup=False)
