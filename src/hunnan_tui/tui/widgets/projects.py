"""The project list: draws the rows that are seen, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hunnan_tui.tui.columns import (
    Column,
    Look,
    Row,
    fitting,
    line,
    usual,
    usual_cells,
)

_CACHED = 1_000
"""Drawn lines that are kept."""


class ProjectList(ScrollView, can_focus=True):
    """A list of projects by key; a row is made when it is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "projects--cursor",
        "projects--muted",
        "projects--sign",
        "projects--found",
    }
    DEFAULT_CSS = """
    ProjectList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .projects--cursor { background: $primary-muted; }
        &:focus > .projects--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .projects--muted { color: $text-muted; }
        & > .projects--sign { color: $text-accent; }
        & > .projects--found { text-style: underline; }
    }
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
        Binding("enter", "select", "Open", show=False, id="projects.open"),
        Binding(
            "space,ideographic_space",
            "mark",
            "Mark",
            id="projects.mark",
            key_display="space",
            tooltip="Mark the project and go down; tag keys then act on the marks",
        ),
        Binding(
            "v",
            "mark_range",
            "Mark a range",
            show=False,
            id="projects.range",
            tooltip="Start a range here, or mark all up to here",
        ),
        Binding(
            "V",
            "mark_all",
            "Mark all",
            show=False,
            id="projects.all",
            tooltip="Mark all projects that are shown, or none",
        ),
        Binding(
            "shift+right",
            "scroll_columns(1)",
            "Next columns",
            show=False,
            id="projects.columns-right",
            tooltip="Move the columns behind the name; the name gets their room",
        ),
        Binding(
            "shift+left",
            "scroll_columns(-1)",
            "Columns before",
            show=False,
            id="projects.columns-left",
            tooltip="Move the columns behind the name back",
        ),
    ]

    index: reactive[int] = reactive(0, repaint=False)
    """The line of the cursor."""
    first_column: reactive[int] = reactive(0, repaint=False)
    """The column that stands next to the name; those before it are scrolled away."""

    @dataclass
    class Highlighted(Message):
        """The cursor went to another project."""

        key: str | None

    @dataclass
    class Selected(Message):
        """A project was opened."""

        key: str

    @dataclass
    class Marked(Message):
        """Other projects are marked than before."""

        keys: frozenset[str]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty = Content("")
        """What is said when there is no row."""
        self.row_of: Callable[[str], Row] = Row
        """Makes the row of a key; called for rows in sight only."""
        self.marked: frozenset[str] = frozenset()
        self.stage_width = 0
        """Cells of the longest long form of a stage."""
        self.columns: tuple[Column, ...] = ()
        """Columns instead of stage and amount, under a line with their titles."""
        self._keys: Sequence[str] = ()
        self._range_start: str | None = None
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._told: str | None = None

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all rows, in order."""
        return self._keys

    @property
    def current(self) -> str | None:
        """The key under the cursor."""
        return self._keys[self.index] if 0 <= self.index < len(self._keys) else None

    def show(self, keys: Sequence[str], *, current: str | None = None) -> None:
        """Show other rows; the cursor stays on its project.

        Args:
            keys: The projects, in order.
            current: Where the cursor goes: the project under it unless given. If that
                is not in the list, the nearest one below takes its place.
        """
        wanted = current if current is not None else self.current
        old, place = self._keys, self.index
        self._keys = keys
        self.virtual_size = Size(0, max(1, len(keys)) + self._top)
        self._forget()
        self.set_reactive(ProjectList.index, _place(wanted, keys, old, place))
        self._follow()

    def refresh_rows(self, keys: Collection[str] | None = None) -> None:
        """Draw rows anew because what they show has changed."""
        del keys  # drawing what is in sight costs less than finding out which it is
        self._forget()

    def watch_index(self) -> None:
        self._follow()

    def validate_index(self, index: int) -> int:
        return max(0, min(index, len(self._keys) - 1))

    def watch_first_column(self) -> None:
        self._forget()

    def validate_first_column(self, first: int) -> int:
        return max(0, min(first, len(self._all_columns) - 1))

    @property
    def _top(self) -> int:
        """The lines above the first project."""
        return 1 if self.columns else 0

    @property
    def _all_columns(self) -> Sequence[Column]:
        width = self.scrollable_content_region.width
        return self.columns or usual(width, self.stage_width)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y < self._top:
            titles = tuple(column.title for column in self.columns)
            return self._draw(Row("Project", more=titles), "", width, style="muted")
        index = y - self._top + self.scroll_offset.y
        if not self._keys:
            return self._empty_line(y - self._top, width)
        if index >= len(self._keys):
            return Strip.blank(width, self.rich_style)
        is_cursor = index == self.index
        cached = (index, is_cursor, self.has_focus)
        strip = self._strips.get(cached)
        if strip is None or strip.cell_length != width:
            key = self._keys[index]
            row = self.row_of(key)
            style = "cursor" if is_cursor else ""
            strip = self._draw(row, self._signs(key, row), width, style=style)
            if len(self._strips) > _CACHED:
                self._strips.clear()
            self._strips[cached] = strip
        return strip

    def notify_style_update(self) -> None:
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        self._forget()
        self._scroll_to_cursor()

    def on_focus(self) -> None:
        self._forget()

    def on_blur(self) -> None:
        self._forget()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = offset.y - self._top + self.scroll_offset.y
        if offset.y >= self._top and index < len(self._keys):
            self.index = index
            if event.chain == 2:
                self.action_select()

    def action_move(self, by: int) -> None:
        self.index += by

    def action_page(self, pages: float) -> None:
        lines = (self.scrollable_content_region.height - self._top) * pages
        self.index += int(lines) or (1 if pages > 0 else -1)

    def action_edge(self, place: int) -> None:
        self.index = place if place >= 0 else len(self._keys) - 1

    def action_scroll_columns(self, by: int) -> None:
        self.first_column += by

    def action_select(self) -> None:
        if self.current is not None:
            self.post_message(self.Selected(self.current))

    def action_mark(self) -> None:
        if self.current is not None:
            self._mark(self.marked ^ {self.current})
            self.index += 1

    def action_mark_range(self) -> None:
        start = self._range_start
        if start is None or start not in self._keys:
            self._range_start = self.current
            self._forget()
            return
        ends = sorted((self._keys.index(start), self.index))
        self._range_start = None
        self._mark(self.marked | set(self._keys[ends[0] : ends[1] + 1]))

    def action_mark_all(self) -> None:
        everything = frozenset(self._keys)
        all_marked = everything <= self.marked
        self._mark(self.marked - everything if all_marked else self.marked | everything)

    def _mark(self, keys: frozenset[str]) -> None:
        self.marked = keys
        self._forget()
        self.post_message(self.Marked(keys))

    def _forget(self) -> None:
        self._strips.clear()
        self.refresh()

    def _follow(self) -> None:
        self._scroll_to_cursor()
        self.refresh()
        if self.current != self._told:
            self._told = self.current
            self.post_message(self.Highlighted(self.current))

    def _scroll_to_cursor(self) -> None:
        # the titles lie over the first line in sight
        cursor = Region(0, self.index, 1, 1 + self._top)
        self.scroll_to_region(cursor, animate=False, force=True)

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = self.empty.wrap(width - 2) if width > 2 else []
        if not 1 <= y <= len(lines):
            return Strip.blank(width, self.rich_style)
        muted = self.rich_style + self.get_component_rich_style("projects--muted")
        text = f" {lines[y - 1].plain}"
        return Strip([Segment(set_cell_size(text, width), muted)], width)

    def _signs(self, key: str, row: Row) -> str:
        signs = "✓" if key in self.marked else "▸" if key == self._range_start else " "
        signs += "#" if row.tagged else " "
        return signs + ("!" if row.draft else "✎" if row.noted else " ")

    def _draw(self, row: Row, signs: str, width: int, *, style: str) -> Strip:
        columns = self._all_columns
        cells = row.more if self.columns else usual_cells(row, width)
        first = min(self.first_column, len(columns) - 1)
        end = first + fitting(columns[first:], width)
        look = self._look(style)
        return line(row, signs, columns[first:end], cells[first:end], width, look)

    def _look(self, style: str) -> Look:
        """Return the styles of a line: `cursor`, `muted`, or empty for any other."""
        component = self.get_component_rich_style
        base = self.rich_style
        # muted text is mixed with the background, so a partial style has no colour
        muted_colour = Style(color=component("projects--muted").color)
        sign_colour = Style(color=component("projects--sign").color)
        found = component("projects--found", partial=True)
        if style == "muted":
            base += muted_colour
        elif style == "cursor":
            base += component("projects--cursor", partial=True)
            if self.has_focus:
                return Look(base, base, base, found)
        return Look(base, base + muted_colour, base + sign_colour, found)


def _place(
    wanted: str | None, keys: Sequence[str], old: Sequence[str], place: int
) -> int:
    """Return the line for the cursor in a new list.

    Args:
        wanted: The project that it shall be on.
        keys: The new list.
        old: The list before; the nearest project around the cursor is taken from it.
        place: The line of the cursor in it.
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
