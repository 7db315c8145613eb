"""What happened to the shown projects, year by year, the latest first."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence

from textual import work
from textual.content import Content

from hunnan_tui.analysis.timeline import Moment, Timeline, timeline
from hunnan_tui.core.cell_width import cut, pad
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    blank_row,
    heading_row,
    more_row,
)
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.presenters.bars import bar

_MOST = 1_000
"""Events that are listed."""
_BAR = 40
_DATE = 10
_LONGEST = 500


class TimelinePage(ListPage):
    """Gives the key of the project to go to."""

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Take what is told.

        Args:
            index: What knows the projects; nobody else uses it.
            mask: Those that the list shows.
            scope: How they were chosen, in words; empty for all of them.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._found: Timeline | None = None

    def on_mount(self) -> None:
        self.set_header("Timeline", Content("reading…"))
        self._read()

    @work(exclusive=True, group="content")
    async def _read(self) -> None:
        """Read beside the screen: the events of many projects take long."""
        self._found = await asyncio.to_thread(self._told)
        self._show_found()

    def _told(self) -> Timeline:
        keys = self._index.listed(self._mask)
        projects = self._index.dataset.projects
        return timeline(projects[key] for key in keys)

    def on_resize(self) -> None:
        self._show_found()

    def _show_found(self) -> None:
        found = self._found
        if found is None:
            return
        said = f"{len(found.moments):,} events with a date"
        if found.undated:
            said += f", {len(found.undated):,} without"
        said += f"; {found.silent:,} projects without an event"
        if self._scope:
            said += f" · {self._scope}"
        self.set_header("Timeline", Content.styled(said, "$foreground-muted"))
        self.show_rows(self._made(found, self.row_width))

    def _made(self, found: Timeline, width: int) -> Iterator[PageRow]:
        if not found.moments and not found.undated:
            yield PageRow(Content("No project that is shown has an event"))
            return
        years = Counter(each.year for each in found.moments)
        most = max(years.values(), default=1)
        listed = found.moments[:_MOST]
        year = ""
        for moment in listed:
            if moment.year != year:
                if year:
                    yield blank_row()
                year = moment.year
                drawn = bar(years[year] / most, min(_BAR, width - 20))
                yield heading_row(f"{year}  {years[year]:>6,}  {drawn}")
            yield self._line(moment, width)
        if len(found.moments) > _MOST:
            yield more_row(len(found.moments) - _MOST, "earlier events")
        if found.undated:
            yield from self._without_date(found.undated, width)

    def _without_date(self, moments: Sequence[Moment], width: int) -> Iterator[PageRow]:
        yield blank_row()
        yield heading_row(f"Without a date ({len(moments):,})")
        for moment in moments[:_MOST]:
            yield self._line(moment, width)

    def _line(self, moment: Moment, width: int) -> PageRow:
        room = max(16, min(44, (width - _DATE) // 2))
        name = pad(cut(display_line(moment.name[:_LONGEST]), room), room)
        day = pad(cut(display_line(moment.event.date[:20]), _DATE), _DATE)
        stages = self._index.dataset.stages
        stage = stages.get(moment.event.stage)
        at = f" [{display_line(stage.name if stage else moment.event.stage)}]"
        return PageRow(
            Content.assemble(
                f"{day} {name} ",
                display_line(moment.event.what[:_LONGEST]),
                (at if moment.event.stage else "", "$foreground-muted"),
            ),
            GoToProject(moment.key),
        )
