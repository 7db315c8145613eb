"""Ask for one line of text: the name of a view."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.widgets.text_field import TextField


class PromptDialog(ModalScreen[str | None]):
    """Gives the text without outer blanks; None is "cancelled"."""

    DEFAULT_CSS = (
        "PromptDialog { align: center middle; & TextField { margin-bottom: 1; } }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "save", id="prompt.take", tooltip="Take this text"),
        Binding("escape", "cancel", "cancel", id="prompt.cancel", tooltip="Take none"),
    ]

    def __init__(
        self, title: str, text: str = "", placeholder: str = "", *, length: int = 80
    ) -> None:
        super().__init__()
        self._title, self._text, self._placeholder = title, text, placeholder
        self._length = length

    def compose(self) -> ComposeResult:
        field = TextField(
            self._text,
            placeholder=self._placeholder,
            max_length=self._length,
            compact=True,
        )
        yield DialogFrame(self._title, field, KeyHints("prompt.take", "prompt.cancel"))

    def action_take(self) -> None:
        text = UNSAFE.sub("", self.query_one(TextField).value).strip()
        self._close(text or None)

    def action_cancel(self) -> None:
        self._close(None)

    def _close(self, text: str | None) -> None:
        if self.is_current:  # not closed by a key just before
            self.dismiss(text)
