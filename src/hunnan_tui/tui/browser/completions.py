"""What could be typed next in the filter bar, with counts that no key waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.background.scheduling import yield_to_keys
from hunnan_tui.tui.browser.base import Browser
from hunnan_tui.tui.presenters import facets, summary
from hunnan_tui.tui.widgets.completion_list import QueryReplacement
from hunnan_tui.tui.widgets.filter_bar import DEBOUNCE

if TYPE_CHECKING:
    from hunnan_tui.query.engine.completion import Completion

_AFTER_WORD = " ()|\t"
"""What ends a word: in the middle of one nothing is completed."""


class Completions:
    """Offers completions of the word that is being typed.

    Values are counted in what is shown without that word: the half of a name that is
    typed would leave only itself.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def offer(self, text: str, *, is_counted: bool) -> None:
        """Show the completions of the text in the bar, at once.

        Args:
            text: The text that was followed; another one by now is left alone.
            is_counted: Whether values are counted, which takes time in a large file.
        """
        from hunnan_tui.query.engine.completion import complete

        if not self._is_typed(text):
            return
        index, cursor = self._browser.index, self._browser.panes.bar.cursor
        within = self._count_within(index, text, cursor) if is_counted else None
        self._show(text, cursor, complete(text, cursor, index, within))

    async def count(self, text: str) -> None:
        """Show the completions with their counts, once nothing is typed for a moment."""
        from hunnan_tui.query.engine.completion import complete
        from hunnan_tui.query.engine.cooperative import set_pause

        await asyncio.sleep(DEBOUNCE)
        if not self._is_typed(text):
            return
        browser, cursor = self._browser, self._browser.panes.bar.cursor
        for _ in browser.index.compute_mask_in_steps(self._parse_rest(text, cursor)):
            await asyncio.sleep(0)
        within = self._count_within(browser.index, text, cursor)
        index = browser.copy_index()

        def count() -> Sequence[Completion]:
            with set_pause(yield_to_keys):
                return complete(text, cursor, index, within)

        counted = await asyncio.to_thread(count)
        if self._is_typed(text) and cursor == browser.panes.bar.cursor:
            self._show(text, cursor, counted)

    def _is_typed(self, text: str) -> bool:
        bar = self._browser.panes.bar
        is_at_end = bar.text[bar.cursor : bar.cursor + 1] in ("", *_AFTER_WORD)
        if text == bar.text and not (text and is_at_end):
            bar.show_completions(())
        return bool(text) and text == bar.text and is_at_end

    def _parse_rest(self, text: str, cursor: int) -> Query:
        """Return the query without the word that is being typed."""
        from hunnan_tui.query.engine.completion import find_typed_term

        start = find_typed_term(text, cursor)
        return self._browser.parse(text[:start] + text[cursor:])

    def _count_within(self, index: Index, text: str, cursor: int) -> int:
        """Return the projects among which values are counted."""
        browser, rest = self._browser, self._parse_rest(text, cursor)
        if rest.has_error:
            return browser.get_shown_mask()
        mask = index.compute_mask(rest, wait=False)
        return facets.apply_choice(index, mask, browser.choice)

    def _show(self, text: str, cursor: int, offered: Sequence[Completion]) -> None:
        bar = self._browser.panes.bar
        if len(offered) == 1 and text[offered[0].start : cursor] == offered[0].insert:
            offered = ()  # it is typed already
        lines = summary.format_completions(offered)
        bar.show_completions(
            [
                QueryReplacement(
                    text, completion.insert, completion.start, completion.end, line
                )
                for completion, line in zip(offered, lines, strict=True)
            ]
        )
