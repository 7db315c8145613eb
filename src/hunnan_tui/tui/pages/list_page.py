"""A page of rows in sections; `enter` activates the row under the cursor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.results import GoToProject, PageResult
from hunnan_tui.tui.widgets.footer import KeyFooter
from hunnan_tui.tui.widgets.legible_list import LegibleList

_COUNT = re.compile(r" \(|（|  ")
"""Where the count behind the title of a section begins."""

RowTarget = PageResult | Callable[[], object]
"""A result that the page closes with, or what it does and stays open."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One row of a page, cleaned for the screen; it may span several lines."""

    content: Content
    target: RowTarget | None = None
    """What `enter` does; the cursor skips a row without it."""
    is_heading: bool = False
    """Whether a section begins with this row."""
    key: str = ""
    """The project that it is about, if its target does not say so."""

    @property
    def project(self) -> str:
        """The key of the project that it is about; empty if of none."""
        return self.target.key if isinstance(self.target, GoToProject) else self.key


class PageList(LegibleList):
    """The rows; their page says what `enter` does on each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            N_("Open"),
            id="lines.open",
            tooltip=N_("What the row names"),
        )
    ]


class ListPage(Page):
    """The shared part; a subclass calls `show_rows` when it has its rows."""

    DEFAULT_CSS = """
    ListPage {
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
        Binding(
            "j", "move('cursor_down')", N_("Next line"), show=False, id="lines.down"
        ),
        Binding("k", "move('cursor_up')", N_("Line before"), show=False, id="lines.up"),
        Binding(
            "ctrl+d", "move('page_down')", N_("Page down"), show=False, id="lines.pgdn"
        ),
        Binding(
            "ctrl+u", "move('page_up')", N_("Page up"), show=False, id="lines.pgup"
        ),
        Binding("g", "move('first')", N_("First line"), show=False, id="lines.first"),
        Binding("G", "move('last')", N_("Last line"), show=False, id="lines.last"),
        Binding(
            "right_curly_bracket",
            "section(1)",
            N_("Next section"),
            key_display="}",
            id="lines.next-section",
        ),
        Binding(
            "left_curly_bracket",
            "section(-1)",
            N_("Section before"),
            key_display="{",
            show=False,
            id="lines.section",
        ),
    ]
    CUTS_ROWS: ClassVar[bool] = True
    """Whether a row is one line, cut at the edge; else it wraps."""

    _list = query_one(OptionList)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PageRow] = []
        self.set_class(self.CUTS_ROWS, "-cut")

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield PageList(markup=False)
        yield KeyFooter()

    @property
    def row_width(self) -> int:
        """Cells of a row: the screen without padding, scrollbar and a margin."""
        return self.size.width - 4

    def show_rows(self, rows: Iterable[PageRow]) -> None:
        """Replace the rows; the cursor stays on its row, else where that was."""
        index, before, top = self._list.highlighted, self._rows, self._list.scroll_y
        self._rows = list(rows)
        first = self._find_first_target()
        kept = None if index is None else _find_again(before, index, self._rows)
        options = [
            Option(row.content, disabled=row.target is None) for row in self._rows
        ]
        with self.app.batch_update():
            self._list.set_options(options)
            if kept is None:
                kept = first if index is None else self._find_nearest_target(index)
            self._list.highlighted = kept
            if kept == first:
                self._list.scroll_home(animate=False)
            elif kept == index:  # the lines around the cursor stay where they are
                self._list.scroll_to(y=top, animate=False, force=True)
                self._list.call_after_refresh(self._list.scroll_to_highlight)
        self.follow_cursor()

    def forget_row(self) -> None:
        """Let the next rows begin at their first: they are of another kind."""
        self._list.highlighted = None

    @property
    def current_key(self) -> str:
        index = self._list.highlighted
        return self._rows[index].project if index is not None else ""

    def _find_first_target(self) -> int | None:
        """Return the first row that leads somewhere and is no heading, if there is one."""
        rows = enumerate(self._rows)
        targets = [(n, row.is_heading) for n, row in rows if row.target is not None]
        first = next((n for n, is_heading in targets if not is_heading), None)
        return targets[0][0] if targets and first is None else first

    def _find_nearest_target(self, index: int) -> int | None:
        """Return the first row with a target from an index on, else the last of all."""
        targets = [n for n, row in enumerate(self._rows) if row.target is not None]
        following = next((n for n in targets if n >= index), None)
        return following if following is not None or not targets else targets[-1]

    def action_move(self, movement: str) -> None:
        getattr(self._list, f"action_{movement}")()

    def action_section(self, by: int) -> None:
        """Go to the first target of the next section that has one, or the previous."""
        current = self._list.highlighted or 0
        headings = [n for n, row in enumerate(self._rows) if row.is_heading]
        firsts = [n for n in map(self._find_nearest_target, headings) if n is not None]
        further = [n for n in firsts if (n > current if by > 0 else n < current)]
        if further:
            self._list.highlighted = min(further) if by > 0 else max(further)

    @property
    def _current_target(self) -> RowTarget | None:
        index = self._list.highlighted
        return None if index is None else self._rows[index].target

    @on(OptionList.OptionHighlighted)
    def _reveal_first_heading(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self.follow_cursor()
        first = self._find_first_target()
        if first is not None and message.option_index <= first:
            self._list.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _activate(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        target = self._rows[message.option_index].target
        if target is None or not self.is_current:
            return
        if callable(target):
            target()
        else:
            self.dismiss(target)


def _find_again(
    before: Sequence[PageRow], index: int, rows: Sequence[PageRow]
) -> int | None:
    """Return where a row is among other rows: the nearest of its section that is alike."""
    if index >= len(before):
        return None
    section = list(_name_sections(before))[index]
    alike = [
        n
        for n, (row, title) in enumerate(zip(rows, _name_sections(rows), strict=True))
        if title == section and _is_alike(row, before[index])
    ]
    return min(alike, key=lambda n: abs(n - index), default=None)


def _is_alike(row: PageRow, other: PageRow) -> bool:
    if row.project or other.project:
        return row.project == other.project
    return row.content.plain == other.content.plain


def _name_sections(rows: Iterable[PageRow]) -> Iterator[str]:
    """Yield for each row the title of its section, without the counts behind it."""
    title = ""
    for row in rows:
        if row.is_heading:
            title = _COUNT.split(row.content.plain)[0]
        yield title


def make_heading_row(text: str, target: RowTarget | None = None) -> PageRow:
    """Return the row that begins a section."""
    content = Content.styled(text, "bold $text-primary")
    return PageRow(content, target, is_heading=True)


def make_blank_row() -> PageRow:
    """Return the row between two sections."""
    return PageRow(Content(" "))


def make_more_row(count: int) -> PageRow:
    """Return the row that stands for so many others that are left out."""
    return PageRow(Content(_("… {count:,} more").format(count=count)))
