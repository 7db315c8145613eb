"""The base of all pages: its keys, and the header."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import ClassVar

from textual import work
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.pages.results import PageResult
from hunnan_tui.tui.terminal.whole_characters import keep_characters_whole


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
    HAS_PROJECTS: ClassVar[bool] = True
    """Whether a project can be under the cursor, so that keys act on it."""
    HEADING: ClassVar[str] = ""
    """What the page is called, also on the way that led from it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q",
            "leave_page",
            N_("Back"),
            key_display="esc",
            id="page.back",
            tooltip=N_("Go back to the projects"),
        ),
        Binding(
            "colon,ctrl+p",
            "app.command_palette",
            N_("Commands"),
            key_display=":",
            id="page.palette",
            tooltip=N_("Find and run any command"),
            show=False,
        ),
        Binding(
            "question_mark,f1",
            "help",
            N_("Help"),
            key_display="?",
            id="page.help",
            tooltip=N_("All keys that work here; Enter runs one"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        keep_characters_whole(self)

    way = ""
    """The pages that led here, in words; empty for a page opened from the list."""
    keep: Callable[[], None] | None = None
    """Called before it is closed with a result: it can be come back to."""
    _run_act: Callable[[str], None] | None = None
    _needing_project: Collection[str] = ()
    """The ids of the keys that act on the project under the cursor."""
    _had_project = False
    """Whether the footer names them."""

    @property
    def current_key(self) -> str:
        """The key of the project under the cursor; empty if there is none."""
        return ""

    def explain_no_project(self) -> str:
        """Return why no act can be made here, where no project is under the cursor."""
        return _("No project is under the cursor")

    def is_resting(self, id: str) -> bool:
        """Return whether a key acts on a project, and none is under the cursor."""
        return id in self._needing_project and not self._had_project

    def follow_cursor(self) -> None:
        """Have the footer name the acts on a project if one is under the cursor now."""
        has_project = bool(self.current_key)
        if has_project != self._had_project:
            self._had_project = has_project
            self.refresh_bindings()

    def offer_acts(
        self,
        bindings: Iterable[Binding],
        needing_project: Collection[str],
        run: Callable[[str], None],
    ) -> None:
        """Let keys act on the project under the cursor, as they do in the list.

        Args:
            bindings: The keys, whose action is `act` with the id of a command. Those
                that the page has a use of its own for keep it.
            needing_project: The ids of those that need a project.
            run: Runs a command, by its id.
        """
        self._run_act, self._needing_project = run, needing_project
        own = self._bindings.key_to_bindings
        acts = BindingsMap(bindings).key_to_bindings
        free = {key: acts[key] for key in acts if key not in own}
        self._bindings = BindingsMap.from_keys({**own, **free})

    def uses_key(self, key: str) -> bool:
        """Return whether the page has a use of its own for a key."""
        return key in self._bindings.key_to_bindings

    def action_act(self, command: str) -> None:
        """Run a command of the main screen on the project under the cursor."""
        if self._run_act is not None:
            self._run_act(command)

    def set_header(self, title: str, *lines: Content) -> None:
        """Show a title, and lines below it."""
        head = Content.styled(title, "bold")
        if self.way:
            way = Content.styled(f"{self.way} › ", "$foreground-muted")
            head = Content.assemble(way, head)
        self.query_one(PageHeader).update(Content("\n").join([head, *lines]))

    def dismiss(self, result: PageResult | None = None) -> AwaitComplete:
        if result is not None and self.keep is not None:
            self.keep()
        return super().dismiss(result)

    def action_leave_page(self) -> None:
        self.dismiss(None)

    @work
    async def action_help(self) -> None:
        from hunnan_tui.tui.dialogs.help import show_key_help

        await show_key_help(self)
