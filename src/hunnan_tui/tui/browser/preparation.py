"""Computes beside the screen what an index finds only after a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.background.scheduling import PINYIN

if TYPE_CHECKING:
    from hunnan_tui.tui.browser.base import Browser


class IndexPreparation:
    """Turns names into pinyin, then finds the fields of the user's own."""

    def __init__(self, browser: Browser) -> None:
        """Prepare what the browser shows."""
        self._browser = browser
        self._index: Index | None = None
        """The index that is being prepared, or was the last to be."""

    def start(self, *, again: bool = True) -> None:
        """Prepare the index in use, then show what that finds.

        Args:
            again: Whether to begin anew if this index has been begun already.
        """
        if again or self._index is not self._browser.index:
            self._browser.run(self._prepare, PINYIN, is_exclusive=True)

    async def _prepare(self) -> None:
        browser = self._browser
        self._index = browser.index
        # a cache has the pinyin
        if browser.waits_for_pinyin or not browser.index.has_pinyin:
            await asyncio.to_thread(browser.index.prepare_pinyin)
            if browser.query.text or browser.waits_for_pinyin:
                browser.show()
        index = browser.index
        own_fields = await asyncio.to_thread(index.find_own_fields)
        if index is browser.index and own_fields.get_facets():
            browser.panes.draw_choice(browser.typed_query)


def is_prepared(index: Index) -> bool:
    """Return whether an index has all that `IndexPreparation` computes."""
    return index.has_pinyin and index.known_own_fields is not None
