"""The project list: draws the rows that are seen, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
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

AMOUNT_WIDTH = 8
"""Cells of the amount's column."""
WIDE = 64
"""From so many cells on a stage has its long form."""
SHORT_STAGE = 10
"""Cells of a stage's short form."""
_LONGEST = 400
"""Characters of a name that are looked at before it is measured."""
_CACHED = 1_000

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """What one line shows; all of it cleaned for the screen."""

    name: str
    name_zh: str = ""
    stage: str = ""
    stage_short: str = ""
    amount: str = ""
    """As in `15 bn`; empty means not stated."""
    tagged: bool = False
    noted: bool = False
    draft: bool = False
    found: tuple[Span, ...] = ()
    """What the query matched in the name, in characters."""
    found_zh: tuple[Span, ...] = ()


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
    ]

    index: reactive[int] = reactive(0, repaint=False)
    """The line of the cursor."""

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

    def show(
        self,
        keys: Sequence[str],
        *,
        current: str | None = None,
        places: Mapping[str, int] | None = None,
    ) -> None:
        """Show other rows; the cursor stays on its project.

        Args:
            keys: The projects, in order.
            current: Where the cursor goes: the project under it unless given. If that
                has left the list, the nearest one below takes its place.
            places: The line of each key, if it is known already.
        """
        wanted = current if current is not None else self.current
        old, line = self._keys, self.index
        self._keys = keys
        self.virtual_size = Size(0, max(1, len(keys)))
        place = _place(wanted, keys, old, line, places)
        self._forget()
        self.set_reactive(ProjectList.index, place)
        self._follow()

    def refresh_rows(self, keys: Collection[str] | None = None) -> None:
        """Draw rows anew because what they show has changed."""
        del keys  # drawing what is in sight costs less than finding out which it is
        self._forget()

    def watch_index(self) -> None:
        self._follow()

    def validate_index(self, index: int) -> int:
        return max(0, min(index, len(self._keys) - 1))

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self.rich_style
        if not self._keys:
            return self._empty_line(y, width, base)
        if line >= len(self._keys):
            return Strip.blank(width, base)
        is_cursor = line == self.index
        cached = (line, is_cursor, self.has_focus)
        strip = self._strips.get(cached)
        if strip is None or strip.cell_length != width:
            key = self._keys[line]
            strip = self._draw(self.row_of(key), key, width, is_cursor=is_cursor)
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
        line = offset.y + self.scroll_offset.y
        if line < len(self._keys):
            self.index = line
            if event.chain > 1:
                self.action_select()

    def action_move(self, by: int) -> None:
        self.index += by

    def action_page(self, pages: float) -> None:
        self.index += int(self.scrollable_content_region.height * pages)

    def action_edge(self, place: int) -> None:
        self.index = place if place >= 0 else len(self._keys) - 1

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
        cursor = Region(0, self.index, 1, 1)
        self.scroll_to_region(cursor, animate=False, force=True)

    def _empty_line(self, y: int, width: int, base: Style) -> Strip:
        lines = self.empty.wrap(max(1, width - 2)) if width > 2 else []
        place = y - 1
        if not 0 <= place < len(lines):
            return Strip.blank(width, base)
        muted = base + self.get_component_rich_style("projects--muted")
        text = f" {lines[place].plain}"
        return Strip([Segment(set_cell_size(text, width), muted)], width)

    def _draw(self, row: Row, key: str, width: int, *, is_cursor: bool) -> Strip:
        style = self.get_component_rich_style
        base = self.rich_style
        if is_cursor:
            base += style("projects--cursor", partial=True)
        muted = sign = base
        if not (is_cursor and self.has_focus):
            # muted text is mixed with the background, so a partial style has no colour
            muted += Style(color=style("projects--muted").color)
            sign += Style(color=style("projects--sign").color)
        found = style("projects--found", partial=True)

        marks = "✓" if key in self.marked else "▸" if key == self._range_start else " "
        marks += "#" if row.tagged else " "
        marks += "!" if row.draft else "✎" if row.noted else " "
        stage_width = (
            max(SHORT_STAGE, self.stage_width) if width >= WIDE else SHORT_STAGE
        )
        stage = row.stage if width >= WIDE else row.stage_short
        rest = width - len(marks) - AMOUNT_WIDTH - 1
        if width < SHORT_STAGE * 3:
            stage_width = 0
        name_width = max(0, rest - 1 - (stage_width + 1 if stage_width else 0))

        segments = [Segment(marks, sign), Segment(" ", base)]
        segments += _names(row, name_width, base, muted, found)
        if stage_width:
            segments.append(Segment(" " + fit(stage, stage_width), base))
        amount = fit(row.amount or "–", AMOUNT_WIDTH, right=True)
        segments.append(Segment(amount, base if row.amount else muted))
        segments.append(Segment(" ", base))
        return Strip(segments).adjust_cell_length(width, base)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return text in exactly so many cells: cut with …, or filled with blanks."""
    text = text[:_LONGEST]
    cells = cell_len(text)
    if cells > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    blanks = " " * (width - cells)
    return blanks + text if right else text + blanks


def _names(
    row: Row, width: int, base: Style, muted: Style, found: Style
) -> list[Segment]:
    """Return the English name and, where there is room, the Chinese one behind it."""
    name = row.name[:_LONGEST]
    cells = cell_len(name)
    if cells >= width:
        return _marked(fit(name, width), row.found, base, found)
    segments = _marked(name, row.found, base, found)
    left = width - cells
    if row.name_zh and left > 6:
        segments.append(Segment("  ", base))
        segments += _marked(fit(row.name_zh, left - 2), row.found_zh, muted, found)
    else:
        segments.append(Segment(" " * left, base))
    return segments


def _marked(
    text: str, spans: Sequence[Span], style: Style, found: Style
) -> list[Segment]:
    """Return text with some stretches of it set off."""
    segments, end = [], 0
    for start, stop in sorted(spans):
        start, stop = max(start, end), min(stop, len(text))  # noqa: PLW2901  # clipped
        if start >= stop:
            continue
        segments += [Segment(text[end:start], style)]
        segments += [Segment(text[start:stop], style + found)]
        end = stop
    return [*segments, Segment(text[end:], style)]


def _place(
    wanted: str | None,
    keys: Sequence[str],
    old: Sequence[str],
    line: int,
    places: Mapping[str, int] | None,
) -> int:
    """Return the line for the cursor in a new list."""
    if wanted is None or not keys:
        return 0
    if places is None:
        with suppress(ValueError):
            return keys.index(wanted)
        places = {key: place for place, key in enumerate(keys)}
    if wanted in places:
        return places[wanted]
    start = line if 0 <= line < len(old) and old[line] == wanted else 0
    below = (places[key] for key in old[start:] if key in places)
    above = (places[key] for key in reversed(old[:start]) if key in places)
    return next(below, next(above, 0))
