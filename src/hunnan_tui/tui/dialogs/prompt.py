"""Ask for one line of text: the name of a view, a path."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.widgets.text_field import TextField


class PromptDialog(Dialog[str | None]):
    """Returns the text without outer blanks, which is never empty; None if cancelled."""

    DEFAULT_CSS = "PromptDialog { & TextField { margin-bottom: 1; } }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "take", N_("save"), id="prompt.take", tooltip=N_("Take this text")
        ),
        Binding(
            "escape",
            "cancel",
            N_("cancel"),
            id="prompt.cancel",
            tooltip=N_("Take none"),
        ),
    ]

    def __init__(
        self,
        title: str,
        text: str = "",
        placeholder: str = "",
        *,
        length: int = 80,
        problem: str = "",
    ) -> None:
        """Ask.

        Args:
            title: What is asked.
            text: What stands in the line at first.
            placeholder: What to type, shown while the line is empty.
            length: The most characters that fit.
            problem: Why the text cannot be taken, if it was tried.
        """
        super().__init__()
        self._title, self._text, self._placeholder = title, text, placeholder
        self._length, self._problem = length, problem

    def compose(self) -> ComposeResult:
        field = TextField(
            self._text,
            placeholder=self._placeholder,
            max_length=self._length,
            compact=True,
        )
        yield DialogFrame(self._title, field, KeyHints("prompt.take", "prompt.cancel"))

    def on_mount(self) -> None:
        self.query_one(KeyHints).show_message(self._problem)

    async def action_take(self) -> None:
        text = UNSAFE.sub("", self.query_one(TextField).value).strip()
        if text:
            problem = await self.explain_refusal(text)
        else:
            what = self.query_one(TextField).placeholder or self._title
            problem = _("Type something, or esc: {what}").format(what=what)
        if problem:
            self.query_one(KeyHints).show_message(problem)
        else:
            self.close(text)

    async def explain_refusal(self, text: str) -> str:
        """Return why a text cannot be taken; empty if it can."""
        del text
        return ""

    def action_cancel(self) -> None:
        self.close(None)
