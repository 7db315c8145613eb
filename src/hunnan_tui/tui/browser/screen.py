"""The main screen: owns what is shown and highlighted, and every change to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.query_history import load_queries
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import Level
from hunnan_tui.core.model import Project, View
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.query import Query
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.browser.agenda import WorkingScreen
from hunnan_tui.tui.browser.analysis import AnalysingScreen
from hunnan_tui.tui.browser.bindings import BROWSER_KEYS
from hunnan_tui.tui.browser.columns import ColumnsScreen
from hunnan_tui.tui.browser.comparison import ComparingScreen
from hunnan_tui.tui.browser.export import SharingScreen
from hunnan_tui.tui.browser.filtering import FilteringScreen, without_terms
from hunnan_tui.tui.browser.notes import NotingScreen
from hunnan_tui.tui.browser.planning import PlanningScreen
from hunnan_tui.tui.browser.saving import POLL_SECONDS
from hunnan_tui.tui.browser.sources import CitingScreen
from hunnan_tui.tui.browser.tags import TaggingScreen
from hunnan_tui.tui.dialogs.help import show_key_help
from hunnan_tui.tui.presenters import (
    facets,
    list_fields,
    orders,
    summary,
)
from hunnan_tui.tui.presenters.card import Subject
from hunnan_tui.tui.presenters.names import stage_width
from hunnan_tui.tui.presenters.rows import RowMaker
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.filter_bar import FilterBar
from hunnan_tui.tui.widgets.footer import KeyFooter
from hunnan_tui.tui.widgets.project_list import ProjectList
from hunnan_tui.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from hunnan_tui.tui.background.dataset_loader import Reading

PINYIN_SECONDS = 0.3
"""When names are turned into pinyin: after the first screen is there."""
_NO_SETTINGS = Settings()
_NO_PATHS = Paths()


class BrowserScreen(
    WorkingScreen,
    TaggingScreen,
    NotingScreen,
    PlanningScreen,
    FilteringScreen,
    ColumnsScreen,
    CitingScreen,
    AnalysingScreen,
    ComparingScreen,
    SharingScreen,
):
    """Industries, projects and one project's detail, below a filter bar."""

    BINDINGS: ClassVar[list[BindingType]] = BROWSER_KEYS

    _facets = query_one(FacetList)
    _detail = query_one(ProjectDetail)

    def __init__(
        self,
        workspace: Workspace,
        session: Session,
        now: Callable[[], datetime],
        messages: Sequence[str] = (),
        settings: Settings = _NO_SETTINGS,
        paths: Paths = _NO_PATHS,
        reading: Reading | None = None,
    ) -> None:
        super().__init__(workspace, now, settings, paths, reading)
        self._messages = messages
        begun = reading.latest if reading else None
        self._index = begun[1] if begun else Index(workspace.dataset)
        begun_with = self._parsed(session.query)
        self._query = without_terms(begun_with) if begun_with.has_error else begun_with
        self._sort = orders.known(session.sort)
        self._choice = facets.known(session.choice)
        self._columns = list_fields.known(session.columns)
        self._view = View(*session.view)
        self._found = 0
        """What the query lets through, whatever is chosen in the facets."""
        self._counted = Count()
        self._sounding: Index | None = None
        """The index whose names are turned into pinyin, or have been."""
        self._wanted = session.current or None

    def compose(self) -> ComposeResult:
        yield StatusLine()
        yield FilterBar(self._query.text, history=load_queries(self._paths.state))
        with Horizontal(id="panes"):
            yield FacetList(id="facets")
            yield ProjectList(id="projects")
            yield ProjectDetail(id="detail")
        yield KeyFooter()

    @property
    def _current_project(self) -> Project | None:
        return self.projects.get(self._list.current or "")

    @property
    def _marked(self) -> frozenset[str]:
        return self._list.marked

    @property
    def session(self) -> Session:
        """Where the reader is."""
        return Session(
            self._query.text,
            tuple((key.field, key.descending) for key in self._sort),
            tuple(sorted(self._choice)),
            (self._view.name, self._view.query),
            self._current or "",
            self._columns,
        )

    def on_mount(self) -> None:
        self._facets.border_title = Content("1 Industries")
        self._detail.border_title = Content("3 Detail")
        self._list.focus()
        self._show()
        self._show_saved()
        self._tell(self._messages)
        if not self._workspace.is_complete:
            self._read_rest()
        elif self._workspace.status.unsaved:  # recovered
            self._save()
        if self._workspace.is_complete:
            self.set_timer(PINYIN_SECONDS, self._prepare_pinyin)
            self.set_timer(PINYIN_SECONDS, self._tell_since)
            self.set_timer(PINYIN_SECONDS, self._tell_lost)
            self._take_up_unfinished()
        self.set_interval(POLL_SECONDS, self._look_outside)

    @work(group="pinyin", exclusive=True)
    async def _prepare_pinyin(self) -> None:
        """Find out how names sound, beside the screen; then find what it finds."""
        self._sounding = self._index
        await asyncio.to_thread(self._index.prepare_pinyin)
        if self._query.text or self._sort:
            self._show()

    def _show(self) -> None:
        """Show what the query and the choice let through; the cursor stays."""
        self._show_hits()
        self._show_around()

    def _show_hits(self) -> None:
        """Show the list and how much is in it."""
        self._is_finding = False
        if self._list.keys and self._list.current != self._current:
            # the reader has moved it, and what tells of that is still on its way
            self._current = self._wanted = self._list.current
        dataset = self._workspace.dataset
        sort = self._query.sort or self._sort
        query = replace(self._query, sort=sort)
        found = self._index.mask(query, wait=False)
        shown = facets.lets_through(self._index, found, self._choice)
        can_sort = self._index.can_sort(sort)
        if not can_sort:
            query = replace(query, sort=())
            if self._workspace.is_complete and self._sounding is not self._index:
                self._prepare_pinyin()
        self._found = found
        self._shown = self._index.listed(shown, query.sort, query.group)
        if not self._shown:
            labels = facets.Labels(self._index)
            chosen = [labels.of(*each) for each in sorted(self._choice)]
            self._list.empty_message = summary.nothing_found(
                dataset, self._query.text, chosen
            )
        self._list.make_row = self._row_maker()
        self._list.stage_width = stage_width(
            each.name for each in dataset.stages.values()
        )
        self._list.columns = tuple(list_fields.COLUMNS[each] for each in self._fields)
        first_key = (sort or (orders.DEFAULT,))[0]
        self._list.sort = (first_key.field, first_key.descending)
        self._list.border_title = Content(self._list_title(sort, is_due=not can_sort))
        first = self._shown[0] if self._shown else None
        self._list.show(
            self._shown,
            current=self._wanted or first,
            headings=orders.headings(self._index, shown, query),
        )
        self._current = self._list.current
        self._counted = self._index.counted(shown, ()).all
        self._show_counts()

    def _row_maker(self) -> RowMaker:
        today = self._now().date()
        drafted = self._drafted()
        return RowMaker(self._index, self._query, drafted, self._fields, today)

    def _show_around(self) -> None:
        """Show what stands beside the list and says more of it."""
        labels = facets.Labels(self._index)
        sections = facets.sections(self._index, self._found, self._choice, labels)
        self._facets.show(sections, self._choice)
        chips = [(each, labels.of(*each)) for each in sorted(self._choice)]
        typed = self._typed
        hint = summary.hint(typed.problems)
        self._bar.show_chips(chips, hint, is_needed=typed.has_error)
        self._show_detail()

    def _list_title(self, sort: Sequence[SortKey], *, is_due: bool) -> str:
        name = display_line(self._view.name)
        if name and self._query.text != self._view.query:
            name += "*"  # it has been changed since it was picked
        order = "sorting by pinyin…" if is_due else orders.label(sort)
        return " · ".join(filter(None, ("2 Projects", name, order)))

    def _show_counts(self) -> None:
        visible = self._marked.intersection(self._shown) if self._marked else ()
        counts = summary.counts(
            self._workspace.dataset,
            self._counted,
            marked=len(self._marked),
            marked_shown=len(visible),
            problems=sum(p.level is not Level.NOTE for p in self._workspace.problems),
            read=self._read_share,
        )
        self._status.show_counts(summary.title(self._workspace.dataset), counts)

    def _show_detail(self) -> None:
        self._detail.show(self._current, self._about_current)

    def _about_current(self) -> Subject | None:
        """Return what there is to say about the current project."""
        project = self._current_project
        if project is None:
            return None
        draft = self._workspace.drafts.get(project.key)
        return Subject(
            project,
            self._workspace.dataset,
            self._now().date(),
            draft=draft.text if draft else "",
            reasons=summary.reasons(self._index.why(self._query, project.key)),
            history=self._workspace.history.entries,
            related=self._related(project),
        )

    def _show_saved(self) -> None:
        store = self._workspace.store
        self._status.show_saved(
            summary.saved(
                self._workspace.status,
                store.why_read_only(),
                store.notes.name if store.notes else "",
                self._unreadable,
            )
        )

    def _show_changed(self, keys: Collection[str]) -> None:
        """Show that projects have other annotations than before."""
        self._index = self._index.updated(self._workspace.dataset, keys)
        self._show()

    def _parsed(self, text: str) -> Query:
        return self._index.parse(text, today=self._now().date())

    def _drafted(self) -> frozenset[str]:
        return frozenset(draft.key for draft in self._workspace.drafts.list_all())

    @on(ProjectList.Highlighted)
    def _follow_highlight(self, message: ProjectList.Highlighted) -> None:
        # the list may have been changed since
        if message.key != self._current and message.key == self._list.current:
            self._current = self._wanted = message.key
            self._show_detail()

    @on(ProjectList.Selected)
    def _open_detail(self) -> None:
        self.add_class("-detail")
        self._detail.focus()

    @on(ProjectList.Marked)
    def _follow_marks(self) -> None:
        self._show_counts()

    @on(FilterBar.ChipRemoved)
    def _unchoose(self, message: FilterBar.ChipRemoved) -> None:
        self._choose(self._choice - {message.id})

    @on(FacetList.Chosen)
    def _follow_choice(self, message: FacetList.Chosen) -> None:
        others = frozenset(each for each in self._choice if each[0] != message.facet)
        if message.value is None:
            self._choose(others)
        else:
            self._choose(self._choice ^ {(message.facet, message.value)})

    def _choose(self, choice: facets.Choice) -> None:
        self._choice = choice
        self._show()

    @on(ProjectList.SortRequested)
    def _order_by_title(self, message: ProjectList.SortRequested) -> None:
        self._order(orders.sorted_by(message.field, self._query.sort or self._sort))

    def _use_view(self, view: View) -> None:
        if not self._can_ask(view.query):
            return
        self._view, self._sort, self._choice, self._columns = view, (), frozenset(), ()
        self._ask(view.query)

    def _narrow(self, query: str) -> None:
        """Add terms to what is typed in the filter bar, and show what is left."""
        self._ask(orders.with_terms(self._query.text, query))
        self._list.focus()

    def go_to(self, key: str) -> None:
        """Put the cursor on a project; the filter goes if it hides it."""
        if key not in self._list.keys:
            columns = self._columns
            self.action_clear_all()
            self._columns = columns
        self._current, self._wanted = self._list.current, key
        self._show()
        self._list.focus()

    def action_back(self) -> None:
        """Go one step back: pane, marks, filter, choice; never out of the app."""
        if self.has_class("-facets", "-zoom") or self.has_class("-detail"):
            self.remove_class("-facets", "-zoom", "-detail")
            self._list.focus()
        elif self.focused is not self._list:
            self._list.focus()
        elif self._list.is_marking:
            self._list.unmark()
            self._show_counts()
        elif self._bar.text or self._query.text:
            self._ask("")
        elif self._choice:
            self._choose(frozenset())

    def action_pane(self, name: str) -> None:
        self.set_class(name == "facets", "-facets")
        self.set_class(name == "detail", "-detail")
        self.query_one(f"#{name}", Widget).focus()

    def action_step(self, by: int) -> None:
        panes = ("facets", "projects", "detail")
        focused = self.focused.id if self.focused else ""
        place = panes.index(focused) if focused in panes else 1
        self.action_pane(panes[max(0, min(place + by, len(panes) - 1))])

    def action_scroll_detail(self, by: int) -> None:
        self._detail.scroll_lines(by * 3)

    def action_zoom(self) -> None:
        self.toggle_class("-zoom")

    @work
    async def action_help(self) -> None:
        await show_key_help(self)

    def _use_index(self, index: Index) -> None:
        """Show what an index has that was made before the latest edits."""
        changed = self._workspace.unsaved_keys
        dataset = self._workspace.dataset
        self._index = index.updated(dataset, changed) if changed else index
        if self._workspace.is_complete and not index.has_pinyin:
            self._prepare_pinyin()
        self._ask_again()

    def _show_reloaded(self) -> None:
        self._index = Index(self._workspace.dataset)
        self._prepare_pinyin()
        self._ask_again()
        self._show_saved()
