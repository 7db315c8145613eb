"""The stages of the shown projects; published totals beside what is itemised."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.analysis.coverage import Coverage, find_foremost, measure_coverage
from hunnan_tui.analysis.pipeline import (
    NONE,
    Funnel,
    FunnelStep,
    Largest,
    build_funnel,
    measure_largest,
)
from hunnan_tui.core.cell_width import fit, measure_width, pad
from hunnan_tui.core.counts import (
    bracket,
    format_count,
    format_line,
    format_percent,
    format_sum,
    join_words,
)
from hunnan_tui.core.labels import name_measure
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Announcement
from hunnan_tui.core.money import (
    add_unit,
    format_lossless,
    format_short,
    head_amounts,
    name_unit,
)
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    RowTarget,
    make_blank_row,
    make_heading_row,
)
from hunnan_tui.tui.pages.loading import LoadsContent, ShowsProjects
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.pages.row_text import (
    add_scope,
    clean,
    explain_no_projects,
    explain_no_stages,
    fit_label,
    mute,
    wrap,
)
from hunnan_tui.tui.presenters.bars import draw_bar
from hunnan_tui.tui.presenters.query_terms import build_id_term, build_term

_BASES = (N_("stated"), N_("computed"))
_FIGURES = (N_("announced"), N_("itemised here"), N_("not named"))
"""What a row of figures is about."""
_MIN_LABEL = 9
_MIN_BAR_WIDTH = 6
_MAX_LABEL = 40
"""Cells of the name of a stage."""
_BAR_WIDTH = 24
_WIDE = 104
"""Cells from which a bar fits beside the figures."""
_Content = tuple[Funnel, tuple[Largest, ...]]


class PipelinePage(LoadsContent[_Content], ShowsProjects, ListPage):
    """Counts stages and totals; `enter` lists the projects of a row."""

    HEADING = N_("Pipeline and coverage")
    BUSY = N_("counting…")

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i",
            "source",
            N_("Source"),
            id="pipeline.source",
            tooltip=N_("Of the published total under the cursor"),
        ),
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
        self._coverages = measure_coverage(index.dataset)
        self._filled = index.filled_fields
        self._unit = name_unit(index.dataset.currency)

    async def load(self) -> _Content:
        return await asyncio.to_thread(self._count)

    def _count(self) -> _Content:
        return build_funnel(self._index, self._mask), measure_largest(
            self._index, self._mask
        )

    def action_source(self) -> None:
        target = self._current_target
        if callable(target):  # a row of a published total
            target()
        else:
            message = _(
                "Counted here from the projects; published totals name their source"
            )
            self.notify(message, markup=False)

    @work
    async def _show_source(self, announcement: Announcement) -> None:
        from hunnan_tui.tui.dialogs.announcement import show_announcement

        await show_announcement(self.app, announcement, self._index.dataset)

    def draw(self, content: _Content) -> None:
        main = find_foremost(self._coverages)
        summary = _summarize(main, self._unit) if main is not None else ""
        self.set_header(_(self.HEADING), mute(summary))
        self.show_rows(self._make_rows(*content, self.row_width))

    def _make_rows(
        self, counts: Funnel, top: tuple[Largest, ...], width: int
    ) -> Iterator[PageRow]:
        yield from self._list_stages(counts, top, width)
        yield make_blank_row()
        totals = format_count(len(self._coverages), "total")
        yield make_heading_row(
            _("Published and itemised ({totals})").format(totals=totals)
        )
        if not self._coverages:
            yield PageRow(Content(_("The file has no [[announcements]]")))
        else:
            caution = _("they overlap: none is added to another, or to the projects")
            yield PageRow(mute(caution))
        for item in self._coverages:
            yield from self._list_coverage(item, width)

    def _list_stages(
        self, counts: Funnel, top: tuple[Largest, ...], width: int
    ) -> Iterator[PageRow]:
        all_count = counts.all
        count = format_count(all_count.projects, "project")
        heading = _("Pipeline of what is shown: {projects}").format(projects=count)
        yield make_heading_row(add_scope(heading, self._scope))
        if not all_count.projects:
            yield PageRow(explain_no_projects())
            return
        has_amounts = "invest" in self._filled
        if "stage" in self._filled:
            yield from self._list_steps(counts, width)
        else:
            yield PageRow(Content(explain_no_stages(self._index.dataset)))
        if has_amounts:
            yield from self._list_largest(all_count, top, width)

    def _list_steps(self, counts: Funnel, width: int) -> Iterator[PageRow]:
        steps = (*counts.steps, *counts.strays)
        longest = max(measure_width(clean(step.label)) for step in steps)
        label = max(_MIN_LABEL, min(longest, _MAX_LABEL, width - 47))  # whole figures
        room = width - label - (50 if "invest" in self._filled else 30)
        room = room if room >= _MIN_BAR_WIDTH else 0
        heads = [(_("now"), 6), (_("reached"), 8), (_("of before"), 10)]
        if "invest" in self._filled:
            heads += [(head_amounts(self._unit), 8), (_("not stated"), 10)]
        titles = f"{'':{label}} "
        titles += " ".join(fit(head, cells, right=True) for head, cells in heads)
        titles += "  " if room else ""
        legends = (_("bars: projects now"), _("bars: now"))
        titles += next((each for each in legends if measure_width(each) <= room), "")
        yield PageRow(mute(titles))
        previous: FunnelStep | None = None
        highest = max(step.count.projects for step in steps)
        for step in counts.steps:
            yield self._make_step_row(step, previous, label, highest, room)
            previous = step
        for step in counts.strays:
            yield self._make_step_row(step, None, label, highest, room)

    def _list_largest(
        self, all_count: Count, top: tuple[Largest, ...], width: int
    ) -> Iterator[PageRow]:
        stated = all_count.projects - all_count.not_stated
        yield make_blank_row()
        if all_count.stated is None:
            yield PageRow(Content(_("None of them states an amount")))
        else:
            money = add_unit(format_short(all_count.stated), self._unit)
            text = _("{count:,} state an amount, {amount} in all")
            text = text.format(count=stated, amount=money)
            if all_count.not_added:
                text += bracket(format_not_added(all_count.not_added))
            if top:
                text = format_line(text, join_words(map(_format_largest, top)))
            yield from (PageRow(Content(line)) for line in wrap(text, width))

    def _make_step_row(
        self,
        step: FunnelStep,
        previous: FunnelStep | None,
        label: int,
        highest: int,
        room: int,
    ) -> PageRow:
        count = step.count
        name = fit_label(step.label, label)
        rate = step.rate(previous) if previous is not None else None
        is_stray = previous is None and not step.reached
        reached = "" if is_stray else f"{step.reached:,}"
        amount = format_short(count.stated) if count.stated is not None else "–"
        figures = f"{name} {count.projects:>6,} {reached:>8} "
        figures += f"{format_percent(rate) if rate is not None else '':>10}"
        if "invest" in self._filled:
            figures += f" {amount:>8} {count.not_stated:>10,}"
        figures += "  " if room else ""
        style = "" if count.projects else "$foreground-muted"
        blocks = draw_bar(count.projects / highest, room) if highest else ""
        query = build_term("stage", step.stage) if step.stage != NONE else "no:stage"
        return PageRow(
            Content.assemble((figures, style), (blocks, "$text-primary")),
            NarrowList(query) if count.projects else None,
        )

    def _list_coverage(self, item: Coverage, width: int) -> Iterator[PageRow]:
        total = item.announcement
        source = partial(self._show_source, total)
        about = " · ".join(
            filter(None, (display_line(total.date), display_line(total.scope[:60])))
        )
        yield make_blank_row()
        first, *more = wrap(f"{about}  {clean(total.statement)}", width)
        yield PageRow(Content.styled(first, "bold"), source)
        for text in more:
            yield PageRow(Content.styled(text, "bold"))
        room = (
            _BAR_WIDTH if width >= _WIDE and item.share_of_investment is not None else 0
        )
        if total.projects is not None or total.investment is not None:
            yield _make_figures_row(
                total.projects,
                _("announced"),
                self._format_amount(total.investment),
                clean(name_measure(total.measure))
                if total.investment is not None
                else "",
                _("stated"),
                draw_bar(1, room),
                source,
            )
        if item.itemised:
            share = item.share_of_investment
            blocks = draw_bar(share, room) if share is not None else ""
            yield _make_figures_row(
                len(item.itemised),
                _("itemised here"),
                self._format_amount(item.itemised_investment),
                join_words(_list_shares(item)),
                _("stated"),
                pad(blocks, room),
                NarrowList(build_id_term([project.key for project in item.itemised])),
            )
        elif total.projects is not None:
            yield _make_figures_row(
                0, _("itemised here"), "", "", _("stated"), "", None
            )
        if item.rest_projects and item.itemised:
            average, rest = item.rest_average, item.rest_investment
            each = format_short(round(average)) if average is not None else ""
            yield _make_figures_row(
                item.rest_projects,
                _("not named"),
                self._format_amount(rest),
                _("{amount} each").format(amount=each) if each else "",
                _("computed"),
                "",
                None,
            )
        if item.rate is not None and total.investment_usd is not None:
            text = _("{dollars} dollars, stated: {rate} per dollar, computed").format(
                dollars=format_lossless(total.investment_usd),
                rate=add_unit(f"{item.rate:.2f}", self._unit),
            )
            yield PageRow(Content(f"{'':6} {text}"))
        caveat = ""
        if total.caveat:
            caveat = _("Caveat: {caveat}").format(caveat=clean(total.caveat))
        for assumption in filter(None, (*item.assumptions, caveat)):
            for text in wrap(display_line(assumption), width - 7):
                yield PageRow(mute(f"{'':6} {text}"))

    def _format_amount(self, amount: int | None) -> str:
        return "" if amount is None else add_unit(format_short(amount), self._unit)


def _make_figures_row(
    number: int | None,
    what: str,
    amount: str,
    more: str,
    basis: str,
    blocks: str,
    target: RowTarget | None,
) -> PageRow:
    """Return a row of figures, and whether they are stated or computed."""
    count = f"{number:,}" if number is not None else ""
    about = max(measure_width(_(each)) for each in _FIGURES)
    bases = max(measure_width(_(each)) for each in _BASES)
    text = f"{count:>6} {pad(what, about)} {pad(amount, 12, right=True)}  "
    return PageRow(
        Content.assemble(
            text,
            (f"{pad(basis, bases)}  ", "$foreground-muted"),
            (blocks, "$text-primary"),
            "  " if blocks else "",
            mute(more),
        ),
        target,
    )


def _list_shares(item: Coverage) -> Iterator[str]:
    """Yield what share of a total is itemised, and what it is computed without."""
    if (share := item.share_of_projects) is not None:
        yield _("{percent} by number").format(percent=format_percent(share))
    if (share := item.share_of_investment) is not None:
        yield _("{percent} by value").format(percent=format_percent(share))
    if item.not_stated:
        yield _("{count:,} not stated").format(count=item.not_stated)


def _summarize(item: Coverage, unit: str) -> str:
    """Return the main total in a sentence."""
    total = item.announcement
    published = format_sum(total.projects, total.investment, unit)
    if item.share_of_investment is None or item.itemised_investment is None:
        text = _("Published: {published}. Itemised here: {count:,}.")
        return text.format(published=published, count=len(item.itemised))
    return _(
        "Published: {published}. Itemised here: {count:,}, {amount} ({share})."
    ).format(
        published=published,
        count=len(item.itemised),
        amount=add_unit(format_short(item.itemised_investment), unit),
        share=format_percent(item.share_of_investment),
    )


def _format_largest(largest: Largest) -> str:
    """Return what share the largest projects have: `the 3 largest 53 %`."""
    percent = format_percent(largest.share)
    if largest.number == 1:
        return _("the largest {percent}").format(percent=percent)
    text = _("the {number:,} largest {percent}")
    return text.format(number=largest.number, percent=percent)
