"""A modal of one input over a list: typing narrows, the arrows move, enter picks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.widgets.text_field import TextField

_R = TypeVar("_R")

TYPED_LENGTH = 1_000
_FRAME = 12
"""Lines of the screen that the list leaves to the rest of the dialog and around it."""
_SHOWN = 200
"""Rows in the list at most: nobody reads further, and each costs time."""


class PickerInput(TextField):
    """An input that leaves the arrows and `enter` to its screen."""

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._take(event.text)

    def action_paste(self) -> None:
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        if len(pasted) <= TYPED_LENGTH:
            line = " ".join(UNSAFE.sub(" ", pasted).split())
            self.replace(line, *self.selection)
        else:
            self.restricted()


class PickerDialog(ModalScreen[_R]):
    """The common part; a child says which rows a typed text leaves, and what picking does."""

    DEFAULT_CSS = """
    PickerDialog {
        align: center middle;
        & PickerInput { margin-bottom: 1; background: $surface; }
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
    AUTO_FOCUS = "PickerInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", "up", show=False, id="picker.up"),
        Binding("down", "move('cursor_down')", "down", show=False, id="picker.down"),
        Binding(
            "pageup", "move('page_up')", "page up", show=False, id="picker.page-up"
        ),
        Binding(
            "pagedown",
            "move('page_down')",
            "page down",
            show=False,
            id="picker.page-down",
        ),
    ]

    IS_AS_HIGH_AS_ITS_ROWS: ClassVar[bool] = False
    PLACEHOLDER: ClassVar[str] = "Type to narrow"
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Ids of the bindings that the last line tells."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        self.input = PickerInput(
            placeholder=self.PLACEHOLDER, compact=True, max_length=TYPED_LENGTH
        )
        self.list = OptionList(markup=False, compact=True)
        self.list.can_focus = False
        self.hint = KeyHints(*self.HINTS)
        self.dialog = DialogFrame(self._title, self.input, self.list, self.hint)
        yield self.dialog

    def on_mount(self) -> None:
        # a watcher, not Input.Changed: the rows fit the text when enter comes
        self.watch(self.input, "value", self._follow_typing)

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        """Return the rows that a typed text leaves, and the one to highlight."""
        raise NotImplementedError

    def prompt(self, row: str) -> Content:
        """Return how a row is shown."""
        raise NotImplementedError

    def pick(self, row: str | None) -> None:
        """Act on the highlighted row, if there is one."""
        raise NotImplementedError

    @property
    def highlighted(self) -> str | None:
        """The row that enter acts on."""
        index = self.list.highlighted
        return None if index is None else self._rows[index]

    def show_rows(self, highlighted: int | None = None) -> None:
        """Show the rows that the typed text leaves, the first ones of many.

        Args:
            highlighted: The row to highlight instead of the one that `narrow` says.
        """
        self._rows, first = self.narrow(self.input.value)
        options = [Option(self.prompt(row)) for row in self._rows[:_SHOWN]]
        if len(self._rows) > _SHOWN:
            more = Content(f"… {len(self._rows) - _SHOWN:,} more")
            options.append(Option(more, disabled=True))
        with self.app.batch_update():
            if self.IS_AS_HIGH_AS_ITS_ROWS:
                # an automatic height would make the dialog as high as all rows
                most = max(3, self.app.size.height - _FRAME)
                self.list.styles.height = min(max(1, len(options)), most)
            self.list.set_options(options)
            self.list.highlighted = first if highlighted is None else highlighted

    def close(self, result: _R) -> None:
        """Leave with a result, once."""
        if self.is_current:
            self.dismiss(result)

    def action_move(self, movement: str) -> None:
        getattr(self.list, f"action_{movement}")()
        if self.list.highlighted == _SHOWN - 1:
            self.list.scroll_end(animate=False)  # to see how many more there are

    def action_pick(self) -> None:
        self.pick(self.highlighted)

    @on(OptionList.OptionSelected)
    def _pick_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_pick()

    def _follow_typing(self) -> None:
        self.hint.show_message("")
        self.show_rows()
