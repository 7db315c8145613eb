"""The tasks of today, on one page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.analysis.agenda import AgendaSection, build_agenda
from hunnan_tui.analysis.diff import Difference
from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.core.counts import join_words
from hunnan_tui.core.dates import format_weekday
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.losses import Offer, format_annotations
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    RowTarget,
    make_blank_row,
    make_heading_row,
    make_more_row,
)
from hunnan_tui.tui.pages.loading import LoadsContent
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.pages.row_text import (
    add_count,
    clean,
    fit_label,
    join_lines,
    mute,
)

_MAX_CHANGES = 50
"""Changed projects that are listed."""
_MIN_NAME_WIDTH = 20
_WHEN_WIDTH = 20
"""Cells of "2026-11-20 3 d ago"."""


_Content = tuple[Sequence[AgendaSection], Sequence[Offer]]


class AgendaPage(LoadsContent[_Content], ListPage):
    """Lists what is due, half-written, lost or changed; `enter` goes there."""

    HEADING = N_("My work")
    BUSY = N_("looking…")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v",
            "switch_owner",
            N_("Mine or everybody's"),
            id="work.owner",
            tooltip=N_("Your own tasks with what is nobody's, or those of everybody"),
        )
    ]

    def __init__(
        self,
        index: Index,
        today: date,
        silent_days: int,
        drafts: Sequence[Draft],
        since: Difference | None,
        read_offers: Callable[[], Sequence[Offer]] = list,
        *,
        owner: str = "",
        resume: Callable[[Draft], object],
        restore: Callable[[Offer], object],
    ) -> None:
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            today: The current day.
            silent_days: Days without news after which a watched project is listed.
            drafts: The half-written notes.
            since: What others have changed since the last visit.
            read_offers: Reads the texts that the file has lost from the disk.
            owner: Whose tasks are shown at first; empty for everybody's.
            resume: Goes on with a half-written note.
            restore: Asks what becomes of a text that the file has lost.
        """
        super().__init__()
        self._index, self._today, self._silent_days = index, today, silent_days
        self._drafts, self._since = drafts, since
        self._read_offers = read_offers
        self._resume, self._restore = resume, restore
        self._owner, self._is_for_all = owner, False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another view where it is known who asks."""
        if action == "switch_owner":
            return bool(self._owner)
        return super().check_action(action, parameters)

    def action_switch_owner(self) -> None:
        self._is_for_all = not self._is_for_all
        self._load()

    def use(self, index: Index, drafts: Sequence[Draft]) -> None:
        """Show what there is to do now; the cursor stays on its row."""
        self._index, self._drafts = index, drafts
        self._load()

    async def load(self) -> _Content:
        offers: Sequence[Offer] = ()
        try:
            offers = await asyncio.to_thread(self._read_offers)
        except HunnanError as error:
            self.notify(str(error), severity="warning", markup=False)
        parts = await asyncio.to_thread(
            build_agenda,
            self._index,
            self._today,
            self._silent_days,
            owner="" if self._is_for_all else self._owner,
        )
        return parts, offers

    def draw(self, content: _Content) -> None:
        subtitle = _("{weekday} {day}").format(
            weekday=format_weekday(self._today), day=self._today
        )
        if self._owner:
            name = _("everybody") if self._is_for_all else display_line(self._owner)
            subtitle += f" · {name}"
        rows = list(self._make_rows(*content, self.row_width))
        if not rows:
            nothing = _("nothing is due, open or half-written")
            subtitle += f" · {nothing}"
            hint = _(
                "{day} sets a day to come back, {need} a need, {watch} watches"
            ).format(
                day=name_key("plan.follow-up"),
                need=name_key("plan.needs"),
                watch=name_key("tags.watch"),
            )
            rows = [PageRow(Content(hint))]
        self.set_header(_(self.HEADING), mute(subtitle))
        self.show_rows(rows)

    def _make_rows(
        self, parts: Sequence[AgendaSection], offers: Sequence[Offer], width: int
    ) -> Iterator[PageRow]:
        width = self._measure_names(parts, offers, width)
        sections = [self._list_tasks(part, width) for part in parts if part.tasks]
        if offers:
            sections.insert(0, self._list_offers(offers, width))
        if self._drafts:
            sections.insert(0, self._list_drafts(width))
        if self._since:
            sections.append(_list_changes(self._since, width))
        for number, section in enumerate(sections):
            if number:
                yield make_blank_row()
            yield from section

    def _list_drafts(self, width: int) -> Iterator[PageRow]:
        title = _("Half-written notes ({count:,})").format(count=len(self._drafts))
        yield make_heading_row(title)
        for draft in self._drafts:
            target = partial(self._resume, draft)
            text = join_lines(draft.text)
            name = self._name_of(draft.key)
            yield _make_row(name, "", text, width, target, draft.key)

    def _list_offers(self, offers: Sequence[Offer], width: int) -> Iterator[PageRow]:
        title = _("Gone from the file, kept aside ({count:,})")
        yield make_heading_row(title.format(count=len(offers)))
        for offer in offers:
            target = partial(self._restore, offer)
            text = join_lines(format_annotations(offer.annotations))
            name = self._name_of(offer.key)
            yield _make_row(name, "", text, width, target, offer.key)

    def _list_tasks(self, part: AgendaSection, width: int) -> Iterator[PageRow]:
        query = NarrowList(part.query)
        yield make_heading_row(add_count(part.title, part.projects), query)
        for task in part.tasks:
            name, target = self._name_of(task.key), GoToProject(task.key)
            yield _make_row(name, task.when, task.what, width, target)
        if hidden := part.projects - len(part.tasks):
            text = _("… {count:,} more: enter lists all").format(count=hidden)
            yield PageRow(Content(text), query)

    def _measure_names(
        self, parts: Sequence[AgendaSection], offers: Sequence[Offer], width: int
    ) -> int:
        """Return the cells of the names: what the longest needs, at most half of all."""
        keys = [task.key for part in parts for task in part.tasks]
        keys += [draft.key for draft in self._drafts]
        keys += [offer.key for offer in offers]
        names = list(map(self._name_of, keys))
        if self._since:
            news = (*self._since.added, *(pair.new for pair in self._since.changed))
            names += map(name_briefly, news[:_MAX_CHANGES])
        longest = max(map(measure_width, map(clean, names)), default=0)
        return max(_MIN_NAME_WIDTH, min(longest, width // 2))

    def _name_of(self, key: str) -> str:
        project = self._index.dataset.projects.get(key)
        return name_briefly(project) if project else key


def _list_changes(since: Difference, width: int) -> Iterator[PageRow]:
    changes = [(each.key, name_briefly(each), _("new")) for each in since.added]
    changes += [
        (pair.new.key, name_briefly(pair.new), join_words(map(_name_key, pair.fields)))
        for pair in (*since.renamed, *since.changed)
    ]
    gone = [name_briefly(project) for project in since.gone]
    title = _("Changed since your last visit ({count:,})").format(
        count=len(changes) + len(gone)
    )
    yield make_heading_row(title, NarrowList("is:new,changed"))
    for key, name, what in changes[:_MAX_CHANGES]:
        yield _make_row(name, "", what, width, GoToProject(key))
    for name in gone[:_MAX_CHANGES]:
        yield _make_row(name, "", _("gone"), width, None)
    if len(changes) > _MAX_CHANGES:
        yield make_more_row(len(changes) - _MAX_CHANGES)


def _name_key(key: str) -> str:
    """Return what people call a key of the file; in English the word of the file."""
    return BY_KEY[key].label if is_chinese() and key in BY_KEY else key


def _make_row(
    name: str,
    when: str,
    what: str,
    name_width: int,
    target: RowTarget | None,
    key: str = "",
) -> PageRow:
    """Return the row of a name, perhaps a day, and what there is to do."""
    label = fit_label(name, name_width)
    day = f"{pad(display_line(when), _WHEN_WIDTH)} " if when else ""
    return PageRow(
        Content.assemble(label, " ", day, mute(clean(what))), target, key=key
    )
