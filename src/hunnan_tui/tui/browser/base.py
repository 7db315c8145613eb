"""The main screen as its commands know it: its state, and the one way to change it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import Screen
from textual.worker import Worker

from hunnan_tui.config.dialog_state import DialogState, DialogStates, SaveDialogState
from hunnan_tui.config.paths import Paths
from hunnan_tui.config.query_history import load_queries
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.fields import FILE
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project, View
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.news import News
from hunnan_tui.query.language.ast import SortKey, list_values
from hunnan_tui.query.language.query import Query
from hunnan_tui.storage.workspace import Workspace, explain_lock
from hunnan_tui.tui.background.scheduling import ACTION
from hunnan_tui.tui.browser.commits import ProjectCommits
from hunnan_tui.tui.browser.pages import OpenPages
from hunnan_tui.tui.browser.panes import Panes
from hunnan_tui.tui.browser.preparation import IndexPreparation, is_prepared
from hunnan_tui.tui.browser.related import RelatedProjects
from hunnan_tui.tui.browser.state import Place
from hunnan_tui.tui.browser.target import TargetedState
from hunnan_tui.tui.browser.view_language import translate_view
from hunnan_tui.tui.presenters import facets, orders, summary
from hunnan_tui.tui.presenters.card_parts import CardSubject
from hunnan_tui.tui.presenters.found_words import collect_words
from hunnan_tui.tui.presenters.pane_widths import PaneWidths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.notifications import SeverityLevel

Work = Callable[[], Coroutine[None, None, None]]
Handler = Callable[[], Coroutine[None, None, None] | None]
"""Runs a command: at once, or in a worker if it is asynchronous."""


class Browser(TargetedState):
    """The state with its operations; each of them draws once what it has changed."""

    def __init__(
        self,
        screen: Screen[None],
        workspace: Workspace,
        session: Session,
        now: Callable[[], datetime],
        settings: Settings,
        paths: Paths,
        index: Index | None = None,
    ) -> None:
        """Start where a session ended.

        Args:
            screen: Shows it, and owns the workers.
            workspace: The open dataset.
            session: Where the dataset was left.
            now: The time.
            settings: What the user has set.
            paths: The folders of the user.
            index: An index of the dataset, if there is one already.
        """
        if index is None:
            index = Index(workspace.dataset)
        super().__init__(workspace, index, session, now, settings, paths)
        self.screen = screen
        self.panes = Panes(self, load_queries(paths.state))
        self.dialog_states = DialogStates(paths.dialogs, workspace.store.state_path)
        self.idle_lock = asyncio.Lock()
        """Held by work that can wait: one thread beside the screen is enough."""
        self.related = RelatedProjects(self, screen, self.idle_lock, self.show_detail)
        self.commits = ProjectCommits(
            workspace, screen, self.idle_lock, self.show_detail
        )
        self.preparation = IndexPreparation(self)
        self.pages = OpenPages(self)
        self.waits_for_pinyin = False
        """Whether the list is in another order until all pinyin is known."""
        self._is_collecting = self._is_due = False
        self._news = News()

    @property
    def app(self) -> App[Any]:
        """The app."""
        return self.screen.app

    def notify(
        self,
        message: str,
        *,
        severity: SeverityLevel = "information",
        timeout: float | None = None,
    ) -> None:
        """Show a message, which is never markup."""
        self.screen.notify(message, severity=severity, timeout=timeout, markup=False)

    def warn(self, messages: Iterable[str]) -> None:
        """Show what the reader must know, for a little longer."""
        for message in messages:
            self.notify(message, severity="warning", timeout=15)

    def run(
        self, work: Work, group: str = ACTION, *, is_exclusive: bool = False
    ) -> Worker[None]:
        """Run a coroutine function in a worker of the screen."""
        return self.screen.run_worker(work, group=group, exclusive=is_exclusive)

    # What is shown

    @contextmanager
    def draw_once(self) -> Iterator[None]:
        """Draw at the end what is changed inside, in one go."""
        self._is_collecting, self._is_due = True, False
        try:
            yield
        finally:
            self._is_collecting = False
            if self._is_due:
                self.show()

    def show(self) -> None:
        """Show what the query and the choice let through; the cursor stays."""
        if self._is_collecting:
            self._is_due = True
            return
        self.show_list()
        self.show_surroundings()

    def show_list(self) -> None:
        """Show the list, and how much is in it."""
        self.has_only_first_hits = False
        cursor = self.panes.list.current
        if self.panes.list.keys and cursor != self.current_key:
            # the reader has moved it, and the message that says so is still on its way
            self.current_key = self.cursor_target = cursor
        query = self.sorted_query
        self.matches = self.index.compute_mask(query, wait=False)
        shown = facets.apply_choice(self.index, self.matches, self.choice)
        self.waits_for_pinyin = not self.index.can_sort(query.sort)
        if self.waits_for_pinyin:
            query = replace(query, sort=())
            if self.workspace.is_complete:
                self.preparation.start(again=False)
        if self.workspace.dataset.files:
            self.workspace.store.choose_default(self._find_named_file())
        self.way = self.pages.way_to_list
        self.shown_keys = self.index.list_keys(shown, query.sort, query.group)
        self.places = self.index.place_parts(shown, query.sort, query.group)
        self.panes.draw_list(
            orders.build_headings(self.index, shown, query, self.fields),
            waits_for_pinyin=self.waits_for_pinyin,
        )
        self.current_key = self.panes.list.current
        self.totals = self.index.count_mask(shown, ()).all
        self.panes.draw_counts()

    def _find_named_file(self) -> str:
        """Return the file that the filter or the facet names alone; empty if none is."""
        chosen = {value for facet, value in self.choice if facet == FILE}
        files = list_values(self.query.node, FILE)
        named = [
            *chosen,
            *(name for name in self.workspace.dataset.files if name in files),
        ]
        return named[0] if len(named) == 1 else ""

    def show_surroundings(self) -> None:
        """Show what stands around the list and says more of it."""
        self.panes.draw_choice(self.typed_query)
        self.show_detail()

    def show_detail(self) -> None:
        """Show the current project in the detail."""
        self.panes.draw_detail(self._make_subject)

    def _make_subject(self) -> CardSubject | None:
        """Return what there is to say about the current project."""
        project = self.current_project
        if project is None:
            return None
        draft = self.workspace.drafts.get(project.key)
        matches = self.index.find_matches(self.query, project.key)
        return CardSubject(
            project,
            self.workspace.dataset,
            self.now().date(),
            draft=draft.text if draft else "",
            reasons=summary.format_reasons(matches),
            found=collect_words(matches),
            history=self.workspace.history.entries,
            related=self.related.find(project),
            commits=self.commits.find(project) if self.panes.shows_history else None,
            parts=self.index.find_parts(project.key),
            filled=self.filled_fields,
        )

    def show_changed(self, keys: Collection[str]) -> None:
        """Show that projects have other annotations than before."""
        was_prepared = is_prepared(self.index)
        self.index = self.index.update(self.workspace.dataset, keys)
        if was_prepared and not is_prepared(self.index):
            self.preparation.start()
        self.show()
        self.pages.renew()

    def show_reloaded(self) -> None:
        """Show a file that was read anew."""
        self.commits.forget()
        self.index = Index(self.workspace.dataset)
        self._tell_news(self.index)
        self.preparation.start()
        self._ask_again()
        self.panes.draw_saved()

    def show_news(self, news: News) -> None:
        """Let the filter know what others have changed."""
        self._news = news
        self._tell_news(self.index)
        text = self.query.text.casefold()
        if "is" in text or "是" in text:  # it may ask for them
            self._ask_again()

    def _tell_news(self, index: Index) -> None:
        index.use_news(lambda: self._news)

    def use_index(self, index: Index) -> None:
        """Show what an index has that was made before the latest edits."""
        changed = self.workspace.unsaved_keys
        dataset = self.workspace.dataset
        self.index = index.update(dataset, changed) if changed else index
        self._tell_news(self.index)
        if self.workspace.is_complete and not is_prepared(self.index):
            self.preparation.start()
        self._ask_again()

    def set_widths(self, widths: PaneWidths) -> None:
        """Give the panes other widths, also at the next start."""
        self.widths = widths
        self.panes.draw_widths()

    # What the reader asks for

    @property
    def typed_query(self) -> Query:
        """What the filter bar says; what it asks for is shown if that has no error."""
        text = self.panes.bar.text
        return self.query if text == self.query.text else self.parse(text)

    def ask(self, text: str) -> None:
        """Put a text into the filter bar, and show what it asks for."""
        if self._can_ask(text):
            self._ask(text)

    def _can_ask(self, text: str) -> bool:
        """Return whether a text can be asked; if not, show it with the reason.

        What is shown stays as it is, in all panes.
        """
        query, bar = self.parse(text), self.panes.bar
        if bar.text != self.query.text:
            bar.remember()  # it was not in force, but somebody typed it
        if query.has_error:
            bar.set_text(text)
            bar.show_message(summary.format_hint(query.problems), is_required=True)
        return not query.has_error

    def _ask(self, text: str) -> None:
        self.panes.bar.set_text(text)
        self.query = self.parse(text)
        self.show()

    def _ask_again(self) -> None:
        """Show what the filter bar asks for now that other projects are known."""
        typed = self.parse(self.panes.bar.text)
        if typed.has_error:
            problems = self.parse(self.query.text).problems
            typed = replace(self.query, problems=problems)
        self.query = typed
        self.show()
        self.pages.renew()

    def narrow(self, query: str) -> None:
        """Add terms to the text in the filter bar, and show what is left."""
        self.ask(orders.add_terms(self.query.text, query))
        self.panes.list.focus()

    def choose(self, choice: facets.Choice) -> None:
        """Choose other values of the facets."""
        self.choice = choice
        self.show()

    def order(self, sort: tuple[SortKey, ...]) -> None:
        """Give the list another order; one in the query is changed there."""
        if self.query.sort:
            self.ask(orders.replace_part(self.query, sort=sort))
            return
        self.sort = sort
        self.show()

    def use_view(self, view: View) -> None:
        """Show a view, unless its query has an error."""
        shown = translate_view(view, self.index, self.now().date())
        if self._can_ask(shown.query):
            self.pages.forget_way()
            self._show_view(shown)

    def _show_view(self, view: View) -> None:
        self.view, self.sort, self.choice, self.columns = view, (), frozenset(), ()
        self._ask(view.query)

    def use_default_view(self) -> None:
        """Show all projects."""
        self.use_view(View(""))

    @property
    def place(self) -> Place:
        """What the list shows, and where its cursor is."""
        return Place(
            self.query.text,
            self.sort,
            self.choice,
            self.columns,
            self.view,
            self.panes.list.current,
            self.panes.list.scroll_y,
        )

    def return_to(self, place: Place) -> None:
        """Show again what the list has shown."""
        with self.draw_once():
            self.sort, self.choice, self.columns = (
                place.sort,
                place.choice,
                place.columns,
            )
            self.view = place.view
            self._ask(place.query)
            self.current_key, self.cursor_target = self.panes.list.current, place.key
        self.panes.list.scroll_to(y=place.top, animate=False, force=True)
        self.panes.list.focus()

    def go_to(self, key: str) -> None:
        """Put the cursor on a project; the filter goes if it hides it."""
        with self.draw_once():
            if key not in self.panes.list.keys:
                columns = self.columns
                if self._can_ask(""):
                    self._show_view(View(""))
                self.columns = columns
            self.current_key, self.cursor_target = self.panes.list.current, key
            self.show()
        self.panes.list.focus()

    def follow_cursor(self, key: str | None) -> None:
        """Show the project that the reader moved the cursor to."""
        # the list may have been changed since
        if key != self.current_key and key == self.panes.list.current:
            self.current_key = self.cursor_target = key
            self.show_detail()

    def is_loading(self) -> bool:
        """Return whether the file is still being read, and say so."""
        if self.workspace.is_complete:
            return False
        self.notify(_("The file is still being read"))
        return True

    def refuses_edits(self) -> bool:
        """Return whether nothing is to be changed, and say so."""
        locked = self.workspace.store.locked
        if locked:
            self.notify(explain_lock(locked))
        return bool(locked)

    def get_shown_mask(self) -> int:
        """Return the projects that the list shows, as one number."""
        matches = self.index.compute_mask(self.query, wait=False)
        return facets.apply_choice(self.index, matches, self.choice)

    def copy_index(self) -> Index:
        """Return an index for another thread: one is for one thread at a time."""
        return self.index.update(self.workspace.dataset, ())

    def make_dialog_saver(
        self, kind: str, projects: Sequence[Project]
    ) -> SaveDialogState:
        """Return what keeps how a dialog on projects stands: typed, added, removed."""
        keys = tuple(project.key for project in projects)

        def save(
            typed: str, add: Sequence[str] = (), remove: Sequence[str] = (), /
        ) -> None:
            state = DialogState(kind, keys, typed, tuple(add), tuple(remove))
            self.dialog_states.save(state)

        return save
