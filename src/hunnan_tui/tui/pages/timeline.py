"""What happened to the shown projects, year by year, the latest first."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.analysis.amounts_over_time import Growth, build_growths
from hunnan_tui.analysis.field_text import format_event_stage
from hunnan_tui.analysis.timeline import Moment, Timeline, build_timeline
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.language import N_, _, ngettext
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.parts import find_repeated
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.formatter import quote_if_needed
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    make_blank_row,
    make_heading_row,
)
from hunnan_tui.tui.pages.loading import LoadsContent, ShowsProjects
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.pages.row_text import (
    add_count,
    add_scope,
    clean,
    fit_label,
    mute,
)
from hunnan_tui.tui.presenters.bars import draw_bar
from hunnan_tui.tui.presenters.step_plot import draw_steps

_MAX_EVENTS = 1_000
"""Events that are listed."""
_DATE_WIDTH = 10
_MIN_NAME = 16
"""Cells of a name, however long the texts are."""
_HEAD_AND_FOOT = 4
"""Lines of a page that are no rows."""
_COUNT_WIDTH = 12
"""Cells of a year and the number of its events."""


_MIN_PLOT, _MAX_PLOT = 6, 16
"""Lines of a plot, with its axes."""
_Content = tuple[Timeline, tuple[Growth, ...]]


class TimelinePage(LoadsContent[_Content], ShowsProjects, ListPage):
    """Lists events, `enter` goes to the project; or plots how the amounts grew."""

    HEADING = N_("Timeline")
    BUSY = N_("reading…")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v",
            "turn",
            N_("Events or amounts"),
            id="timeline.turn",
            tooltip=N_(
                "Show what happened, or how the stated amounts grew at each stage"
            ),
        )
    ]

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects that the list shows.
            scope: How they were chosen, in words; empty for all projects.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._has_amounts = False
        """Whether amounts are shown in place of events."""

    async def load(self) -> _Content:
        return await asyncio.to_thread(self._read)

    def _read(self) -> _Content:
        dataset = self._index.dataset
        keys = self._index.list_keys(self._mask)
        projects = [dataset.projects[key] for key in keys]
        not_added = find_repeated(projects, dataset.projects)
        return build_timeline(projects), build_growths(projects, dataset, not_added)

    def action_turn(self) -> None:
        self._has_amounts = not self._has_amounts
        self.forget_row()
        self.on_resize()

    def draw(self, content: _Content) -> None:
        timeline, growths = content
        if self._has_amounts:
            self._draw_amounts(growths)
        else:
            self._draw_events(timeline)

    def _draw_amounts(self, growths: tuple[Growth, ...]) -> None:
        text = _("Stated amounts of what had reached a stage by a day")
        if unit := name_unit(self._index.dataset.currency):
            text = _(
                "Stated amounts of what had reached a stage by a day, {unit}"
            ).format(unit=unit)
        legend = _("all at one scale; a month or a year counts from its first day")
        text = add_scope(text, self._scope)
        self.set_header(_(self.HEADING), mute(text), mute(legend))
        self.show_rows(self._make_plots(growths))

    def _make_plots(self, growths: tuple[Growth, ...]) -> Iterator[PageRow]:
        if not growths:
            nothing = _(
                "No project that is shown states an amount and the day of a stage"
            )
            yield PageRow(Content(nothing))
            return
        first = min(growth.steps[0][0] for growth in growths)
        last = max(growth.steps[-1][0] for growth in growths)
        highest = max(growth.total for growth in growths)
        room = self.size.height - _HEAD_AND_FOOT
        height = max(_MIN_PLOT, min(_MAX_PLOT, room // len(growths) - 2))
        for number, growth in enumerate(growths):
            if number:
                yield make_blank_row()
            yield self._make_plot_heading(growth)
            for line in draw_steps(
                growth.steps, first, last, highest, (self.row_width, height)
            ):
                yield PageRow(Content(line))

    def _make_plot_heading(self, growth: Growth) -> PageRow:
        unit = name_unit(self._index.dataset.currency)
        heading = _("{stage} or later: {amount} by {day}").format(
            stage=clean(name_stage(growth.stage, self._index.dataset)),
            amount=add_unit(format_short(growth.total), unit),
            day=growth.steps[-1][0],
        )
        if growth.undated:
            undated = _("{count:,} without a day").format(count=growth.undated)
            heading = _("{text}; {more}").format(text=heading, more=undated)
        query = f"stage>={quote_if_needed(growth.stage)} has:invest"
        return make_heading_row(heading, NarrowList(query))

    def _draw_events(self, content: Timeline) -> None:
        count = len(content.moments)
        events = ngettext(
            "{count} event with a date", "{count} events with a date", count
        ).format(count=f"{count:,}")
        if content.undated:
            text = _("{events}, {count:,} without")
            events = text.format(events=events, count=len(content.undated))
        silent = ngettext(
            "{count} project without an event",
            "{count} projects without an event",
            content.silent,
        ).format(count=f"{content.silent:,}")
        subtitle = _("{text}; {more}").format(text=events, more=silent)
        lines = [mute(add_scope(subtitle, self._scope))]
        if content.moments:
            lines.append(
                mute(_("Year, number of its events; bars: of the fullest year"))
            )
        self.set_header(_(self.HEADING), *lines)
        self.show_rows(self._make_rows(content, self.row_width))

    def _make_rows(self, content: Timeline, width: int) -> Iterator[PageRow]:
        if not content.moments and not content.undated:
            yield PageRow(Content(_("No project that is shown has an event")))
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
            text = _("… {count:,} earlier events")
            text = text.format(count=len(content.moments) - _MAX_EVENTS)
            yield PageRow(Content(text))
        if content.undated:
            yield make_blank_row()
            yield make_heading_row(add_count(_("Without a date"), len(content.undated)))
            for moment in content.undated[:_MAX_EVENTS]:
                yield self._make_row(moment, name_width)

    def _measure_names(self, content: Timeline, width: int) -> int:
        """Return the cells of the names: what the texts leave, half of it at least."""
        shown = (*content.moments[:_MAX_EVENTS], *content.undated[:_MAX_EVENTS])
        room = width - _DATE_WIDTH - 2
        names = max(measure_width(clean(self._name_of(moment))) for moment in shown)
        texts = max(
            measure_width(clean(moment.event.what))
            + measure_width(format_event_stage(moment.event, self._index.dataset))
            for moment in shown
        )
        return max(_MIN_NAME, min(names, max(room - texts, room // 2)))

    def _name_of(self, moment: Moment) -> str:
        return name_briefly(self._index.dataset.projects[moment.key])

    def _make_row(self, moment: Moment, name_width: int) -> PageRow:
        name = fit_label(self._name_of(moment), name_width)
        day = fit_label(moment.event.date[:20], _DATE_WIDTH)
        stage = format_event_stage(moment.event, self._index.dataset)
        content = Content.assemble(f"{day} {name} ", clean(moment.event.what))
        whole = content + mute(display_line(stage))
        if whole.cell_length <= self.row_width:  # a part of a stage says nothing
            content = whole
        return PageRow(content, GoToProject(moment.key))
