"""How complete, how recent and how well sourced the shown projects are."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from textual.content import Content

from hunnan_tui.analysis.data_quality import (
    Health,
    Tally,
    measure_health,
)
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.counts import format_count, join_names
from hunnan_tui.core.errors import Problem
from hunnan_tui.core.language import N_, _, pgettext
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    make_blank_row,
    make_heading_row,
    make_more_row,
)
from hunnan_tui.tui.pages.loading import LoadsContent
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.pages.row_text import add_count, clean, fit_label, mute, wrap
from hunnan_tui.tui.presenters.bars import draw_bar

_LABEL_WIDTH = 32
_STATED_WIDTH = 6
"""Cells of the number of fields that are stated, between a name and a text."""
_PROBLEM_LENGTH = 500
_MAX_PROBLEMS = 200
"""Problems of the file that are listed."""


class DataQualityPage(LoadsContent[Health], ListPage):
    """Counts what is missing; `enter` lists the projects of a row, or goes to one."""

    HEADING = N_("Data health")
    BUSY = N_("counting…")

    def __init__(
        self, index: Index, mask: int, today: date, problems: Sequence[Problem]
    ) -> None:
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects to count.
            today: The day from which silence is counted back.
            problems: The problems of the file.
        """
        super().__init__()
        self._index, self._mask, self._today = index, mask, today
        self._problems = problems

    def use(self, index: Index, mask: int, problems: Sequence[Problem]) -> None:
        """Show the projects as they are now; the arguments are those of the page."""
        self._index, self._mask, self._problems = index, mask, problems
        self._load()

    async def load(self) -> Health:
        return await asyncio.to_thread(
            measure_health, self._index, self._mask, self._today
        )

    def draw(self, content: Health) -> None:
        if content.projects:
            shown = format_count(content.projects, "project")
            text = _("{projects} shown").format(projects=shown)
            if content.fields:
                more = _(" · {share:.0%} of {count} fields stated")
                text += more.format(share=content.share, count=len(content.fields))
            legend = _("Projects, and their share of those shown; enter lists them")
            self.set_header(_(self.HEADING), mute(text), mute(legend))
        else:
            nothing = Content(_("No project is shown: esc goes back"))
            self.set_header(_(self.HEADING), nothing)
        self.show_rows(self._make_rows(content, self.row_width))

    def _make_rows(self, content: Health, width: int) -> Iterator[PageRow]:
        total = content.projects
        if total:
            yield make_heading_row(_("Not stated"))
            yield from (
                _make_tally_row(tally, total, width) for tally in content.missing
            )
            if content.unfilled:
                text = _("By no project of the file: {fields}").format(
                    fields=join_names(content.unfilled)
                )
                yield from (PageRow(mute(line)) for line in wrap(text, width))
            yield from (make_blank_row(), make_heading_row(_("Nothing heard for")))
            *dated, undated = content.silent
            has_dates = undated.projects < total
            yield from (
                _make_tally_row(tally, total, width)
                for tally in (*dated * has_dates, undated)
            )
            yield from (make_blank_row(), make_heading_row(_("Sources")))
            yield from (
                _make_tally_row(tally, total, width) for tally in content.sourcing
            )
        if content.unknown_sources:
            yield from (
                make_blank_row(),
                make_heading_row(_("Sources that the file does not describe")),
            )
            yield from (
                _make_tally_row(tally, total, width)
                for tally in content.unknown_sources
            )
        if total and content.fields:
            fields = len(content.fields)
            title = _("Projects by fields stated, of {count}").format(count=fields)
            yield from (make_blank_row(), make_heading_row(title))
            for number, count in reversed(list(enumerate(content.complete))):
                if count:
                    label = pgettext("fields", "{count} of {all}")
                    label = label.format(count=number, all=fields)
                    yield _make_bar_row(label, count, total, width)
        if content.poorest:
            yield from (
                make_blank_row(),
                make_heading_row(_("What those lack that state least")),
            )
            name_width = self._measure_names(content, width)
            yield from (
                self._make_poor_row(*poor, len(content.fields), name_width)
                for poor in content.poorest
            )
        if self._problems:
            yield from (
                make_blank_row(),
                make_heading_row(
                    add_count(_("Problems of the file"), len(self._problems))
                ),
            )
            for problem in self._problems[:_MAX_PROBLEMS]:
                text = display_line(str(problem))
                yield PageRow(
                    Content(text[:_PROBLEM_LENGTH]), partial(self._show_in_full, text)
                )
            if len(self._problems) > _MAX_PROBLEMS:
                yield make_more_row(len(self._problems) - _MAX_PROBLEMS)

    def _measure_names(self, content: Health, width: int) -> int:
        """Return the cells of the names: what the texts leave, half of it at least."""
        names = max(
            measure_width(self._name_of(key)) for key, _lacks in content.poorest
        )
        texts = max(measure_width(join_names(lacks)) for _, lacks in content.poorest)
        room = max(width - _STATED_WIDTH - texts, width // 2)
        return max(_LABEL_WIDTH, min(names, room))

    def _name_of(self, key: str) -> str:
        return clean(name_briefly(self._index.dataset.projects[key]) or key)

    def _make_poor_row(
        self, key: str, lacks: Sequence[str], total: int, name_width: int
    ) -> PageRow:
        name = fit_label(self._name_of(key), name_width)
        stated = total - len(lacks)
        content = Content.assemble(
            name,
            f" {stated:>2} · ",
            mute(join_names(lacks)),
        )
        return PageRow(content, GoToProject(key))

    def _show_in_full(self, text: str) -> None:
        self.notify(text, timeout=30, markup=False)


def _make_tally_row(tally: Tally, total: int, width: int) -> PageRow:
    target = NarrowList(tally.query) if tally.projects else None
    return _make_bar_row(tally.label, tally.projects, total, width, target)


def _make_bar_row(
    label: str, count: int, total: int, width: int, target: NarrowList | None = None
) -> PageRow:
    """Return a label, a count, its share, and the share as a bar."""
    share = count / total
    figures = f"{fit_label(label, _LABEL_WIDTH)} {count:>7,} {share:>5.0%} "
    blocks = draw_bar(share, width - measure_width(figures))
    style = "" if count else "$foreground-muted"
    return PageRow(
        Content.assemble((figures, style), (blocks, "$text-primary")), target
    )
