"""A screen that covers the main one for a while, and is left with `escape`."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.dialogs.help import show_key_help
from hunnan_tui.tui.pages.results import PageResult


class PageHeader(Static):
    """What a page is about, on top of it."""

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
    """The keys that every page has; it gives None when it is left."""

    GIVES_UP: ClassVar[str] = "leave_page"
    """The action that does not wait for what the page is still counting."""
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

    def set_header(self, text: str, *more: Content) -> None:
        """Show what the page is about."""
        title = Content.styled(text, "bold")
        self.query_one(PageHeader).update(Content("\n").join([title, *more]))

    def action_leave_page(self) -> None:
        self.dismiss(None)

    @work
    async def action_help(self) -> None:
        await show_key_help(self)
