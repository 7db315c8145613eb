"""Asks which table is imported."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.widgets.text_field import TextField

_PATH_LENGTH = 4_096


class TableDialog(PromptDialog):
    """Asks for the path of a table."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "read", id="prompt.take", tooltip="Read this table"),
    ]

    def __init__(self, text: str = "") -> None:
        super().__init__("Import a table", text)

    def compose(self) -> ComposeResult:
        field = TextField(
            self._text,
            placeholder="path of a workbook, CSV or JSON",
            max_length=_PATH_LENGTH,
            compact=True,
        )
        yield DialogFrame(self._title, field, KeyHints("prompt.take", "prompt.cancel"))
