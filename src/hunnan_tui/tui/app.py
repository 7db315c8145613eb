"""The app: theme, the first screen, how it ends; no rules of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from rich.console import RenderableType
from textual.command import Provider
from textual.driver import Driver
from textual.filter import LineFilter

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.tui.terminal.clean_output import CleanLines
from hunnan_tui.tui.terminal.type_ahead import TypedAhead

if TYPE_CHECKING:  # the first screen does not wait for them
    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.background.dataset_loader import Reading
    from hunnan_tui.tui.browser.screen import BrowserScreen


def _live_commands() -> type[Provider]:
    from hunnan_tui.tui.dialogs.palette import CommandProvider

    return CommandProvider


def _project_commands() -> type[Provider]:
    from hunnan_tui.tui.dialogs.palette import ProjectProvider

    return ProjectProvider


def local_now() -> datetime:
    """Return the time in whole seconds, with the local offset."""
    return datetime.now().astimezone().replace(microsecond=0)


class HunnanApp(TypedAhead):
    """Browse a dataset, tag and annotate its projects."""

    TITLE = "hunnan-tui"
    CSS_PATH = "hunnan.tcss"
    COMMANDS = {_live_commands, _project_commands}  # noqa: RUF012  # as below
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it so
        (0, "-tiny"),
        (60, "-narrow"),
        (100, "-wide"),
        (160, "-roomy"),
    ]

    def __init__(
        self,
        workspace: Workspace | None = None,
        *,
        session: Session | None = None,
        messages: Sequence[str] = (),
        settings: Settings | None = None,
        paths: Paths | None = None,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        """Take all that the app works on.

        Args:
            workspace: The open dataset, loaded; None if `browse` is called later.
            session: Where the dataset was left.
            messages: What the reader must be told at the start.
            settings: What the user has set.
            paths: Where the state is kept; without it nothing is, but notes.
            now: The time, for relative dates and for notes.
        """
        super().__init__()
        self._workspace = workspace
        self.failure: HunnanError | None = None
        """Why the app had to end."""
        self.is_away = False
        """Whether the terminal is lent to another program."""
        self._session = session or Session()
        self._browser: BrowserScreen | None = None
        self._messages = messages
        self._settings = settings or Settings()
        self._paths = paths or Paths()
        self._now = now

    def on_mount(self) -> None:
        theme = self._settings.theme
        if theme in self.available_themes:
            self.theme = theme
        if self._workspace is not None:
            self.push_screen(self._main_screen(self._workspace, self._messages))

    def _main_screen(
        self,
        workspace: Workspace,
        messages: Sequence[str],
        reading: Reading | None = None,
    ) -> BrowserScreen:
        """Return the main screen; `session` is its from now on.

        Args:
            workspace: The dataset.
            messages: What the reader must be told.
            reading: Reads the rest of it, where that has begun.
        """
        from hunnan_tui.tui.browser.screen import BrowserScreen

        theme = self._settings.theme
        if self._settings.problem:
            messages = [*messages, self._settings.problem]
        elif theme and theme not in self.available_themes:
            messages = [*messages, f"There is no theme {theme!r}"]
        self._browser = BrowserScreen(
            workspace,
            self._session,
            self._now,
            self.fail,
            messages,
            self._settings,
            self._paths,
            reading,
        )
        return self._browser

    @property
    def is_open(self) -> bool:
        """Whether there is a dataset to work on."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open dataset; LookupError as long as it is not open."""
        if self._workspace is None:
            raise LookupError
        return self._workspace

    @property
    def session(self) -> Session:
        """Where the dataset is left, or was left when the app has ended."""
        return self._browser.session if self._browser else self._session

    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from hunnan_tui.tui.terminal.paste import PastingDriver

        return PastingDriver

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self._last_filters]

    @cached_property
    def _last_filters(self) -> Sequence[LineFilter]:
        if not self._settings.ascii:
            return (CleanLines(),)
        from hunnan_tui.tui.terminal.ascii import AsciiLines

        return (CleanLines(), AsciiLines())

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web address in the browser; anything else is refused with a word."""
        from hunnan_tui.core.urls import why_not_openable

        if why := why_not_openable(url):
            self.notify(f"Not opened: {why}", severity="warning", markup=False)
            return
        super().open_url(url, new_tab=new_tab)

    def fail(self, error: HunnanError) -> None:
        """End because the dataset cannot be read; edits are kept in the journal."""
        self.failure = error
        self.exit(return_code=error.exit_code)

    def leave(self, code: int) -> None:
        """Save or keep in the journal what is open, then end with an exit status."""
        if self._workspace is not None:
            from hunnan_tui.tui.dialogs.note_editor import NoteEditor

            for screen in self.screen_stack:
                if isinstance(screen, NoteEditor):
                    screen.keep_now()
            self._workspace.leave()
        self.exit(return_code=code)

    @property
    def crash(self) -> Exception | None:
        """The error in the program that has ended the app."""
        return self._exception

    @contextmanager
    def suspend(self) -> Iterator[None]:
        with super().suspend():
            self.is_away = True
            try:
                yield
            finally:
                self.is_away = False

    def panic(self, *_: RenderableType) -> None:
        """End after an error; Textual would print it with all values, and notes."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        if not self._exit:
            self._return_code = 1
        self._close_messages_no_wait()
