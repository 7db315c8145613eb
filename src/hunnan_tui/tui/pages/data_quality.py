"""How much is known of what is shown, how fresh it is, and how well it is sourced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from textual import work
from textual.content import Content

from hunnan_tui.analysis.data_quality import (
    FIELDS,
    Health,
    Tally,
    health,
)
from hunnan_tui.core.cell_width import cut, pad
from hunnan_tui.core.errors import Problem
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    blank_row,
    heading_row,
    more_row,
)
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.presenters.bars import bar

_LABEL = 32
_PROBLEMS = 200
"""Problems of the file that are listed."""


class DataQualityPage(ListPage):
    """Gives the terms to narrow the list by, or the project to go to."""

    def __init__(
        self, index: Index, mask: int, today: date, problems: Sequence[Problem]
    ) -> None:
        """Take what is counted.

        Args:
            index: What finds the projects; nobody else uses it.
            mask: Those that are counted.
            today: The day from which silence is counted back.
            problems: What is wrong in the file.
        """
        super().__init__()
        self._index, self._mask, self._today = index, mask, today
        self._problems = problems
        self._found: Health | None = None

    def on_mount(self) -> None:
        self.set_header("Data health", Content("counting…"))
        self._count()

    @work(exclusive=True, group="content")
    async def _count(self) -> None:
        """Count beside the screen: many projects take a second or two."""
        self._found = await asyncio.to_thread(
            health, self._index, self._mask, self._today
        )
        self._show_found()

    def on_resize(self) -> None:
        self._show_found()

    def _show_found(self) -> None:
        found = self._found
        if found is None:
            return
        if not found.projects:
            self.set_header(
                "Data health", Content("No project is shown: esc goes back")
            )
        else:
            which = (
                "1 project" if found.projects == 1 else f"{found.projects:,} projects"
            )
            said = f"{which} shown · {found.share:.0%} of {len(FIELDS)} fields stated"
            self.set_header("Data health", Content.styled(said, "$foreground-muted"))
        self.show_rows(self._made(found, self.row_width))

    def _made(self, found: Health, width: int) -> Iterator[PageRow]:
        total = found.projects
        if total:
            yield heading_row("Not stated (enter shows them)")
            yield from (_tally(each, total, width) for each in found.missing)
            yield from (blank_row(), heading_row("Nothing heard for"))
            yield from (_tally(each, total, width) for each in found.silent)
            yield from (blank_row(), heading_row("Sources"))
            yield from (_tally(each, total, width) for each in found.sourcing)
        if found.unknown_sources:
            yield from (
                blank_row(),
                heading_row("Sources that the file does not describe"),
            )
            yield from (_tally(each, total, width) for each in found.unknown_sources)
        if total:
            yield from (
                blank_row(),
                heading_row(f"Projects by fields stated, of {len(FIELDS)}"),
            )
            for number, count in reversed(list(enumerate(found.complete))):
                if count:
                    yield _bar(f"{number} of {len(FIELDS)}", count, total, width)
        if found.poorest:
            yield from (blank_row(), heading_row("What those lack that state least"))
            yield from (self._poor(*each, width) for each in found.poorest)
        if self._problems:
            yield from (
                blank_row(),
                heading_row(f"Problems of the file ({len(self._problems):,})"),
            )
            for problem in self._problems[:_PROBLEMS]:
                text = display_line(str(problem))
                yield PageRow(Content(text[:500]), partial(self._show_in_full, text))
            if len(self._problems) > _PROBLEMS:
                yield more_row(len(self._problems) - _PROBLEMS)

    def _poor(self, key: str, lacks: Sequence[str], width: int) -> PageRow:
        project = self._index.dataset.projects[key]
        room = max(_LABEL, width // 2)
        name = display_line((project.name or key)[:500])
        stated = len(FIELDS) - len(lacks)
        content = Content.assemble(
            pad(cut(name, room), room),
            f" {stated:>2} · ",
            (", ".join(lacks), "$foreground-muted"),
        )
        return PageRow(content, GoToProject(key))

    def _show_in_full(self, text: str) -> None:
        self.notify(text, timeout=30, markup=False)


def _tally(each: Tally, total: int, width: int) -> PageRow:
    target = NarrowList(each.query) if each.projects else None
    return _bar(each.label, each.projects, total, width, target)


def _bar(
    label: str, count: int, total: int, width: int, target: NarrowList | None = None
) -> PageRow:
    """Return a label, a count, its share, and the share as a bar."""
    share = count / total
    name = cut(display_line(label[:500]), _LABEL)
    figures = f"{pad(name, _LABEL)} {count:>7,} {share:>5.0%} "
    drawn = bar(share, width - len(figures))
    style = "" if count else "$foreground-muted"
    return PageRow(Content.assemble((figures, style), (drawn, "$text-primary")), target)
