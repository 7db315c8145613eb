"""A cursor over rows of any number, some of them under headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.presenters.list_lines import GroupHeading, ListLines

HEADER_HEIGHT = 1
"""Lines above the rows that do not scroll: the titles of the columns."""


class CursorList(ScrollView, can_focus=True):
    """Lines that scroll below a fixed one, and a cursor that skips headings.

    A subclass draws them, and reacts to the cursor in `handle_cursor_move`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j,down", "move(1)", N_("Next project"), show=False, id="projects.down"
        ),
        Binding(
            "k,up", "move(-1)", N_("Previous project"), show=False, id="projects.up"
        ),
        Binding(
            "pagedown", "page(1)", N_("Page down"), show=False, id="projects.page-down"
        ),
        Binding("pageup", "page(-1)", N_("Page up"), show=False, id="projects.page-up"),
        Binding(
            "ctrl+d",
            "page(0.5)",
            N_("Half a page down"),
            show=False,
            id="projects.half-down",
        ),
        Binding(
            "ctrl+u",
            "page(-0.5)",
            N_("Half a page up"),
            show=False,
            id="projects.half-up",
        ),
        Binding(
            "g,home", "edge(0)", N_("First project"), show=False, id="projects.first"
        ),
        Binding(
            "G,end", "edge(-1)", N_("Last project"), show=False, id="projects.last"
        ),
    ]

    IN_PLACE: ClassVar[frozenset[str]] = frozenset({"move", "page", "edge"})
    """Actions that only move the cursor: keys of a burst need not wait for each other."""

    index: reactive[int] = reactive(0, repaint=False)
    """The row of the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: Sequence[str] = ()
        self._lines = ListLines(0)
        self._is_new = True

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all rows, in order."""
        return self._keys

    @property
    def current(self) -> str | None:
        """The key under the cursor."""
        return self._keys[self.index] if 0 <= self.index < len(self._keys) else None

    def get_current_or_notify(self) -> str | None:
        """Return the key under the cursor; notify the reader if there is none."""
        if self.current is None:
            self.notify(_("No project is in the list"), markup=False)
        return self.current

    def set_rows(
        self,
        keys: Sequence[str],
        headings: Sequence[GroupHeading],
        key: str | None,
        *,
        is_preview: bool = False,
    ) -> None:
        """Replace the rows; in a scrolled list the cursor keeps its line on the screen.

        Args:
            keys: The rows.
            headings: The headings between them.
            key: Where the cursor goes; if it is not among the keys, to the nearest old
                row that is, first below and then above.
            is_preview: Whether these are only the visible rows: nothing scrolls.
        """
        index = _find_cursor(key, keys, self._keys, self.index)
        top = self.scroll_offset.y
        line = self.cursor_line if self._keys else None
        self._keys = keys
        self._lines = ListLines(len(keys), headings, blank=top if is_preview else 0)
        self.set_reactive(CursorList.index, index)
        self.refresh()
        if not is_preview:
            self.virtual_size = Size(0, max(1, len(self._lines)) + HEADER_HEIGHT)
            new_line = self._lines.find_line(index)
            # a list that is not scrolled stays so while that shows the cursor
            if line is not None and (top or new_line >= self.height):
                self.scroll_to(y=new_line - line, animate=False, force=True)
            self.scroll_to_cursor()
        self.handle_cursor_move()

    @property
    def cursor_line(self) -> int | None:
        """The visible line of the cursor, from 0; None when it is scrolled away."""
        line = self._lines.find_line(self.index) - self.scroll_offset.y
        return line if 0 <= line < self.height else None

    @property
    def height(self) -> int:
        """How many lines are visible below the titles."""
        return max(0, self.scrollable_content_region.height - HEADER_HEIGHT)

    def handle_cursor_move(self) -> None:
        """React to the cursor being on another row, or on other rows."""

    def validate_index(self, index: int) -> int:
        return max(0, min(index, len(self._keys) - 1))

    def watch_index(self, old: int, new: int) -> None:
        before = self.scroll_offset
        self.scroll_to_cursor()
        if self.scroll_offset == before:  # scrolling redraws everything
            self.refresh_line(self._lines.find_line(old) + HEADER_HEIGHT)
            self.refresh_line(self._lines.find_line(new) + HEADER_HEIGHT)
        self.handle_cursor_move()

    def find_row(self, y: int) -> int | None:
        """Return the index of the row on a line of the widget; None where there is none."""
        row = (
            self._lines.get_entry(y - HEADER_HEIGHT + self.scroll_offset.y)
            if y >= HEADER_HEIGHT
            else None
        )
        return row if isinstance(row, int) else None

    def action_move(self, by: int) -> None:
        self.index += by

    def action_page(self, pages: float) -> None:
        lines = self.height * pages
        self.index += int(lines) or (1 if pages > 0 else -1)

    def action_edge(self, end: int) -> None:
        self.index = end if end >= 0 else len(self._keys) - 1

    def scroll_to_cursor(self) -> None:
        """Scroll the cursor into view, with a heading that is right above it.

        The first time, and from more than a page away, it goes to the middle.
        """
        last = self._lines.find_line(self.index)
        first = last - 1 if self._lines.is_first_of_group(self.index) else last
        top, height = self.scroll_offset.y, self.height
        if not height or not self._keys:
            return
        is_far = self._is_new or first < top - height or last >= top + 2 * height
        self._is_new = False
        if top <= first and last < top + height:
            return
        if is_far:
            self.scroll_to(y=first - height // 2, animate=False, force=True)
            return
        # the titles cover the first visible line
        region = Region(0, first, 1, last - first + 1 + HEADER_HEIGHT)
        self.scroll_to_region(region, animate=False, force=True)


def _find_cursor(
    key: str | None, keys: Sequence[str], old_keys: Sequence[str], old_index: int
) -> int:
    """Return the index of a key, or of the old row nearest to the cursor that is left.

    Args:
        key: Where the cursor shall be.
        keys: The new rows.
        old_keys: The rows until now.
        old_index: The index of the cursor in them.
    """
    if key is None or not keys:
        return 0
    try:
        return keys.index(key)
    except ValueError:
        present = set(keys)
    below = islice(old_keys, old_index, None)
    last = min(old_index, len(old_keys)) - 1
    above = (old_keys[index] for index in range(last, -1, -1))
    for neighbours in (below, above):
        nearest = next((key for key in neighbours if key in present), None)
        if nearest is not None:
            return keys.index(nearest)
    return 0
