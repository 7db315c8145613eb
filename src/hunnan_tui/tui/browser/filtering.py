"""Follows the filter bar: its first hits at once, then all there is to say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter

from textual.messages import Update
from textual.widget import Widget

from hunnan_tui.config.query_history import save_query
from hunnan_tui.core.language import _
from hunnan_tui.query.language.ast import Compare, Node, Text, make_and
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.background.scheduling import FILTER
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.completions import Completions
from hunnan_tui.tui.presenters import facets, summary
from hunnan_tui.tui.widgets.filter_bar import DEBOUNCE

MANY = 20_000
"""Projects from which on the first hits of a filter are shown before all are found."""
_FIRST_HITS_SECONDS = 0.006
"""How long the first hits are looked for."""
_SLOW_SECONDS = 0.05
"""A filter that takes longer waits for a pause in typing."""


class Filtering:
    """Shows what is typed into the filter bar."""

    OPENS_BAR = frozenset({"filter.open", "filter.tag"})
    """The commands whose keys are text while the bar is open."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._completions = Completions(browser)
        self._pending: Query | None = None
        """The latest query, until all panes have followed it."""
        self.handlers: Mapping[str, Handler] = {
            "filter.open": browser.panes.bar.open,
            "filter.tag": partial(browser.panes.bar.open, "#"),
            "filter.clear": browser.use_default_view,
        }

    @property
    def is_settled(self) -> bool:
        """Whether all panes show what is typed: `tab` takes what the bar offers."""
        return self._pending is None and not self._browser.panes.bar.has_pending_change

    def follow(self, text: str) -> None:
        """Show what a text in the bar asks for."""
        started = perf_counter()
        browser, panes = self._browser, self._browser.panes
        query = browser.parse(text)
        changed: list[Widget] = []
        self._pending = query
        follow_up: Callable[[], object] = partial(self._follow_up, text, query)
        if query.has_error:  # of a half-typed query the last good list stays
            pass
        elif len(browser.projects) < MANY:
            browser.query = query
            browser.show_list()
            changed = [panes.list, panes.status]
            # the rest a frame later: the hits are what the reader waits for
        else:
            browser.query = query
            if self._show_first_hits():
                changed = [panes.list]
            browser.has_only_first_hits = True
            follow_up = partial(self._follow_first_hits, text, query)
        browser.screen.call_after_refresh(follow_up)
        for widget in changed:
            # in the frame of the letter; a widget's own refresh is a frame or two late
            browser.screen.post_message(Update(widget))
        panes.bar.debounce = DEBOUNCE if perf_counter() - started > _SLOW_SECONDS else 0

    def _show_first_hits(self) -> bool:
        """Show a screenful of hits, those around the cursor if it is further down."""
        browser = self._browser
        query = browser.sorted_query
        if query.group or not browser.index.first_hits.is_fast(query):
            return False
        hits, current = self._find_hits_in_sight(query)
        if not hits:
            return False
        browser.panes.list.make_row = browser.panes.make_row_builder()
        browser.panes.list.preview(hits, current)
        browser.current_key = browser.panes.list.current  # the reader has not moved it
        return True

    def _find_hits_in_sight(self, query: Query) -> tuple[list[str], str | None]:
        """Return what is going to be in sight, and where the cursor goes."""
        browser = self._browser
        index, target = browser.index, browser.cursor_target
        pane = browser.panes.list
        within = facets.apply_choice(index, index.everything, browser.choice)
        height = pane.height
        if not pane.scroll_offset.y:
            first = index.first_hits.find_first(
                query, within, height, _FIRST_HITS_SECONDS
            )
            if target in first or not index.first_hits.has(query, within, target or ""):
                return first, target
        line = pane.cursor_line
        if line is None or target is None or target not in browser.projects:
            return [], None
        above, below = index.first_hits.find_around(
            query, within, target, line, height, _FIRST_HITS_SECONDS
        )
        return above + below, (below or above[::-1] or [target])[0]

    def _follow_first_hits(self, text: str, query: Query) -> None:
        """Offer what could be typed next, and find the rest once hits are drawn."""
        if self._pending is query:
            self._pending = None  # leaving the bar finds the rest at once
        self._completions.offer(text, is_counted=False)
        find_all = partial(self._find_all, text, query)
        self._browser.run(find_all, FILTER, is_exclusive=True)

    async def _find_all(self, text: str, query: Query) -> None:
        """Find all hits of a large file while keys are answered, then show them."""
        browser = self._browser
        index = browser.index
        for _step in index.compute_mask_in_steps(query):
            await asyncio.sleep(0)
            if index is not browser.index or query is not browser.query:
                return  # something else is shown by now
        if query is browser.query:
            browser.show_list()
            self._follow_up(text, query)
            await self._completions.count(text)

    def _follow_up(self, text: str, query: Query) -> None:
        """Show the other panes of a query, and what could be typed next.

        The query in force is shown in all panes, even if a text with an error has been
        typed since.
        """
        browser, bar = self._browser, self._browser.panes.bar
        if self._pending is query:
            self._pending = None
        if query is browser.query:
            browser.show_surroundings()
        if text != bar.text:
            return
        if query.has_error:
            bar.show_message(summary.format_hint(query.problems), is_required=True)
        self._completions.offer(text, is_counted=len(browser.projects) < MANY)

    def find_named(self, typed: str) -> Sequence[str]:
        """Return the keys of the projects that have all the words in their names."""
        nodes: list[Node] = [
            Compare("name", ":", (Text(word),)) for word in typed.split()
        ]
        return self._browser.index.find_keys(Query(node=make_and(nodes)), wait=False)

    def remember(self, text: str) -> None:
        """Keep a query for later runs of the app."""
        save_query(self._browser.paths.state, text)

    async def show_examples(self) -> None:
        """Let one of some queries be tried, each with what it finds here."""
        from hunnan_tui.query.engine.examples import make_examples
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        browser = self._browser
        queries = make_examples(browser.workspace.dataset)
        masks = [
            browser.index.compute_mask(browser.parse(query), wait=False)
            for query, _description in queries
        ]
        options = [
            (query, summary.format_example(query, description, mask.bit_count()))
            for (query, description), mask in zip(queries, masks, strict=True)
        ]
        dialog = ChooseDialog(_("Examples"), options)
        chosen = await browser.app.push_screen_wait(dialog)
        if chosen is not None:
            browser.panes.bar.open(chosen)

    def leave_bar(self) -> None:
        """Give the keys to the list, with all hits in it."""
        self.find_rest()
        self._browser.screen.set_focus(self._browser.panes.list)

    def find_rest(self) -> None:
        """Show all hits, not only the first: the keys that follow act on them."""
        if self._browser.has_only_first_hits:
            self._browser.show()
