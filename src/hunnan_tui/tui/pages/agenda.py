"""What there is to do today, on one page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from textual import work
from textual.content import Content

from hunnan_tui.analysis.agenda import Part, Task, agenda
from hunnan_tui.analysis.diff import Difference
from hunnan_tui.core.cell_width import cut, pad
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.losses import Offer, format_annotations
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    blank_row,
    heading_row,
    more_row,
)
from hunnan_tui.tui.pages.results import (
    GoToProject,
    NarrowList,
    PageResult,
    RestoreOffer,
    ResumeDraft,
)

_LONGEST = 500
_CHANGES = 50
"""Changed projects that are listed."""
_WHEN = 20
"""Cells of "2026-11-20 3 d ago"."""


class AgendaPage(ListPage):
    """Gives the project to go to, the draft to resume, or terms for the list."""

    def __init__(
        self,
        index: Index,
        today: date,
        silent_days: int,
        drafts: Sequence[Draft],
        since: Difference | None,
        offers: Callable[[], Sequence[Offer]] = list,
    ) -> None:
        """Take what may have to be done.

        Args:
            index: What finds the projects; nobody else uses it.
            today: The day that counts.
            silent_days: After how many days without news a watched project is told.
            drafts: The half-written notes.
            since: What others have changed since the last visit.
            offers: Gives what is kept aside, read from the disk.
        """
        super().__init__()
        self._index, self._today, self._silent_days = index, today, silent_days
        self._drafts, self._since = drafts, since
        self._read_offers = offers
        self._offers: Sequence[Offer] = ()
        self._parts: tuple[Part, ...] | None = None

    def on_mount(self) -> None:
        self.set_header("My work", Content("looking…"))
        self._look()

    @work(exclusive=True, group="content")
    async def _look(self) -> None:
        """Look beside the screen: very many projects take a moment."""
        try:
            self._offers = await asyncio.to_thread(self._read_offers)
        except HunnanError as error:
            self.notify(str(error), severity="warning", markup=False)
        self._parts = await asyncio.to_thread(
            agenda, self._index, self._today, self._silent_days
        )
        self._show_parts()

    def on_resize(self) -> None:
        self._show_parts()

    def _show_parts(self) -> None:
        if self._parts is None:
            return
        said = f"{self._today:%A} {self._today}"
        lines = list(self._made(self._parts, self.row_width))
        if not lines:
            said += " · nothing is due, open or half-written"
            lines = [
                PageRow(Content("a sets a day to come back, N a need, w watches")),
            ]
        self.set_header("My work", Content.styled(said, "$foreground-muted"))
        self.show_rows(lines)

    def _made(self, parts: Sequence[Part], width: int) -> Iterator[PageRow]:
        sections = [self._part(part, width) for part in parts if part.tasks]
        if self._offers:
            sections.insert(0, self._kept_aside(width))
        if self._drafts:
            sections.insert(0, self._half_written(width))
        if self._since:
            sections.append(self._changed(self._since, width))
        for place, section in enumerate(sections):
            if place:
                yield blank_row()
            yield from section

    def _half_written(self, width: int) -> Iterator[PageRow]:
        yield heading_row(f"Half-written notes ({len(self._drafts):,})")
        for draft in self._drafts:
            text = " ".join(draft.text[:_LONGEST].split())
            yield _line(self._name_of(draft.key), "", text, width, ResumeDraft(draft))

    def _kept_aside(self, width: int) -> Iterator[PageRow]:
        yield heading_row(f"Gone from the file, kept aside ({len(self._offers):,})")
        for offer in self._offers:
            text = " ".join(format_annotations(offer.annotations)[:_LONGEST].split())
            name = self._name_of(offer.key)
            yield _line(name, "", text, width, RestoreOffer(offer))

    def _part(self, part: Part, width: int) -> Iterator[PageRow]:
        query = NarrowList(part.query)
        yield heading_row(f"{part.title} ({part.projects:,})", query)
        for task in part.tasks:
            yield _task(task, width)
        if part.projects > len(part.tasks):
            more = part.projects - len(part.tasks)
            yield more_row(more, "more: enter lists all", query)

    def _changed(self, since: Difference, width: int) -> Iterator[PageRow]:
        said = [(each.key, each.name, "new") for each in since.added]
        said += [
            (pair.new.key, pair.new.name, ", ".join(pair.fields))
            for pair in (*since.renamed, *since.changed)
        ]
        gone = [each.name for each in since.gone]
        yield heading_row(f"Changed since your last visit ({len(said) + len(gone):,})")
        for key, name, what in said[:_CHANGES]:
            yield _line(name, "", what, width, GoToProject(key))
        for name in gone[:_CHANGES]:
            yield _line(name, "", "gone", width, None)
        if len(said) > _CHANGES:
            yield more_row(len(said) - _CHANGES)

    def _name_of(self, key: str) -> str:
        project = self._index.dataset.projects.get(key)
        return project.name if project else key


def _task(task: Task, width: int) -> PageRow:
    return _line(task.name, task.when, task.what, width, GoToProject(task.key))


def _line(
    name: str, when: str, what: str, width: int, target: PageResult | None
) -> PageRow:
    """Return a name, perhaps a day, and what there is to do."""
    room = max(20, min(48, width // 2))
    label = pad(cut(display_line(name[:_LONGEST]), room), room)
    day = f"{pad(display_line(when), _WHEN)} " if when else ""
    text = display_line(what[:_LONGEST])
    return PageRow(
        Content.assemble(label, " ", day, (text, "$foreground-muted")), target
    )
