"""A select on one line; the keys that change it belong to its screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line

_FEW = 2
"""Values that need no number: the other one is the only other one."""


class InlineSelect(Widget, can_focus=True):
    """A label and the selected one of a few values."""

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
        """Another value was selected."""

        inline_select: InlineSelect

        @property
        def control(self) -> InlineSelect:
            return self.inline_select

    def __init__(
        self, label: str, options: Sequence[tuple[str, str]], *, id: str, value: str
    ) -> None:
        """Offer values.

        Args:
            label: What is selected.
            options: The name of each value, and its text on the screen.
            id: The id of the widget.
            value: The name of the value that is selected at first.
        """
        super().__init__(id=id)
        self._label = label
        self._options = options
        self._disabled_reason = ""
        names = [name for name, _ in options]
        index = names.index(value) if value in names else 0
        self.set_reactive(InlineSelect.index, index)

    @property
    def value(self) -> str:
        """The name of the selected value."""
        return self._options[self.index][0]

    def disable(self, reason: str) -> None:
        """Disable the select and show why; an empty text enables it again."""
        self.disabled, self._disabled_reason = bool(reason), reason
        self.refresh()

    def render(self) -> Content:
        label = pad(self._label, self.LABEL_WIDTH)
        if self._disabled_reason:
            return Content(f"{label}  {display_line(self._disabled_reason)}")
        text = display_line(self._options[self.index][1])
        if len(self._options) == 1:
            return Content(f"{label}  {text}")
        selected = Content.assemble(label, "← ", (text, "bold"), " →")
        count = len(self._options)
        if count <= _FEW:
            return selected
        number = _("{number} of {count}").format(number=self.index + 1, count=count)
        # muted on the background of the screen is not legible on that of the cursor
        style = "" if self.has_focus else "$foreground-muted"
        return Content.assemble(selected, ("  " + number, style))

    def watch_index(self) -> None:
        self.post_message(self.Changed(self))

    def cycle(self, by: int) -> None:
        """Select the next value, or the previous one."""
        self.index = (self.index + by) % len(self._options)

    def on_click(self) -> None:
        self.cycle(1)
