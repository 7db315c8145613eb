"""The project list: draws only the visible rows, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hunnan_tui.core.language import N_
from hunnan_tui.tui.presenters.list_columns import (
    SIGNS,
    ListColumn,
    ListRow,
    ListStyles,
    find_field_at,
    fit,
    format_legend,
    format_signs,
    format_title,
    measure_name,
    render_heading,
    render_row,
)
from hunnan_tui.tui.presenters.list_layout import ListLayout
from hunnan_tui.tui.presenters.list_lines import GroupHeading
from hunnan_tui.tui.presenters.name_twins import NameTwins
from hunnan_tui.tui.widgets.cursor_list import HEADER_HEIGHT, CursorList
from hunnan_tui.tui.widgets.project_keys import PROJECT_KEYS

_CACHED_LINES = 1_000
"""Drawn lines in the cache."""
_BORDER_ENDS = 6
"""Cells of a border that its subtitle never takes: three at either end."""
_NAME_COLUMN = ListColumn(N_("Project"), 20, field="name")


class ProjectList(CursorList):
    """A list of projects by key; a row's text is made when it is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "projects--cursor",
        "projects--muted",
        "projects--sign",
        "projects--match",
        "projects--due",
    }
    DEFAULT_CSS = """
    ProjectList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .projects--cursor { background: $primary-muted; }
        &:ansi > .projects--cursor { color: $ansi-foreground; }
        &:focus > .projects--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .projects--muted { color: $text-muted; }
        & > .projects--sign { color: $text-accent; }
        & > .projects--match { text-style: underline; }
        & > .projects--due { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*PROJECT_KEYS]

    first_column: reactive[int] = reactive(0, repaint=False)
    """The first visible column after the name; those before it are scrolled away."""

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

    @dataclass
    class SortRequested(Message):
        """The title of a column was clicked."""

        field: str

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.empty_message = Content("")
        """What is shown when there is no row."""
        self.make_row: Callable[[str], ListRow] = ListRow
        """Makes the row of a key; called for visible rows only."""
        self.get_name: Callable[[str], str] | None = None
        """Returns the name of a key, to tell names apart that begin alike."""
        self._twins = NameTwins((), str)
        self._legend = ""
        self._marked: frozenset[str] = frozenset()
        self.arrangement = ListLayout()
        """What decides on the columns."""
        self._range_start: str | None = None
        self._strips: dict[tuple[int, bool, bool], Strip] = {}
        self._looks: dict[str, ListStyles] = {}
        self._reported_key: str | None = None

    @property
    def marked(self) -> frozenset[str]:
        """The keys of the marked projects."""
        return self._marked

    @marked.setter
    def marked(self, keys: frozenset[str]) -> None:
        self._marked = keys
        self._redraw_all()
        self._draw_legend()

    @property
    def is_marking(self) -> bool:
        """Whether a project is marked, or a range was started."""
        return bool(self._marked) or self._range_start is not None

    def unmark(self) -> None:
        """Remove all marks, and the start of a range."""
        self._range_start = None
        self.marked = frozenset()

    def show(
        self,
        keys: Sequence[str],
        *,
        current: str | None = None,
        headings: Sequence[GroupHeading] = (),
    ) -> None:
        """Replace the rows; the cursor stays on its project.

        Args:
            keys: The projects, in order.
            current: Where the cursor goes; None keeps it. If the project is not in the
                list, the cursor goes to the nearest one.
            headings: The headings between them.
        """
        self._strips.clear()
        self._compare_names(keys)
        self.set_rows(keys, headings, current if current is not None else self.current)
        self._draw_legend()

    def preview(self, keys: Sequence[str], current: str | None) -> None:
        """Show the visible rows of a list that is still being searched.

        Args:
            keys: The rows from the top of the pane on.
            current: Where the cursor goes, as in `show`.
        """
        self._strips.clear()
        self._compare_names(keys)
        self.set_rows(keys, (), current, is_preview=True)

    def _draw_legend(self) -> None:
        """Say in the border what the signs in sight mean."""
        top = self.scroll_offset.y
        entries = (
            self._lines.get_entry(line) for line in range(top, top + self.height)
        )
        rows = (self.make_row(self._keys[row]) for row in entries if type(row) is int)
        room = self.outer_size.width - _BORDER_ENDS
        legend = format_legend(rows, room, is_marking=bool(self._marked))
        if legend != self._legend:
            self._legend = legend
            self.border_subtitle = Content(legend)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._draw_legend()

    def _compare_names(self, keys: Sequence[str]) -> None:
        get_name = self.get_name
        self._twins = NameTwins(keys if get_name else (), get_name or str)

    def watch_first_column(self) -> None:
        self._redraw_all()

    def validate_first_column(self, first: int) -> int:
        return max(0, min(first, len(self.arrangement.list_columns(self._width)) - 1))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _find_visible_columns(self, width: int) -> slice:
        return self.arrangement.find_visible(width, self.first_column)

    def render_line(self, y: int) -> Strip:
        width = self._width  # slow: once a line
        if y < HEADER_HEIGHT:
            return self._render_titles(width)
        if not self._keys:
            return self._render_empty_line(y - HEADER_HEIGHT, width)
        row = self._lines.get_entry(y - HEADER_HEIGHT + self.scroll_offset.y)
        if row is None:
            return Strip.blank(width, self.rich_style)
        if isinstance(row, GroupHeading):
            return render_heading(row.name, row.count, width, self._look(""))
        is_cursor = row == self.index
        cache_key = (row, is_cursor, self.has_focus)
        strip = self._strips.get(cache_key)
        if strip is None or strip.cell_length != width:
            strip = self._draw(row, width, is_cursor=is_cursor)
            if len(self._strips) > _CACHED_LINES:
                self._strips.clear()
            self._strips[cache_key] = strip
        return strip

    def notify_style_update(self) -> None:
        self._strips.clear()
        self._looks.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        self._redraw_all()
        self._draw_legend()
        self.scroll_to_cursor()

    @on(events.Focus)
    @on(events.Blur)
    def _redraw_all(self) -> None:
        """Clear the caches and redraw."""
        self._strips.clear()
        self._looks.clear()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y < HEADER_HEIGHT:
            self._click_title(offset.x)
            return
        row = self.find_row(offset.y)
        if row is None:
            return
        if event.shift:
            self._mark_between(self.index, row)
        self.index = row
        if event.ctrl or offset.x < SIGNS:
            self._mark(self.marked ^ {self._keys[row]})
        elif event.chain == 2:
            self.action_select()

    def _click_title(self, x: int) -> None:
        width = self._width
        visible = self._find_visible_columns(width)
        if x < SIGNS and visible.start:
            self.first_column -= 1
        elif x == width - 1 and visible.stop < len(
            self.arrangement.list_columns(width)
        ):
            self.first_column += 1
        else:
            field = find_field_at(
                x, self.arrangement.list_columns(width)[visible], width
            )
            self.post_message(self.SortRequested(field))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._scroll_sideways(event, 1, applies=event.shift or event.ctrl)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._scroll_sideways(event, -1, applies=event.shift or event.ctrl)

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        self._scroll_sideways(event, 1, applies=True)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        self._scroll_sideways(event, -1, applies=True)

    def _scroll_sideways(
        self, event: events.MouseEvent, by: int, applies: bool
    ) -> None:
        if applies:
            event.stop()
            event.prevent_default()
            self.action_scroll_columns(by)

    def action_scroll_columns(self, by: int) -> None:
        self.first_column += by

    def action_select(self) -> None:
        if (current := self.get_current_or_notify()) is not None:
            self.post_message(self.Selected(current))

    def action_mark(self) -> None:
        if (current := self.get_current_or_notify()) is not None:
            self._mark(self.marked ^ {current})
            self.index += 1

    def action_mark_range(self) -> None:
        self.get_current_or_notify()
        start = self._range_start
        if start is None or start not in self._keys:
            self._range_start = self.current
            self._redraw_all()
            return
        self._mark_between(self._keys.index(start), self.index)

    def _mark_between(self, start: int, end: int) -> None:
        first, last = sorted((start, end))
        self._range_start = None
        self._mark(self.marked | set(self._keys[first : last + 1]))

    def action_mark_all(self) -> None:
        self.get_current_or_notify()
        all_keys = frozenset(self._keys)
        all_marked = all_keys <= self.marked
        self._mark(self.marked - all_keys if all_marked else self.marked | all_keys)

    def _mark(self, keys: frozenset[str]) -> None:
        self.marked = keys
        self.post_message(self.Marked(keys))

    def handle_cursor_move(self) -> None:
        if self.current != self._reported_key:
            self._reported_key = self.current
            self.post_message(self.Highlighted(self.current))

    def _render_titles(self, width: int) -> Strip:
        """Return the header line; arrows at its ends show that there are more columns."""
        visible = self._find_visible_columns(width)
        columns, sort = self.arrangement.list_columns(width), self.arrangement.sort
        titles = tuple(format_title(column, sort) for column in columns[visible])
        signs = "←" if visible.start else ""
        look = self._look("muted")
        name = format_title(_NAME_COLUMN, sort)
        group = self._lines.find_heading_above(self.scroll_offset.y)
        if group is not None:  # its heading is scrolled away
            name += f" · {group.name}"
        row = ListRow(name)
        strip = render_row(row, signs, columns[visible], titles, width, look)
        if visible.stop == len(columns) or width < 2:
            return strip
        end = Strip([Segment("→", look.sign)], 1)
        return Strip.join([strip.crop(0, width - 1), end])

    def _render_empty_line(self, y: int, width: int) -> Strip:
        lines = self.empty_message.wrap(width - 2) if width > 2 else []
        if not 1 <= y <= len(lines):
            return Strip.blank(width, self.rich_style)
        muted = self.rich_style + self.get_component_rich_style("projects--muted")
        text = f" {lines[y - 1].plain}"
        return Strip([Segment(fit(text, width), muted)], width)

    def _draw(self, index: int, width: int, *, is_cursor: bool) -> Strip:
        key = self._keys[index]
        row, visible = self.make_row(key), self._find_visible_columns(width)
        columns = self.arrangement.list_columns(width)
        room = measure_name(columns[visible], width)
        row = row._replace(shared=self._twins.count_shared(index, room))
        cells = self.arrangement.make_cells(row, width)
        signs = format_signs(row, key in self.marked, key == self._range_start)
        look = self._look("cursor" if is_cursor else "")
        return render_row(row, signs, columns[visible], cells[visible], width, look)

    def _look(self, style: str) -> ListStyles:
        """Return the cached styles of a line: `cursor`, `muted`, or empty for any other."""
        if style not in self._looks:
            self._looks[style] = self._make_look(style)
        return self._looks[style]

    def _make_look(self, style: str) -> ListStyles:
        component = self.get_component_rich_style
        base = self.rich_style
        # muted text is mixed with the background, so a partial style has no colour
        muted_colour = Style(color=component("projects--muted").color)
        sign_colour = Style(color=component("projects--sign").color)
        match = component("projects--match", partial=True)
        if style == "muted":
            base += muted_colour
        elif style == "cursor":
            base += component("projects--cursor", partial=True)
            # a terminal may have no muted colour that is legible on another background
            if self.has_focus or self.app.native_ansi_color:
                return ListStyles(base, base, base, match)
        due = Style(color=component("projects--due").color)
        return ListStyles(base, base + muted_colour, base + sign_colour, match, due)
