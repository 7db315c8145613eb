"""A cursor over rows of any number, some of them under headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from hunnan_tui.tui.presenters.list_lines import Heading, Lines

TOP = 1
"""Lines above the rows that do not scroll: the titles of the columns."""


class CursorList(ScrollView, can_focus=True):
    """Lines that scroll below a fixed one, and a cursor that skips headings.

    A child draws them, and says in `cursor_moved` what a cursor elsewhere means.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Next project", show=False, id="projects.down"),
        Binding("k,up", "move(-1)", "Previous project", show=False, id="projects.up"),
        Binding(
            "pagedown", "page(1)", "Page down", show=False, id="projects.page-down"
        ),
        Binding("pageup", "page(-1)", "Page up", show=False, id="projects.page-up"),
        Binding(
            "ctrl+d",
            "page(0.5)",
            "Half a page down",
            show=False,
            id="projects.half-down",
        ),
        Binding(
            "ctrl+u", "page(-0.5)", "Half a page up", show=False, id="projects.half-up"
        ),
        Binding("g,home", "edge(0)", "First project", show=False, id="projects.first"),
        Binding("G,end", "edge(-1)", "Last project", show=False, id="projects.last"),
    ]

    IN_PLACE: ClassVar[frozenset[str]] = frozenset({"move", "page", "edge"})
    """Actions that only move the cursor: those of a burst may follow at once."""

    index: reactive[int] = reactive(0, repaint=False)
    """The row of the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: Sequence[str] = ()
        self._lines = Lines(0)
        self._is_new = True

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all rows, in order."""
        return self._keys

    @property
    def current(self) -> str | None:
        """The key under the cursor."""
        return self._keys[self.index] if 0 <= self.index < len(self._keys) else None

    def current_or_notify(self) -> str | None:
        """Return the key under the cursor; say so if there is none."""
        if self.current is None:
            self.notify("No project is in the list", markup=False)
        return self.current

    def put(
        self,
        keys: Sequence[str],
        headings: Sequence[Heading],
        wanted: str | None,
        *,
        is_part: bool = False,
    ) -> None:
        """Take other rows, the cursor on the wanted one or the nearest below it.

        It keeps its line on the screen, where the list is scrolled.

        Args:
            keys: The rows.
            headings: What stands between them.
            wanted: Where the cursor goes.
            is_part: Whether these are but those that are in sight: nothing scrolls.
        """
        place = _place(wanted, keys, self._keys, self.index)
        top = self.scroll_offset.y
        line = self.cursor_line if self._keys else None
        self._keys = keys
        self._lines = Lines(len(keys), headings, blank=top if is_part else 0)
        self.set_reactive(CursorList.index, place)
        self.refresh()
        if not is_part:
            self.virtual_size = Size(0, max(1, len(self._lines)) + TOP)
            above = self._lines.of_row(place)
            # what begins at the top goes on so, as long as the cursor is in sight there
            if line is not None and (top or above >= self.height):
                self.scroll_to(y=above - line, animate=False, force=True)
            self.scroll_to_cursor()
        self.cursor_moved()

    @property
    def cursor_line(self) -> int | None:
        """The line of the cursor in sight, from 0; None where it is out of sight."""
        line = self._lines.of_row(self.index) - self.scroll_offset.y
        return line if 0 <= line < self.height else None

    @property
    def height(self) -> int:
        """How many lines are in sight below the titles."""
        return max(0, self.scrollable_content_region.height - TOP)

    def cursor_moved(self) -> None:
        """Act on the cursor's being elsewhere."""

    def validate_index(self, index: int) -> int:
        return max(0, min(index, len(self._keys) - 1))

    def watch_index(self, old: int, new: int) -> None:
        before = self.scroll_offset
        self.scroll_to_cursor()
        if self.scroll_offset == before:  # else everything is drawn anew
            self.refresh_line(self._lines.of_row(old) + TOP)
            self.refresh_line(self._lines.of_row(new) + TOP)
        self.cursor_moved()

    def row_at(self, y: int) -> int | None:
        """Return the row that stands on a line of the widget; None if none does."""
        row = self._lines.at(y - TOP + self.scroll_offset.y) if y >= TOP else None
        return row if isinstance(row, int) else None

    def action_move(self, by: int) -> None:
        self.index += by

    def action_page(self, pages: float) -> None:
        lines = self.height * pages
        self.index += int(lines) or (1 if pages > 0 else -1)

    def action_edge(self, place: int) -> None:
        self.index = place if place >= 0 else len(self._keys) - 1

    def scroll_to_cursor(self) -> None:
        """Bring the cursor into sight, with the heading right above it.

        At the start, and from further away than the next page, into the middle.
        """
        last = self._lines.of_row(self.index)
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
        # the titles lie over the first line in sight
        region = Region(0, first, 1, last - first + 1 + TOP)
        self.scroll_to_region(region, animate=False, force=True)


def _place(
    wanted: str | None, keys: Sequence[str], old: Sequence[str], place: int
) -> int:
    """Return the row for the cursor in a new list.

    Args:
        wanted: The project that it shall be on.
        keys: The new list.
        old: The list before; the nearest project around the cursor is taken from it.
        place: The row of the cursor in it.
    """
    if wanted is None or not keys:
        return 0
    try:
        return keys.index(wanted)
    except ValueError:
        present = set(keys)
    below = islice(old, place, None)
    above = (old[each] for each in range(min(place, len(old)) - 1, -1, -1))
    for nearby in (below, above):
        kept = next((key for key in nearby if key in present), None)
        if kept is not None:
            return keys.index(kept)
    return 0
