"""A page of lines in sections; `enter` takes the line under the cursor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.tui.pages.base import Heading, Page
from hunnan_tui.tui.widgets.footer import KeyLine

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Line(Generic[_R]):
    """One line, cleaned for the screen."""

    content: Content
    target: _R | None = None
    """What `enter` gives; a line without it is passed over."""
    heads: bool = False
    """Whether a section begins with it."""


class LinedPage(Page[_R | None]):
    """The common part; a child shows its lines once it knows them."""

    DEFAULT_CSS = """
    LinedPage {
        & OptionList {
            height: 1fr;
            padding: 0 1;
            border: none;
            background: $background;
            scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: transparent; }
        }
        & OptionList > .option-list--option { padding: 0; }
        & OptionList > .option-list--option-disabled { color: $foreground; }
        &.-cut OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move('cursor_down')", "Next line", show=False, id="lines.down"),
        Binding("k", "move('cursor_up')", "Line before", show=False, id="lines.up"),
        Binding(
            "ctrl+d", "move('page_down')", "Page down", show=False, id="lines.pgdn"
        ),
        Binding("ctrl+u", "move('page_up')", "Page up", show=False, id="lines.pgup"),
        Binding("g", "move('first')", "First line", show=False, id="lines.first"),
        Binding("G", "move('last')", "Last line", show=False, id="lines.last"),
        Binding("n", "section(1)", "Next section", id="lines.next-section"),
        Binding("N", "section(-1)", "Section before", show=False, id="lines.section"),
    ]

    _list = query_one(OptionList)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line[_R]] = []

    def compose(self) -> ComposeResult:
        yield Heading()
        yield OptionList(markup=False)
        yield KeyLine()

    def show(self, lines: Iterable[Line[_R]]) -> None:
        """Show other lines; the cursor stays in its place."""
        place = self._list.highlighted
        self._lines = list(lines)
        options = [
            Option(line.content, disabled=line.target is None) for line in self._lines
        ]
        with self.app.batch_update():
            self._list.set_options(options)
            self._list.highlighted = self._near(place or 0)
            if not place:
                self._list.scroll_home(animate=False)

    def _near(self, place: int) -> int | None:
        """Return the line that can be taken at a place, behind it, or before it."""
        takable = [n for n, line in enumerate(self._lines) if line.target is not None]
        behind = next((n for n in takable if n >= place), None)
        return behind if behind is not None or not takable else takable[-1]

    def action_move(self, movement: str) -> None:
        getattr(self._list, f"action_{movement}")()

    def action_section(self, by: int) -> None:
        """Go to the first line of the next section that has one to take, or before."""
        now = self._list.highlighted or 0
        heads = [n for n, line in enumerate(self._lines) if line.heads]
        firsts = [n for n in map(self._near, heads) if n is not None]
        further = [n for n in firsts if (n > now if by > 0 else n < now)]
        if further:
            self._list.highlighted = min(further) if by > 0 else max(further)

    @on(OptionList.OptionHighlighted)
    def _show_the_first_heading(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if message.option_index == self._near(0):
            self._list.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _take_line(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        target = self._lines[message.option_index].target
        if target is not None and self.is_current:
            self.take(target)

    def take(self, target: _R) -> None:
        """Act on a line that was taken: leave the page with what it gives."""
        self.dismiss(target)


def heading(text: str) -> Line[_R]:
    """Return the line that begins a section."""
    return Line(Content.styled(text, "bold $text-primary"), heads=True)


def blank() -> Line[_R]:
    """Return the line between two sections."""
    return Line(Content(" "))
