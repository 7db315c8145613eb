"""A scrolling page of parts: lays out what comes into sight, has a cursor for facts."""

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

from hunnan_tui.core.cell_width import cell_width
from hunnan_tui.tui.presenters.card import Part, Styles

MARK = "▸"
"""Stands before the lines of the cursor."""
_GUTTER = 1
"""Cells of the mark."""
_NARROW, _NARROW_LABEL, _LABEL = 40, 10, 14
"""Below so many cells labels have so many at most, else so many."""
_TINY = 26
"""Below so many cells a label stands before its text, in the same line."""
_NEAR = 3
"""Lines out of sight up to which the cursor goes to the next stop at once."""

Make = Callable[[Styles], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class _Stop:
    """A place of the cursor: the lines of one part."""

    name: str
    start: int
    end: int


_start, _end = attrgetter("start"), attrgetter("end")


class DocumentView(ScrollView, can_focus=False):
    """Shows parts, a label column before those that have one."""

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
    }
    """

    is_active: reactive[bool] = reactive(False)
    """Whether the cursor is shown."""
    cursor: reactive[str] = reactive("", repaint=False)
    """The name of the part under the cursor."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make: Make = lambda _: iter(())
        self._coming: Iterator[Part] = iter(())
        self._lines: list[Strip] = []
        self._stops: list[_Stop] = []
        self._base = Style.null()
        self._used: tuple[int, Styles] = (0, Styles())
        """The width and the styles of what is laid out."""

    def show(self, make: Make, *, keep_place: bool = False) -> None:
        """Show other parts.

        Args:
            make: Makes them with some styles; only those that are seen are asked for.
            keep_place: Whether the page stays where it was scrolled to.
        """
        self._make = make
        place = self.scroll_offset.y if keep_place else 0
        self._lay_out(place)
        self.scroll_to(y=place, animate=False, force=True, immediate=True)

    def move(self, by: int) -> None:
        """Put the cursor on the next part with a name; scroll where none is near."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        self._fill(top + 2 * height + _NEAR)
        bottom = top + height
        seen = self._stops_between(top, bottom)
        now = next((each for each in seen if each.name == self.cursor), None)
        if now is None:
            if seen:
                self._go(seen[0] if by > 0 else seen[-1])
            else:
                self.scroll_lines(by)
            return
        is_cut = now.end > bottom if by > 0 else now.start < top
        place = bisect_left(self._stops, now.start, key=_start) + by
        there = self._stops[place] if 0 <= place < len(self._stops) else None
        near = there and (
            there.start < bottom + _NEAR if by > 0 else there.end > top - _NEAR
        )
        if there and near and not is_cut:
            self._go(there)
        else:
            self.scroll_lines(by)

    def scroll_lines(self, by: float) -> None:
        """Scroll by lines, at once."""
        self.scroll_relative(y=by, animate=False, force=True, immediate=True)

    def go_to_first(self) -> None:
        """Put the cursor on the first part in sight, unless it is in sight itself."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        seen = self._stops_between(top, top + height)
        if seen and all(each.name != self.cursor for each in seen):
            self.cursor = seen[0].name

    def go_to_end(self) -> None:
        """Scroll to the last line of all, with the cursor on the last part."""
        self._fill(sys.maxsize)
        self.scroll_end(animate=False, force=True, immediate=True)
        top = self.scroll_offset.y
        if self._stops and self._stops[-1].end > top:
            self.cursor = self._stops[-1].name

    @property
    def text(self) -> str:
        """What is laid out, as plain text."""
        return "\n".join(strip.text.rstrip() for strip in self._lines)

    def watch_is_active(self) -> None:
        if self.is_active:
            self.go_to_first()

    def watch_cursor(self) -> None:
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._fill(int(new_value) + 3 * self.size.height)

    def on_resize(self) -> None:
        if self._used[0] != self._width:
            self._lay_out(self.scroll_offset.y)
        else:
            self._fill(self.scroll_offset.y + 3 * self.size.height)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted and self._used[1] != self._part_styles():
            self._lay_out(self.scroll_offset.y)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None:
            line = offset.y + self.scroll_offset.y
            for stop in self._stops_between(line, line + 1):
                self.cursor = stop.name

    def render_lines(self, crop: Region) -> list[Strip]:
        self._base = self.rich_style  # mixing it costs as much as a line
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self._base
        if line >= len(self._lines):
            return Strip.blank(width, base)
        mark = " "
        if self.is_active and self.cursor:
            stop = next(iter(self._stops_between(line, line + 1)), None)
            if stop is not None and stop.name == self.cursor:
                mark = MARK if line == stop.start else " "
                base += self.get_component_rich_style("document--cursor", partial=True)
        strip = Strip([Segment(mark), *self._lines[line]]).adjust_cell_length(width)
        strip = self._with_selection(strip, line)
        return strip.apply_style(base).apply_offsets(0, line)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        lines = (f" {strip.text}" for strip in self._lines)
        return selection.extract("\n".join(lines)), "\n"

    def _with_selection(self, strip: Strip, line: int) -> Strip:
        """Return a line with what the mouse has selected set off."""
        selection = self.text_selection
        span = selection.get_span(line) if selection else None
        if span is None:
            return strip
        start, end = span
        text = strip.text
        ends = [start, len(text) if end < 0 else end, len(text)]
        before, chosen, after = strip.divide([cell_width(text[:each]) for each in ends])
        style = self.screen.get_component_rich_style("screen--selection")
        return Strip.join([before, chosen.apply_style(style), after])

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width - _GUTTER

    def _stops_between(self, top: int, bottom: int) -> Sequence[_Stop]:
        """Return the stops of which a line stands between two, the second left out."""
        first = bisect_right(self._stops, top, key=_end)
        return self._stops[first : bisect_left(self._stops, bottom, key=_start)]

    def _go(self, stop: _Stop) -> None:
        self.cursor = stop.name
        region = Region(0, stop.start, 1, stop.end - stop.start)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def _lay_out(self, place: int) -> None:
        """Begin anew, with all lines down to some below a place."""
        self._used = (self._width, self._part_styles())
        self._lines, self._stops = [], []
        self._coming = self._make(self._used[1])
        self._fill(place + 3 * self.size.height, anew=True)
        self.refresh()

    def _fill(self, wanted: int, *, anew: bool = False) -> None:
        """Lay out parts until there are so many lines, or none is left."""
        before = len(self._lines)
        width, styles = self._used
        while width > 0 and len(self._lines) <= wanted:
            part = next(self._coming, None)
            if part is None:
                break
            start = len(self._lines)
            self._lines.extend(self._rows(part, width, styles))
            if part.name:
                self._stops.append(_Stop(part.name, start, len(self._lines)))
        if anew or len(self._lines) != before:
            # set as usual it would lay out the whole screen, for the scrollbar to come
            # or go: this one is always there
            self.set_reactive(DocumentView.virtual_size, Size(0, len(self._lines)))
            height = max(len(self._lines), self.size.height)
            self.vertical_scrollbar.window_virtual_size = height

    def _rows(self, part: Part, width: int, styles: Styles) -> Iterator[Strip]:
        if part.is_markdown:
            return map(Strip, self._markdown(part.text.plain, width))
        if part.label is None:
            return map(Strip, map(self._segments, self._wrapped(part.text, width)))
        if width < _TINY and part.label and not part.label_width:
            text = Text.assemble((f"{part.label}: ", styles.label), part.text)
            return map(Strip, map(self._segments, self._wrapped(text, width)))
        size = part.label_width or (_NARROW_LABEL if width < _NARROW else _LABEL)
        label = Text(part.label, styles.label)
        beside = self._wrapped(part.text, max(1, width - size - 1))
        return (
            Strip([*left.adjust_cell_length(size + 1), *right])
            for left, right in zip_longest(
                map(Strip, map(self._segments, self._wrapped(label, size))),
                map(self._segments, beside),
                fillvalue=Strip([]),
            )
        )

    def _wrapped(self, text: Text, width: int) -> list[Text]:
        plain = text.plain
        if not plain.strip("\n\t"):
            return [Text()] * (plain.count("\n") + 1)
        if "\n" not in plain and "\t" not in plain and cell_width(plain) <= width:
            return [text]
        return list(text.wrap(self.app.console, width, overflow="fold", tab_size=4))

    def _segments(self, text: Text) -> list[Segment]:
        style = text.style if isinstance(text.style, Style) else Style.null()
        if not text.spans:
            return [Segment(text.plain, style)]
        text.end = ""
        return list(text.render(self.app.console))

    def _markdown(self, text: str, width: int) -> list[list[Segment]]:
        # markdown-it is loaded when the first note is shown, not at the start
        from rich.markdown import Markdown

        console = self.app.console
        options = console.options.update(width=width, height=None)
        # no hyperlinks: a link shows its address; a terminal is never made to open it
        made = Markdown(text, hyperlinks=False)
        rows = console.render_lines(made, options, pad=False)
        return [list(Segment.strip_links(row)) for row in rows]

    def _part_styles(self) -> Styles:
        def style(name: str) -> Style:
            full = self.get_component_rich_style(f"document--{name}")
            return Style(color=full.color, bold=full.bold)

        return Styles(
            title=style("title"),
            heading=style("heading"),
            label=style("label"),
            muted=style("muted"),
            tag=style("tag"),
            warning=style("warning"),
        )
