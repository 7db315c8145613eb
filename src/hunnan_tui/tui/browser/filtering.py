"""What is typed into the filter bar: its first hits at once, then all there is to say."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from textual import events, on, work
from textual.content import Content
from textual.getters import query_one
from textual.messages import Update
from textual.widget import Widget

from hunnan_tui.config.query_history import save_query
from hunnan_tui.query.language.ast import (
    Compare,
    Node,
    Text,
    conjunction,
)
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.browser.views import ViewingScreen
from hunnan_tui.tui.presenters import facets, summary
from hunnan_tui.tui.presenters.rows import RowMaker
from hunnan_tui.tui.widgets.filter_bar import (
    DEBOUNCE,
    Completion,
    FilterBar,
    FilterInput,
)
from hunnan_tui.tui.widgets.project_list import ProjectList
from hunnan_tui.tui.widgets.status_line import StatusLine

MANY = 20_000
"""Projects from which on the first hits of a filter are shown before all are found."""
_SOON = 0.006
"""Seconds in which the first hits are looked for."""
_LONG = 0.05
"""Seconds of a filter from which on it waits for a pause in typing."""


def without_terms(query: Query) -> Query:
    """Return what is in force while there was no good query before one with an error."""
    return Query(query.text, problems=query.problems)


class FilteringScreen(ViewingScreen):
    """Follows the filter bar."""

    _status = query_one(StatusLine)
    _bar = query_one(FilterBar)
    _list = query_one(ProjectList)
    _is_finding = False
    """Whether the list has but the first of what a filter lets through."""
    _unfollowed: Query | None = None
    """The latest query, as long as the screen does not follow it yet."""
    _wanted: str | None = None
    """Where the reader put the cursor: it comes back there when the list does."""

    def _show_hits(self) -> None:
        """Show the list and how much is in it."""
        raise NotImplementedError

    def _show_around(self) -> None:
        """Show what stands beside the list and says more of it."""
        raise NotImplementedError

    def _row_maker(self) -> RowMaker:
        """Return what makes the rows of the list."""
        raise NotImplementedError

    def _parsed(self, text: str) -> Query:
        """Return what a text asks for, with everything there is to say about it."""
        raise NotImplementedError

    @property
    def is_settled(self) -> bool:
        """Whether the screen has followed what is typed: `tab` takes what it offers."""
        return self._unfollowed is None and not self._bar.has_pending_change

    @property
    def _typed(self) -> Query:
        """What the filter bar says; what it asks for is shown if that has no error."""
        text = self._bar.text
        return self._query if text == self._query.text else self._parsed(text)

    def _can_ask(self, text: str) -> bool:
        """Return whether a text can be asked; if not, show it with the reason.

        What is shown stays as it is, in all panes.
        """
        query = self._parsed(text)
        if self._bar.text != self._query.text:
            self._bar.remember()  # it was not in force, but somebody typed it
        if query.has_error:
            self._bar.set_text(text)
            self._bar.show_message(summary.hint(query.problems), is_needed=True)
        return not query.has_error

    def _ask(self, text: str) -> None:
        """Put a text into the filter bar, and show what it asks for."""
        if self._can_ask(text):
            self._bar.set_text(text)
            self._query = self._parsed(text)
            self._show()

    def _ask_again(self) -> None:
        """Show what the filter bar asks for now that other projects are known."""
        typed = self._parsed(self._bar.text)
        if typed.has_error:
            problems = self._parsed(self._query.text).problems
            typed = replace(self._query, problems=problems)
        self._query = typed
        self._show()

    @on(FilterBar.Changed)
    def _filter(self, message: FilterBar.Changed) -> None:
        started = perf_counter()
        query = self._parsed(message.text)
        changed: list[Widget] = []
        self._unfollowed = query
        if query.has_error:  # of a half-typed query the last good list stays
            self.call_after_refresh(self._follow_filter, message.text, query)
        elif len(self._workspace.dataset.projects) < MANY:
            self._query = query
            self._show_hits()
            changed = [self._list, self._status.counts]
            # a frame later: the hits are what the reader waits for
            self.call_after_refresh(self._follow_filter, message.text, query)
        else:
            self._query = query
            if self._show_first_hits():
                changed = [self._list]
            self._is_finding = True
            self._unfollowed = None  # leaving the bar finds the rest at once
            # the first ones are drawn before
            self.call_after_refresh(self._find_all, message.text, query)
        for each in changed:
            # in the frame of the letter; what asks for itself is a frame or two late
            self.post_message(Update(each))
        self._bar.debounce = DEBOUNCE if perf_counter() - started > _LONG else 0

    def _show_first_hits(self) -> bool:
        """Show a screenful of hits, those around the cursor if it is further down."""
        query = replace(self._query, sort=self._query.sort or self._sort)
        if query.group or not self._index.can_tell_first(query):
            return False
        hits, current = self._hits_in_sight(query)
        if not hits:
            return False
        self._list.make_row = self._row_maker()
        self._list.preview(hits, current)
        self._current = self._list.current  # it was not the reader who moved it
        return True

    def _hits_in_sight(self, query: Query) -> tuple[list[str], str | None]:
        """Return what is going to be in sight, and where the cursor goes."""
        index, wanted = self._index, self._wanted
        within = facets.lets_through(index, index.everything, self._choice)
        height = self._list.height
        if not self._list.scroll_offset.y:
            first = index.first(query, within, height, _SOON)
            if wanted in first or not index.has(query, within, wanted or ""):
                return first, wanted
        line = self._list.cursor_line
        known = self._workspace.dataset.projects
        if line is None or wanted is None or wanted not in known:
            return [], None
        above, below = index.around(query, within, wanted, line, height, _SOON)
        return above + below, (below or above[::-1] or [wanted])[0]

    @work(group="filter", exclusive=True)
    async def _find_all(self, text: str, query: Query) -> None:
        """Find all hits of a large file while keys are answered, then show them."""
        index = self._index
        for _ in index.steps(query):
            await asyncio.sleep(0)
            if index is not self._index or query is not self._query:
                return  # something else is shown by now
        if query is self._query:
            self._show_hits()
            self._follow_filter(text, query)

    def _follow_filter(self, text: str, query: Query) -> None:
        """Show what else there is to say about a filter.

        What is in force is shown in all panes, also when more has been typed since that
        makes no sense.
        """
        if self._unfollowed is query:
            self._unfollowed = None
        if query is self._query:
            self._show_around()
        if text != self._bar.text:
            return
        from hunnan_tui.query.engine.completion import complete

        completions = (
            complete(text, len(text), self._index, self._shown) if text else []
        )
        word = summary.hint(query.problems) if query.has_error else None
        if completions:
            first = completions[0]
            offer = Completion(text, first.insert, first.start, first.end)
            more = summary.completions(completions)
            parts = [each for each in (word, more) if each]
            shown = Content("  ").join(parts)
            self._bar.show_message(shown, offer, is_needed=query.has_error)
        elif word:
            self._bar.show_message(word, is_needed=True)

    def find_named(self, typed: str) -> Sequence[str]:
        """Return the keys of the projects that have all the words in their names."""
        nodes: list[Node] = [
            Compare("name", ":", (Text(word),)) for word in typed.split()
        ]
        return self._index.keys(Query(node=conjunction(nodes)), wait=False)

    @on(FilterBar.Remembered)
    def _keep_query(self, message: FilterBar.Remembered) -> None:
        save_query(self._paths.state, message.text)

    @on(FilterInput.ExamplesRequested)
    @work
    async def _show_examples(self) -> None:
        """Let one of some queries be tried, each with what it finds here."""
        from hunnan_tui.query.engine.examples import examples
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        made = examples(self._workspace.dataset)
        masks = [self._index.mask(self._parsed(query), wait=False) for query, _ in made]
        options = [
            (query, summary.example(query, what, mask.bit_count()))
            for (query, what), mask in zip(made, masks, strict=True)
        ]
        chosen = await self.app.push_screen_wait(ChooseDialog("Examples", options))
        if chosen is not None:
            self._bar.open(chosen)

    @on(FilterBar.Submitted)
    @on(FilterBar.Left)
    def _leave_bar(self) -> None:
        self._find_rest()
        self.set_focus(self._list)

    @on(events.DescendantBlur)
    def _find_rest(self) -> None:
        """Show all hits when the bar is left: the keys that follow act on them."""
        if self._is_finding:
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the signs that open the filter bar to it while it is typed in."""
        del parameters
        return not (action in ("filter", "filter_tag") and self._bar.is_open)

    def action_filter(self) -> None:
        self._bar.open()

    def action_filter_tag(self) -> None:
        self._bar.open("#")
