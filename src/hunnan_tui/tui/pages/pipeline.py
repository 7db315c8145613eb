"""What was published against what is itemised, and how far the shown projects are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.analysis.coverage import Coverage, coverage, foremost
from hunnan_tui.analysis.pipeline import (
    NONE,
    Funnel,
    Largest,
    Step,
    funnel,
    largest,
)
from hunnan_tui.core.cell_width import cut, fit, pad
from hunnan_tui.core.model import Announcement
from hunnan_tui.core.money import (
    add_unit,
    format_lossless,
    format_short,
    name_unit,
)
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    Target,
    blank_row,
    heading_row,
)
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.presenters.bars import bar, percent
from hunnan_tui.tui.presenters.query_terms import of_keys, term

_LONGEST = 500
_BASIS = 8
"""Cells of "computed"."""
_SHORTEST_BAR = 6
"""Cells below which a bar says nothing."""
_BAR = 24
_WIDE = 104
"""Cells from which there is room for a bar beside the figures."""


class PipelinePage(ListPage):
    """Gives the terms to narrow the list by."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i",
            "source",
            "Source",
            id="pipeline.source",
            tooltip="Of the published total under the cursor",
        ),
    ]

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Take what is counted.

        Args:
            index: What knows the projects; nobody else uses it.
            mask: Those that the list shows.
            scope: How they were chosen, in words; empty for all of them.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._found: tuple[Funnel, tuple[Largest, ...]] | None = None
        self._covered = coverage(index.dataset)
        self._unit = name_unit(index.dataset.currency)

    def on_mount(self) -> None:
        self.set_header("Pipeline and coverage", Content("counting…"))
        self._count()

    @work(exclusive=True, group="content")
    async def _count(self) -> None:
        """Count beside the screen: the largest of many projects take a moment."""
        self._found = await asyncio.to_thread(self._counted)
        self._show_found()

    def _counted(self) -> tuple[Funnel, tuple[Largest, ...]]:
        return funnel(self._index, self._mask), largest(self._index, self._mask)

    def on_resize(self) -> None:
        self._show_found()

    def action_source(self) -> None:
        target = self._current_target
        if callable(target):  # a row of a published total
            target()
        else:
            self.notify(
                "Counted here from the projects; published totals name their source",
                markup=False,
            )

    @work
    async def _show_source(self, announcement: Announcement) -> None:
        from hunnan_tui.tui.dialogs.announcement import show_announcement

        await show_announcement(self.app, announcement, self._index.dataset)

    def _show_found(self) -> None:
        if self._found is None:
            return
        main = foremost(self._covered)
        said = _summed(main, self._unit) if main is not None else ""
        self.set_header(
            "Pipeline and coverage", Content.styled(said, "$foreground-muted")
        )
        self.show_rows(self._made(*self._found, self.row_width))

    def _made(
        self, counted: Funnel, top: tuple[Largest, ...], width: int
    ) -> Iterator[PageRow]:
        yield from self._pipeline(counted, top, width)
        yield blank_row()
        yield heading_row(f"Published and itemised ({len(self._covered):,} totals)")
        if not self._covered:
            yield PageRow(Content("The file has no [[announcements]]"))
        else:
            told = "they overlap: none is added to another, or to the projects"
            yield PageRow(Content.styled(told, "$foreground-muted"))
        for each in self._covered:
            yield from self._announced(each, width)

    def _pipeline(
        self, counted: Funnel, top: tuple[Largest, ...], width: int
    ) -> Iterator[PageRow]:
        all_count = counted.all
        which = f"Pipeline of what is shown: {all_count.projects:,} projects"
        yield heading_row(f"{which}{f' · {self._scope}' if self._scope else ''}")
        if not all_count.projects:
            yield PageRow(Content("No project is shown: esc, then 0 shows all"))
            return
        label = max(10, min(26, width - 46))
        room = width - label - 50
        room = room if room >= _SHORTEST_BAR else 0
        titles = f"{'':{label}} {'now':>6} {'reached':>8} {'of before':>10} "
        money = fit(self._unit or "amount", 8, right=True)
        titles += f"{money} {'not stated':>10}"
        yield PageRow(Content.styled(titles, "$foreground-muted"))
        before: Step | None = None
        most = max(each.count.projects for each in (*counted.steps, *counted.strays))
        for step in counted.steps:
            yield self._step(step, before, label, most, room)
            before = step
        for step in counted.strays:
            yield self._step(step, None, label, most, room)
        stated = all_count.projects - all_count.not_stated
        yield blank_row()
        if all_count.stated is None:
            yield PageRow(Content("None of them states an amount"))
        else:
            money = add_unit(format_short(all_count.stated), self._unit)
            said = f"{stated:,} state an amount, {money} in all"
            parts = [
                f"the {each.number if each.number > 1 else ''} largest".replace(
                    "  ", " "
                )
                + f" {percent(each.share)}"
                for each in top
            ]
            told = f"{said}: {', '.join(parts)}" if parts else said
            yield from (PageRow(Content(text)) for text in _wrapped(told, width))

    def _step(
        self,
        step: Step,
        before: Step | None,
        label: int,
        most: int,
        room: int,
    ) -> PageRow:
        count = step.count
        name = pad(cut(display_line(step.label[:_LONGEST]), label), label)
        rate = step.rate(before) if before is not None else None
        is_stray = before is None and not step.reached
        reached = "" if is_stray else f"{step.reached:,}"
        amount = format_short(count.stated) if count.stated is not None else "–"
        figures = f"{name} {count.projects:>6,} {reached:>8} "
        figures += f"{percent(rate) if rate is not None else '':>10} "
        figures += f"{amount:>8} {count.not_stated:>10,}  "
        style = "" if count.projects else "$foreground-muted"
        drawn = bar(count.projects / most, room) if most else ""
        query = term("stage", step.stage) if step.stage != NONE else "no:stage"
        return PageRow(
            Content.assemble((figures, style), (drawn, "$text-primary")),
            NarrowList(query) if count.projects else None,
        )

    def _announced(self, each: Coverage, width: int) -> Iterator[PageRow]:
        said = each.announcement
        source = partial(self._show_source, said)
        about = " · ".join(
            filter(None, (display_line(said.date), display_line(said.scope[:60])))
        )
        yield blank_row()
        statement = display_line(said.statement[:_LONGEST])
        first, *more = _wrapped(f"{about}  {statement}", width)
        yield PageRow(Content.styled(first, "bold"), source)
        for text in more:
            yield PageRow(Content.styled(text, "bold"))
        room = _BAR if width >= _WIDE and each.share_of_investment is not None else 0
        if said.projects is not None or said.investment is not None:
            yield _figures(
                said.projects,
                "announced",
                self._amount(said.investment),
                "",
                "stated",
                bar(1, room),
                source,
            )
        if each.itemised:
            share = each.share_of_investment
            counted = each.share_of_projects
            parts = [
                f"{percent(counted)} by number" if counted is not None else "",
                f"{percent(share)} by value" if share is not None else "",
                f"{each.not_stated:,} not stated" if each.not_stated else "",
            ]
            drawn = bar(share, room) if share is not None else ""
            yield _figures(
                len(each.itemised),
                "itemised here",
                self._amount(each.itemised_investment),
                ", ".join(filter(None, parts)),
                "stated",
                pad(drawn, room),
                NarrowList(of_keys([project.key for project in each.itemised])),
            )
        elif said.projects is not None:
            yield _figures(0, "itemised here", "", "", "stated", "", None)
        if each.rest_projects and each.itemised:
            average = each.rest_average
            rest = each.rest_investment
            yield _figures(
                each.rest_projects,
                "not named",
                self._amount(rest),
                f"{format_short(round(average))} each" if average is not None else "",
                "computed",
                "",
                None,
            )
        if each.rate is not None and said.investment_usd is not None:
            dollars = f"{format_lossless(said.investment_usd)} dollars, stated"
            rate = f"{add_unit(f'{each.rate:.2f}', self._unit)} per dollar, computed"
            yield PageRow(Content(f"{'':6} {dollars}: {rate}"))
        for assumption in each.assumptions:
            for text in _wrapped(display_line(assumption), width - 7):
                yield PageRow(Content.styled(f"{'':6} {text}", "$foreground-muted"))

    def _amount(self, amount: int | None) -> str:
        return "" if amount is None else add_unit(format_short(amount), self._unit)


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of at most so many cells."""
    return [line.plain for line in Content(text).wrap(max(10, width))] or [""]


def _figures(
    number: int | None,
    what: str,
    amount: str,
    more: str,
    basis: str,
    drawn: str,
    target: Target | None,
) -> PageRow:
    """Return a line of figures, with whether they are stated or computed."""
    count = f"{number:,}" if number is not None else ""
    text = f"{count:>6} {what:<13} {pad(amount, 12, right=True)}  "
    return PageRow(
        Content.assemble(
            text,
            (f"{basis:<{_BASIS}}  ", "$foreground-muted"),
            (drawn, "$text-primary"),
            "  " if drawn else "",
            (more, "$foreground-muted"),
        ),
        target,
    )


def _summed(each: Coverage, unit: str) -> str:
    """Return the foremost total in a sentence."""
    said = each.announcement
    parts = [f"{said.projects:,} projects" if said.projects is not None else ""]
    if said.investment is not None:
        parts.append(add_unit(format_short(said.investment), unit))
    text = f"Published: {', '.join(filter(None, parts))}. Itemised here: "
    text += f"{len(each.itemised):,}"
    if each.share_of_investment is not None and each.itemised_investment is not None:
        amount = add_unit(format_short(each.itemised_investment), unit)
        text += f", {amount} ({percent(each.share_of_investment)})"
    return f"{text}."
