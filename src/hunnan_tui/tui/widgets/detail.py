"""The detail pane: one project as a card with tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from time import monotonic
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hunnan_tui.analysis.project_text import number_sources
from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.presenters.card import TABS, TITLES, build_card
from hunnan_tui.tui.presenters.card_parts import CardSubject, build_line
from hunnan_tui.tui.widgets.document_view import DocumentView

DRAW_DELAY = 0.05
"""Seconds that the cursor rests before the card is drawn.

Longer than the repeat of a held key, so that the card never slows the cursor down.
"""

GetSubject = Callable[[], CardSubject | None]


class TabBar(Widget):
    """The titles of the tabs in one line; a click opens a tab."""

    DEFAULT_CSS = """
    TabBar { height: 1; padding: 0 0 0 1; color: $text-muted; text-wrap: nowrap; }
    """
    counts: reactive[tuple[int, ...]] = reactive((0,) * len(TABS))
    """How much each tab has; 0 for what is not counted."""
    current: reactive[int] = reactive(0)

    class Clicked(Message):
        """A title was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def show(self, counts: dict[str, int]) -> None:
        """Show the titles, some with a count."""
        self.counts = tuple(counts.get(name, 0) for name in TABS)

    def render(self) -> Content:
        titles, gap = self._fit_titles()
        styled = [
            Content.styled(title, "bold underline $text")
            if index == self.current
            else Content(title)
            for index, title in enumerate(titles)
        ]
        return Content(" " * gap).join(styled)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        x, (titles, gap) = 0, self._fit_titles()
        for index, title in enumerate(titles):
            if offset is not None and x <= offset.x < x + measure_width(title):
                self.post_message(self.Clicked(index))
            x += measure_width(title) + gap

    def _fit_titles(self) -> tuple[tuple[str, ...], int]:
        """Return the titles, and the cells between them.

        The words never change; the counts go where there is no room for them.
        """
        width = self.content_size.width
        plain = tuple(map(_, TITLES))
        counted = tuple(
            f"{title} {count:,}" if count else title
            for title, count in zip(plain, self.counts, strict=True)
        )
        for titles, gap in ((counted, 2), (counted, 1), (plain, 1)):
            if sum(map(measure_width, titles)) + gap * (len(titles) - 1) <= width:
                break
        return titles, gap


class ProjectDetail(WorkerOwner, Vertical, can_focus=True):
    """Shows one project; the tab stays when another project is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", N_("Next fact"), show=False, id="detail.down"),
        Binding("k,up", "move(-1)", N_("Previous fact"), show=False, id="detail.up"),
        Binding(
            "ctrl+d",
            "page(0.5)",
            N_("Half a page down"),
            show=False,
            id="detail.page-down",
        ),
        Binding(
            "ctrl+u",
            "page(-0.5)",
            N_("Half a page up"),
            show=False,
            id="detail.page-up",
        ),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("g,home", "edge(-1)", N_("Top"), show=False, id="detail.top"),
        Binding("G,end", "edge(1)", N_("Bottom"), show=False, id="detail.bottom"),
        Binding("enter", "open", N_("Open"), show=False, id="detail.open"),
    ]
    TAUGHT: ClassVar[Mapping[str, str]] = {
        "sources.show": N_("Source"),
        "sources.open": N_("Open"),
        "share.copy": N_("Copy"),
        "detail.previous-tab detail.next-tab": N_("Tabs"),
        "pane.zoom": N_("Zoom"),
        "notes.edit": N_("Edit"),
        "notes.add": N_("Note"),
        "edit.undo": N_("Undo"),
    }

    tab: reactive[int] = reactive(0, init=False)
    """The index of the current tab in `TABS`."""

    _titles = query_one(TabBar)
    _view = query_one(DocumentView)

    class Opened(Message):
        """`enter` was pressed on a fact of the card; its name, empty for none."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._get_subject: GetSubject = lambda: None
        self._key: str | None = None
        """The project to show."""
        self._drawn_key: str | None = None
        """The project that is drawn."""
        self._subject: CardSubject | None = None
        self._draw_at = 0.0
        self._is_scheduled = False
        self._cursors: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        yield TabBar()
        yield DocumentView()

    def show(self, key: str | None, get_subject: GetSubject) -> None:
        """Show a project after a short delay; one that is shown stays scrolled.

        Args:
            key: Its key; None for no project.
            get_subject: Returns what to draw; called when it is drawn.
        """
        self._key, self._get_subject = key, get_subject
        self._draw_at = monotonic() + DRAW_DELAY
        if self._subject is None:
            self.draw_now()
        elif not self._is_scheduled:
            self._is_scheduled = True
            self._draw_after_delay()

    def draw_now(self) -> None:
        """Show the project now."""
        self._draw_at = 0.0
        subject = self._subject = self._get_subject()
        self._show_titles(subject)
        is_same = self._drawn_key == self._key
        self._drawn_key = self._key
        if subject is None:
            self._view.show(
                lambda styles: iter(
                    [build_line(_("No project is highlighted"), styles.muted)]
                )
            )
            return
        tab = TABS[self.tab]
        self._view.show(
            lambda styles: build_card(subject, styles, tab), keep_scroll=is_same
        )
        if self._view.is_active:
            self._view.go_to_first()

    @property
    def current_fact(self) -> str:
        """The name of the fact or source under the cursor; empty if there is none."""
        self._catch_up()
        return self._view.cursor

    @property
    def text(self) -> str:
        """What is shown, as plain text."""
        return self._view.text

    def scroll_lines(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self._view.scroll_lines(by)

    def cycle_tab(self, by: int) -> None:
        """Go to the next or the previous tab, cyclically."""
        self.tab = (self.tab + by) % len(TABS)

    @work(group="detail")
    async def _draw_after_delay(self) -> None:
        while (left := self._draw_at - monotonic()) > 0:
            await asyncio.sleep(left)
        self._is_scheduled = False
        if self._draw_at:  # `draw_now` was not called meanwhile
            self.draw_now()

    def _show_titles(self, subject: CardSubject | None) -> None:
        project = subject.project if subject else None
        self._titles.show(
            {"sources": len(number_sources(project)), "notes": len(project.notes)}
            if project
            else {}
        )

    def watch_tab(self, old: int, new: int) -> None:
        self._cursors[old] = self._view.cursor
        self._titles.current = new
        self._view.cursor = self._cursors.get(new, "")
        self._drawn_key = None
        self.draw_now()

    def _catch_up(self) -> None:
        """Draw a project that waits: a key acts on the project that the list is on."""
        if self._drawn_key != self._key:
            self.draw_now()

    def on_focus(self) -> None:
        self._catch_up()
        self._view.is_active = True

    def on_blur(self) -> None:
        self._view.is_active = False

    @on(TabBar.Clicked)
    def _go_to_tab(self, message: TabBar.Clicked) -> None:
        message.stop()
        self.tab = message.index

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2 and event.widget is self._view:
            self.action_open()

    def action_move(self, by: int) -> None:
        self._catch_up()
        self._view.move(by)

    def action_page(self, pages: float) -> None:
        self._catch_up()
        self._view.scroll_lines(self._view.size.height * pages)
        self._view.go_to_first()

    def action_edge(self, side: int) -> None:
        self._catch_up()
        if side < 0:
            self._view.scroll_home(animate=False, force=True, immediate=True)
            self._view.go_to_first()
        else:
            self._view.go_to_end()

    def action_open(self) -> None:
        self.post_message(self.Opened(self.current_fact))
