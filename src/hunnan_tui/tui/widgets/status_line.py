"""The line at the top: what needs the reader, title, counts, whether all is saved."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget


class StatusLine(Widget):
    """One line that knows its width: what there is no room for goes as a whole."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._arrange: Callable[[int], Content] = lambda _: Content("")

    def show(self, arrange: Callable[[int], Content]) -> None:
        """Show what `arrange` returns for a number of cells."""
        self._arrange = arrange
        self.refresh()

    def render(self) -> Content:
        return self._arrange(self.content_size.width)
