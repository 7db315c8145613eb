"""One of a few values on a line; its screen has the keys that change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hunnan_tui.core.text import display_line


class InlineSelect(Widget, can_focus=True):
    """A label and the value that is chosen, of those that are offered."""

    DEFAULT_CSS = """
    InlineSelect {
        height: 1;
        width: 1fr;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
        }
        &:disabled { color: $text-muted; }
    }
    """
    LABEL_WIDTH = 10

    index: reactive[int] = reactive(0)

    @dataclass
    class Changed(Message):
        """Another value was chosen."""

        choice: InlineSelect

        @property
        def control(self) -> InlineSelect:
            return self.choice

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], *, id: str, value: str
    ) -> None:
        """Offer values.

        Args:
            label: What is chosen.
            options: Each with its name and how it is shown.
            id: Of the widget.
            value: The name of the value that is selected at first.
        """
        super().__init__(id=id)
        self._label = label
        self._options = options
        self._instead = ""
        names = [name for name, _ in options]
        index = names.index(value) if value in names else 0
        self.set_reactive(InlineSelect.index, index)

    @property
    def value(self) -> str:
        """The name of the value that is chosen."""
        return self._options[self.index][0]

    def show_reason(self, text: str) -> None:
        """Show why there is nothing to choose; an empty text offers the values again."""
        self.disabled, self._instead = bool(text), text
        self.refresh()

    def render(self) -> Content:
        label = f"{self._label:<{self.LABEL_WIDTH}}"
        if self._instead:
            return Content(f"{label}  {display_line(self._instead)}")
        text = display_line(self._options[self.index][1])
        if len(self._options) == 1:
            return Content(f"{label}  {text}")
        return Content.assemble(label, "← ", (text, "bold"), " →")

    def watch_index(self) -> None:
        self.post_message(self.Changed(self))

    def cycle(self, by: int) -> None:
        """Choose the next value, or the one before."""
        self.index = (self.index + by) % len(self._options)

    def on_click(self) -> None:
        self.cycle(1)
