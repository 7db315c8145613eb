"""What happened to the shown projects, year by year, the latest first."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

from textual.content import Content

from hunnan_tui.analysis.field_text import format_event_stage
from hunnan_tui.analysis.timeline import Moment, Timeline, build_timeline
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    make_blank_row,
    make_heading_row,
    make_more_row,
)
from hunnan_tui.tui.pages.loading import LoadsContent, ShowsProjects
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.pages.row_text import add_scope, clean, fit_label, mute
from hunnan_tui.tui.presenters.bars import draw_bar

_MAX_EVENTS = 1_000
"""Events that are listed."""
_DATE_WIDTH = 10
_MIN_NAME = 16
"""Cells of a name, however long the texts are."""
_COUNT_WIDTH = 12
"""Cells of a year and the number of its events."""


class TimelinePage(LoadsContent[Timeline], ShowsProjects, ListPage):
    """Lists events of the shown projects; `enter` goes to the project."""

    HEADING = "Timeline"
    BUSY = "reading…"

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects that the list shows.
            scope: How they were chosen, in words; empty for all projects.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope

    async def load(self) -> Timeline:
        return await asyncio.to_thread(self._read)

    def _read(self) -> Timeline:
        keys = self._index.list_keys(self._mask)
        projects = self._index.dataset.projects
        return build_timeline(projects[key] for key in keys)

    def draw(self, content: Timeline) -> None:
        subtitle = format_count(
            len(content.moments), "event with a date", "events with a date"
        )
        if content.undated:
            subtitle += f", {len(content.undated):,} without"
        silent = format_count(
            content.silent, "project without an event", "projects without an event"
        )
        subtitle += f"; {silent}"
        lines = [mute(add_scope(subtitle, self._scope))]
        if content.moments:
            lines.append(
                mute(_("Year, number of its events; bars: of the fullest year"))
            )
        self.set_header(self.HEADING, *lines)
        self.show_rows(self._make_rows(content, self.row_width))

    def _make_rows(self, content: Timeline, width: int) -> Iterator[PageRow]:
        if not content.moments and not content.undated:
            yield PageRow(Content("No project that is shown has an event"))
            return
        name_width = self._measure_names(content, width)
        counts = Counter(moment.year for moment in content.moments)
        highest = max(counts.values(), default=1)
        year = ""
        for moment in content.moments[:_MAX_EVENTS]:
            if moment.year != year:
                if year:
                    yield make_blank_row()
                year = moment.year
                blocks = draw_bar(counts[year] / highest, width - _COUNT_WIDTH - 2)
                yield make_heading_row(f"{year}  {counts[year]:>6,}  {blocks}")
            yield self._make_row(moment, name_width)
        if len(content.moments) > _MAX_EVENTS:
            yield make_more_row(len(content.moments) - _MAX_EVENTS, "earlier events")
        if content.undated:
            yield make_blank_row()
            yield make_heading_row(f"Without a date ({len(content.undated):,})")
            for moment in content.undated[:_MAX_EVENTS]:
                yield self._make_row(moment, name_width)

    def _measure_names(self, content: Timeline, width: int) -> int:
        """Return the cells of the names: what the texts leave, half of it at least."""
        shown = (*content.moments[:_MAX_EVENTS], *content.undated[:_MAX_EVENTS])
        room = width - _DATE_WIDTH - 2
        names = max(measure_width(clean(moment.name)) for moment in shown)
        texts = max(
            measure_width(clean(moment.event.what))
            + measure_width(format_event_stage(moment.event, self._index.dataset))
            for moment in shown
        )
        return max(_MIN_NAME, min(names, max(room - texts, room // 2)))

    def _make_row(self, moment: Moment, name_width: int) -> PageRow:
        name = fit_label(moment.name, name_width)
        day = fit_label(moment.event.date[:20], _DATE_WIDTH)
        stage = format_event_stage(moment.event, self._index.dataset)
        suffix = mute(display_line(stage))
        content = Content.assemble(f"{day} {name} ", clean(moment.event.what), suffix)
        return PageRow(content, GoToProject(moment.key))
