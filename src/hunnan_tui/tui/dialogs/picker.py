"""A dialog with a text field above a list: typing narrows it, `enter` picks a row."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, DialogList, KeyHints
from hunnan_tui.tui.widgets.text_field import CleanField

_R = TypeVar("_R")

TYPED_LENGTH = 1_000
_CHROME_HEIGHT = 12
"""Lines of the screen that are not for the list: the rest of the dialog, and margins."""
_MAX_ROWS = 200
"""Rows in the list at most: nobody reads further, and each costs time."""


class PickerInput(CleanField):
    """The text field of the dialog; a text that is too long is not pasted."""

    def insert_pasted(self, pasted: str) -> None:
        if len(pasted) <= TYPED_LENGTH:
            line = " ".join(UNSAFE.sub(" ", pasted).split())
            self.replace(line, *self.selection)
        else:
            self.restricted()


class PickerDialog(Dialog[_R]):
    """The shared part; a subclass has the rows, and says what picking one does."""

    DEFAULT_CSS = """
    PickerDialog {
        & PickerInput { margin-bottom: 1; background: $surface; }
    }
    """
    AUTO_FOCUS = "PickerInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", N_("up"), show=False, id="picker.up"),
        Binding(
            "down", "move('cursor_down')", N_("down"), show=False, id="picker.down"
        ),
        Binding(
            "pageup", "move('page_up')", N_("page up"), show=False, id="picker.page-up"
        ),
        Binding(
            "pagedown",
            "move('page_down')",
            N_("page down"),
            show=False,
            id="picker.page-down",
        ),
    ]

    FITS_ROWS: ClassVar[bool] = False
    """Whether the list is as high as its rows, not of a fixed height."""
    PLACEHOLDER: ClassVar[str] = N_("Type to narrow")
    EMPTY: ClassVar[str] = ""
    """What stands in the list when there is nothing yet, and nothing is typed."""
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Ids of the bindings in the line of key hints."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._rows: Sequence[str] = ()

    def compose(self) -> ComposeResult:
        self.input = PickerInput(
            placeholder=_(self.PLACEHOLDER), compact=True, max_length=TYPED_LENGTH
        )
        self.list = DialogList()
        self.hint = KeyHints(*self.HINTS)
        self.dialog = DialogFrame(self._title, self.input, self.list, self.hint)
        yield self.dialog

    def on_mount(self) -> None:
        # a watcher, not Input.Changed: the rows must match the text before `enter`
        self.watch(self.input, "value", self._follow_typing)

    @abstractmethod
    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        """Return the ids of the rows that match a text, and the index to highlight."""

    @abstractmethod
    def format_row(self, row: str) -> Content:
        """Return what a row shows."""

    def is_heading(self, row: str) -> bool:
        """Return whether a row cannot be picked."""
        del row
        return False

    @abstractmethod
    def pick(self, row: str | None) -> None:
        """Act on the highlighted row, if there is one."""

    @property
    def highlighted(self) -> str | None:
        """The id of the row under the cursor."""
        index = self.list.highlighted
        return None if index is None else self._rows[index]

    def show_rows(self, highlighted: int | None = None) -> None:
        """Show the rows that match the typed text; of many the first ones.

        Args:
            highlighted: The index to highlight instead of the one from `narrow`.
        """
        self._rows, first = self.narrow(self.input.value)
        options = [
            Option(self.format_row(row), disabled=self.is_heading(row))
            for row in self._rows[:_MAX_ROWS]
        ]
        if len(self._rows) > _MAX_ROWS:
            count = f"{len(self._rows) - _MAX_ROWS:,}"
            more = "… " + _("{count} more").format(count=count)
            options.append(Option(Content(more), disabled=True))
        if not options and self.EMPTY and not self.input.value:
            empty = Content.styled(_(self.EMPTY), "$foreground-muted")
            options.append(Option(empty, disabled=True))
        with self.app.batch_update():
            if self.FITS_ROWS:
                # an automatic height would make the dialog as high as all rows
                max_height = max(3, self.app.size.height - _CHROME_HEIGHT)
                self.list.styles.height = min(max(1, len(options)), max_height)
            self.list.set_options(options)
            self.list.highlighted = first if highlighted is None else highlighted

    def action_move(self, movement: str) -> None:
        getattr(self.list, f"action_{movement}")()
        if self.list.highlighted == _MAX_ROWS - 1:
            self.list.scroll_end(animate=False)  # to show how many more there are

    def action_pick(self) -> None:
        self.pick(self.highlighted)

    @on(OptionList.OptionSelected)
    def _pick_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_pick()

    def _follow_typing(self) -> None:
        self.hint.show_message("")
        self.show_rows()
