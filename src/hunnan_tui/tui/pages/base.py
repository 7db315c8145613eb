"""The base of all pages: its keys, and the header."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.pages.results import PageResult


class PageHeader(Static):
    """The lines at the top of a page: its title and what it shows."""

    DEFAULT_CSS = """
    PageHeader {
        height: auto;
        max-height: 4;
        padding: 0 1;
        background: $panel;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)


class Page(WorkerOwner, Screen[PageResult | None]):
    """A screen that covers the main one; `escape` closes it without a result."""

    GIVES_UP: ClassVar[str] = "leave_page"
    """The action that does not wait for content that is still being computed."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q",
            "leave_page",
            "Back",
            key_display="esc",
            id="page.back",
            tooltip="Go back to the projects",
        ),
        Binding(
            "colon,ctrl+p",
            "app.command_palette",
            "Commands",
            key_display=":",
            id="page.palette",
            tooltip="Find and run any command",
            show=False,
        ),
        Binding(
            "question_mark,f1",
            "help",
            "Help",
            key_display="?",
            id="page.help",
            tooltip="All keys that work here; Enter runs one",
        ),
    ]

    def set_header(self, title: str, *lines: Content) -> None:
        """Show a title, and lines below it."""
        header = Content("\n").join([Content.styled(title, "bold"), *lines])
        self.query_one(PageHeader).update(header)

    def action_leave_page(self) -> None:
        self.dismiss(None)

    @work
    async def action_help(self) -> None:
        from hunnan_tui.tui.dialogs.help import show_key_help

        await show_key_help(self)
