"""Choose the columns behind the name of a project, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.query.language.fields import FIELDS
from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.presenters.list_fields import COLUMNS, USUAL, known

_FRAME = 8
"""Lines of the screen that the list leaves to the rest of the dialog and around it."""
_TITLE_WIDTH = 14
_FIELD_WIDTH = 13


class ColumnsDialog(ModalScreen[tuple[str, ...] | None]):
    """Gives the chosen fields, empty for the usual ones; None is "cancelled"."""

    DEFAULT_CSS = """
    ColumnsDialog {
        align: center middle;
        & OptionList {
            margin-bottom: 1;
            padding: 0;
            border: none;
            background: $surface;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            scrollbar-size-vertical: 1;
        }
        & OptionList > .option-list--option { padding: 0; }
        & OptionList > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "toggle_column",
            "show or hide",
            key_display="space",
            id="columns.toggle",
            tooltip="Show the column, or hide it",
        ),
        Binding(
            "K,less_than_sign,shift+up",
            "move(-1)",
            "move up",
            key_display="K",
            id="columns.forward",
            tooltip="Move the column one place to the left",
        ),
        Binding(
            "J,greater_than_sign,shift+down",
            "move(1)",
            "move down",
            key_display="J",
            id="columns.back",
            tooltip="Move the column one place to the right",
        ),
        Binding(
            "0",
            "reset",
            "as usual",
            id="columns.reset",
            tooltip="Stage and amount, as when nothing was chosen",
        ),
        Binding("enter", "take", "take", id="columns.take", tooltip="Show these"),
        Binding(
            "escape", "leave", "cancel", id="columns.leave", tooltip="Change nothing"
        ),
        Binding("j,down", "cursor('cursor_down')", show=False, id="columns.down"),
        Binding("k,up", "cursor('cursor_up')", show=False, id="columns.up"),
        Binding("g,home", "cursor('first')", show=False, id="columns.first"),
        Binding("G,end", "cursor('last')", show=False, id="columns.last"),
        Binding("pageup", "cursor('page_up')", show=False, id="columns.page-up"),
        Binding("pagedown", "cursor('page_down')", show=False, id="columns.page-down"),
    ]

    def __init__(self, chosen: Sequence[str]) -> None:
        """Offer all columns, the chosen ones first; empty: the usual ones."""
        super().__init__()
        self._order: list[str] = []
        self._chosen: set[str] = set()
        self._start(chosen)

    def compose(self) -> ComposeResult:
        self.list = OptionList(markup=False, compact=True)
        self.list.can_focus = False
        yield DialogFrame(
            "Columns behind the name",
            self.list,
            KeyHints(
                "columns.toggle",
                "columns.forward",
                "columns.back",
                "columns.reset",
                "columns.take",
                "columns.leave",
            ),
        )

    def on_mount(self) -> None:
        self._show(0)

    def on_resize(self) -> None:
        self._fit()

    def action_toggle_column(self) -> None:
        if (place := self.list.highlighted) is not None:
            self._chosen ^= {self._order[place]}
            self._show(place)

    def action_move(self, by: int) -> None:
        place = self.list.highlighted
        if place is not None and 0 <= place + by < len(self._order):
            self._order.insert(place + by, self._order.pop(place))
            self._show(place + by)

    def action_reset(self) -> None:
        self._start(())
        self._show(0)

    def action_take(self) -> None:
        self._close(known(each for each in self._order if each in self._chosen))

    def action_leave(self) -> None:
        self._close(None)

    def action_cursor(self, movement: str) -> None:
        getattr(self.list, f"action_{movement}")()

    @on(OptionList.OptionSelected)
    def _toggle_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_toggle_column()

    def _start(self, chosen: Sequence[str]) -> None:
        first = chosen or USUAL
        self._order = [*first, *(each for each in COLUMNS if each not in first)]
        self._chosen = set(first)

    def _show(self, highlighted: int) -> None:
        with self.app.batch_update():
            self._fit()
            self.list.set_options(Option(self._prompt(each)) for each in self._order)
            self.list.highlighted = highlighted

    def _fit(self) -> None:
        self.list.styles.height = max(
            1, min(len(COLUMNS), self.app.size.height - _FRAME)
        )

    def _prompt(self, field: str) -> Content:
        sign = "[x] " if field in self._chosen else "[ ] "
        title = f"{COLUMNS[field].title:<{_TITLE_WIDTH}}"
        words = f"{field:<{_FIELD_WIDTH}}{FIELDS[field].help}"
        return Content.assemble(sign, title, (words, "$foreground-muted"))

    def _close(self, result: tuple[str, ...] | None) -> None:
        if self.is_current:
            self.dismiss(result)
