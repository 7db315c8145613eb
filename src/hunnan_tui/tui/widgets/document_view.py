"""A scrolling document: lays out lines when they are near the view, with a cursor."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import attrgetter

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.counts import format_line
from hunnan_tui.tui.presenters.card_parts import CardPart, CardStyles
from hunnan_tui.tui.presenters.found_words import mark_line
from hunnan_tui.tui.widgets.legible_list import recolour

CURSOR_MARK = "▸"
"""Stands before the first line of the cursor."""
_GUTTER = 1
"""Cells of the mark."""
_NARROW = 40
"""Cells of width below which labels are narrow."""
_NARROW_LABEL, _LABEL = 10, 14
"""Cells of a label in a narrow view, and in any other."""
_TINY = 34
"""Cells of width below which a label stands before its text, in the same line."""
_REACH = 3
"""Lines beyond the view that the cursor goes to without scrolling first."""

MakeParts = Callable[[CardStyles], Iterator[CardPart]]


@dataclass(frozen=True, slots=True)
class _Stop:
    """The lines of a part that the cursor can be on."""

    name: str
    start: int
    end: int


_start, _end = attrgetter("start"), attrgetter("end")


class DocumentView(ScrollView, can_focus=False):
    """Shows parts of a document, labels in a column before their texts."""

    COMPONENT_CLASSES = {  # noqa: RUF012  # Textual declares it so
        "document--title",
        "document--heading",
        "document--label",
        "document--muted",
        "document--tag",
        "document--warning",
        "document--cursor",
    }
    DEFAULT_CSS = """
    DocumentView {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        & > .document--title { color: $text; text-style: bold; }
        & > .document--heading { color: $text-primary; text-style: bold; }
        & > .document--label { color: $text-muted; }
        & > .document--muted { color: $text-muted; }
        & > .document--tag { color: $text-accent; text-style: bold; }
        & > .document--warning { color: $text-warning; text-style: bold; }
        & > .document--cursor { background: $primary-muted; }
        &:ansi > .document--cursor { color: $ansi-foreground; }
    }
    """

    is_active: reactive[bool] = reactive(False)
    """Whether the cursor is shown."""
    cursor: reactive[str] = reactive("", repaint=False)
    """The name of the part under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make_parts: MakeParts = lambda _: iter(())
        self._pending_parts: Iterator[CardPart] = iter(())
        self._lines: list[Strip] = []
        self._stops: list[_Stop] = []
        self._base = Style.null()
        self._layout: tuple[int, CardStyles] = (0, CardStyles())
        """The width and the styles of the layout."""

    def show(self, make_parts: MakeParts, *, keep_scroll: bool = False) -> None:
        """Replace the document.

        Args:
            make_parts: Yields its parts; only those near the view are consumed.
            keep_scroll: Whether the page stays where it was scrolled to.
        """
        self._make_parts = make_parts
        top = self.scroll_offset.y if keep_scroll else 0
        self._lay_out(top)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def move(self, by: int) -> None:
        """Move the cursor to the next or previous stop; scroll where none is near."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        self._lay_out_until(top + 2 * height + _REACH)
        bottom = top + height
        visible = self._find_stops(top, bottom)
        current = next((stop for stop in visible if stop.name == self.cursor), None)
        if current is None:
            if visible:
                self._move_cursor(visible[0] if by > 0 else visible[-1])
            else:
                self.scroll_lines(by)
            return
        is_cut = current.end > bottom if by > 0 else current.start < top
        index = bisect_left(self._stops, current.start, key=_start) + by
        target = self._stops[index] if 0 <= index < len(self._stops) else None
        is_near = target and (
            target.start < bottom + _REACH if by > 0 else target.end > top - _REACH
        )
        if target and is_near and not is_cut:
            self._move_cursor(target)
        else:
            self.scroll_lines(by)

    def scroll_lines(self, by: float) -> None:
        """Scroll by lines, at once."""
        self.scroll_relative(y=by, animate=False, force=True, immediate=True)

    def go_to_first(self) -> None:
        """Move a cursor that is scrolled away to the first visible stop."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        visible = self._find_stops(top, top + height)
        if visible and all(stop.name != self.cursor for stop in visible):
            self.cursor = visible[0].name

    def go_to_end(self) -> None:
        """Scroll to the end, with the cursor on the last stop."""
        self._lay_out_until(sys.maxsize)
        self.scroll_end(animate=False, force=True, immediate=True)
        top = self.scroll_offset.y
        if self._stops and self._stops[-1].end > top:
            self.cursor = self._stops[-1].name

    @property
    def text(self) -> str:
        """The lines laid out so far, as plain text."""
        return "\n".join(strip.text.rstrip() for strip in self._lines)

    def watch_is_active(self) -> None:
        if self.is_active:
            self.go_to_first()

    def watch_cursor(self) -> None:
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._lay_out_until(int(new_value) + 3 * self.size.height)

    def on_resize(self) -> None:
        if self._layout[0] != self._width:
            self._lay_out(self.scroll_offset.y)
        else:
            self._lay_out_until(self.scroll_offset.y + 3 * self.size.height)

    def on_mount(self) -> None:
        # an update of styles is told before those of the parts are new
        self.app.theme_changed_signal.subscribe(self, lambda _: self._renew_styles())

    def on_unmount(self) -> None:
        self.app.theme_changed_signal.unsubscribe(self)  # it holds what it calls

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._renew_styles()

    def _renew_styles(self) -> None:
        if self.is_mounted and self._layout[1] != self._resolve_styles():
            self._lay_out(self.scroll_offset.y)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            line = offset.y + self.scroll_offset.y
            for stop in self._find_stops(line, line + 1):
                self.cursor = stop.name

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # blending it costs as much as drawing a line
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self._base
        if line >= len(self._lines):
            return Strip.blank(width, base)
        mark, is_marked = " ", False
        if self.is_active and self.cursor:
            stop = next(iter(self._find_stops(line, line + 1)), None)
            if stop is not None and stop.name == self.cursor:
                mark = CURSOR_MARK if line == stop.start else " "
                base += self.get_component_rich_style("document--cursor", partial=True)
                is_marked = True
        strip = Strip([Segment(mark), *self._lines[line]]).adjust_cell_length(width)
        if is_marked and self.app.native_ansi_color:
            # a terminal may have no muted colour that is legible on another background
            strip = recolour(strip, base)
        strip = self._apply_selection(strip, line)
        return strip.apply_style(base).apply_offsets(0, line)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        lines = (f" {strip.text}" for strip in self._lines)
        return selection.extract("\n".join(lines)), "\n"

    def _apply_selection(self, strip: Strip, line: int) -> Strip:
        """Return a line with the text selected by the mouse highlighted."""
        selection = self.text_selection
        span = selection.get_span(line) if selection else None
        if span is None:
            return strip
        start, end = span
        text = strip.text
        ends = [start, len(text) if end < 0 else end, len(text)]
        before, selected, after = strip.divide(
            [measure_width(text[:end]) for end in ends]
        )
        style = self.screen.get_component_rich_style("screen--selection")
        return Strip.join([before, selected.apply_style(style), after])

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width - _GUTTER

    def _find_stops(self, top: int, bottom: int) -> Sequence[_Stop]:
        """Return the stops with a line from `top` on and before `bottom`."""
        first = bisect_right(self._stops, top, key=_end)
        return self._stops[first : bisect_left(self._stops, bottom, key=_start)]

    def _move_cursor(self, stop: _Stop) -> None:
        self.cursor = stop.name
        region = Region(0, stop.start, 1, stop.end - stop.start)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def _lay_out(self, top: int) -> None:
        """Start a new layout, with all lines until some below the view."""
        self._layout = (self._width, self._resolve_styles())
        self._lines, self._stops = [], []
        self._pending_parts = self._make_parts(self._layout[1])
        self._lay_out_until(top + 3 * self.size.height, force=True)
        self.refresh()

    def _lay_out_until(self, line_count: int, *, force: bool = False) -> None:
        """Lay out parts until there are more than so many lines, or no part is left."""
        before = len(self._lines)
        width, styles = self._layout
        while width > 0 and len(self._lines) <= line_count:
            part = next(self._pending_parts, None)
            if part is None:
                break
            start = len(self._lines)
            self._lines.extend(self._render_part(part, width, styles))
            if part.name:
                self._stops.append(_Stop(part.name, start, len(self._lines)))
        if force or len(self._lines) != before:
            # without a watcher, which lays out the whole screen in case a scrollbar
            # comes or goes: this one is always there
            self.set_reactive(DocumentView.virtual_size, Size(0, len(self._lines)))
            height = max(len(self._lines), self.size.height)
            self.vertical_scrollbar.window_virtual_size = height

    def _render_part(
        self, part: CardPart, width: int, styles: CardStyles
    ) -> Iterator[Strip]:
        if part.is_markdown:
            rows = map(Strip, self._render_markdown(part.text.plain, width))
            if part.found is None:
                return rows
            return (mark_line(row, part.found, styles.found) for row in rows)
        if part.label is None:
            return map(Strip, map(self._make_segments, self._wrap(part.text, width)))
        if width < _TINY and not part.label_width:
            label = format_line(part.label, "") if part.label else ""
            text = Text.assemble((label, styles.label), part.text)
            return map(Strip, map(self._make_segments, self._wrap(text, width)))
        size = part.label_width or (_NARROW_LABEL if width < _NARROW else _LABEL)
        left_text = Text(part.label, styles.label)
        text_lines = self._wrap(part.text, max(1, width - size - 1))
        return (
            Strip([*left.adjust_cell_length(size + 1), *right])
            for left, right in zip_longest(
                map(Strip, map(self._make_segments, self._wrap(left_text, size))),
                map(self._make_segments, text_lines),
                fillvalue=Strip([]),
            )
        )

    def _wrap(self, text: Text, width: int) -> list[Text]:
        plain = text.plain
        if not plain.strip("\n\t"):
            return [Text()] * (plain.count("\n") + 1)
        if "\n" not in plain and "\t" not in plain and measure_width(plain) <= width:
            return [text]
        return list(text.wrap(self.app.console, width, overflow="fold", tab_size=4))

    def _make_segments(self, text: Text) -> list[Segment]:
        style = text.style if isinstance(text.style, Style) else Style.null()
        if not text.spans:
            return [Segment(text.plain, style)]
        text.end = ""
        return list(text.render(self.app.console))

    def _render_markdown(self, text: str, width: int) -> list[list[Segment]]:
        # loads markdown-it: with the first note, not at the start
        from rich.markdown import Markdown

        console = self.app.console
        options = console.options.update(width=width, height=None)
        # no hyperlinks: a link shows its address, and the terminal cannot open it
        document = Markdown(text, hyperlinks=False)
        rows = console.render_lines(document, options, pad=False)
        return [list(Segment.strip_links(row)) for row in rows]

    def _resolve_styles(self) -> CardStyles:
        def style(name: str) -> Style:
            full = self.get_component_rich_style(f"document--{name}")
            return Style(color=full.color, bold=full.bold)

        return CardStyles(
            title=style("title"),
            heading=style("heading"),
            label=style("label"),
            muted=style("muted"),
            tag=style("tag"),
            warning=style("warning"),
        )
