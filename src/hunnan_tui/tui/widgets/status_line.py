"""The line at the top: title, counts, and whether everything is saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static


class StatusLine(Horizontal):
    """Title and counts on the left, the state of saving on the right."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        & > #title { width: auto; height: 1; padding-right: 3; text-style: bold;
                     text-wrap: nowrap; }
        & > #shown { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #saved { width: auto; max-width: 60%; height: 1; padding-left: 2;
                     text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    _title = query_one("#title", Static)
    counts = query_one("#shown", Static)
    _saved = query_one("#saved", Static)

    def compose(self) -> ComposeResult:
        yield Static(id="title", markup=False)
        yield Static(id="shown", markup=False)
        yield Static(id="saved", markup=False)

    def show_counts(self, title: str, counts: str) -> None:
        """Show the title of the dataset, and how many of its projects are shown."""
        if str(self._title.content) != title:
            self._title.update(Content(title))
        # it fills what the others leave: no new layout is needed
        self.counts.update(Content(counts), layout=False)

    def show_saved(self, content: Content) -> None:
        """Show whether everything is saved."""
        self._saved.update(content)
