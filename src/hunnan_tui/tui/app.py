"""The app: its theme, its main screen and how it ends."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from rich.console import RenderableType
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import Notify

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import HunnanError, Problem
from hunnan_tui.core.keys_in_use import use_keys
from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.background.scheduling import ACTION
from hunnan_tui.tui.presenters.themes import THEMES
from hunnan_tui.tui.terminal.clean_output import CleanLines
from hunnan_tui.tui.terminal.drawing_caches import free_drawing_caches
from hunnan_tui.tui.terminal.type_ahead import TypeAheadApp

if TYPE_CHECKING:  # the first screen does not wait for them
    from pathlib import Path

    from textual.screen import Screen

    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.background.dataset_loader import DatasetLoader
    from hunnan_tui.tui.browser.screen import BrowserScreen


def get_local_time() -> datetime:
    """Return the local time in whole seconds, with its UTC offset."""
    return datetime.now().astimezone().replace(microsecond=0)


_OFFER_DELAY = 0.5
"""Seconds after which a tour is offered: the first screen does not wait for it."""
_OFFER_SECONDS = 12


class HunnanApp(TypeAheadApp):
    """Browse a dataset, tag and annotate its projects."""

    TITLE = "hunnan-tui"
    CSS_PATH = "hunnan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f9",
            "tour",
            N_("Tour of two minutes"),
            id="app.tour",
            tooltip=N_("Filter, tag, note, undo and coverage, by doing, in a copy"),
            show=False,
            priority=True,  # also leaves it, from within a dialog
        )
    ]
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # Textual declares it so
        (0, "-tiny"),
        (60, "-narrow"),
        (100, "-wide"),
        (140, "-roomy"),
    ]

    def __init__(
        self,
        workspace: Workspace | None = None,
        *,
        session: Session | None = None,
        messages: Sequence[str] = (),
        settings: Settings | None = None,
        paths: Paths | None = None,
        now: Callable[[], datetime] = get_local_time,
        conflicted: Path | None = None,
    ) -> None:
        """Prepare to run.

        Args:
            workspace: The open dataset; None if it is opened later.
            session: Where the dataset was left.
            messages: What the reader must know at the start.
            settings: What the user has set.
            paths: The folders of the user; without them no state is saved.
            now: Gives the time, for relative dates and for notes.
            conflicted: The file in which git left conflicts, if one side of it is shown.
        """
        # without colours Textual makes greys of those of a theme, and black of all that
        # are the terminal's own
        super().__init__(ansi_color=False if "NO_COLOR" in os.environ else None)
        self._workspace = workspace
        self.failure: HunnanError | None = None
        """The expected error that has ended the app."""
        self.is_away = False
        """Whether the terminal is lent to another program."""
        self._session = session or Session()
        self._browser: BrowserScreen | None = None
        self._messages = messages
        self._settings = settings or Settings()
        self._paths = paths or Paths()
        self._now = now
        self._conflicted = conflicted
        self._tour: Screen[None] | None = None
        if not self._settings.animation:
            self.animation_level = "none"

    def on_mount(self) -> None:
        for added in THEMES:
            self.register_theme(added)
        theme = self._settings.theme
        if theme in self.available_themes:
            self.theme = theme
        if self._workspace is not None:
            self.push_screen(self._make_main_screen(self._workspace, self._messages))

    def _make_main_screen(
        self,
        workspace: Workspace,
        messages: Sequence[str],
        loader: DatasetLoader | None = None,
    ) -> BrowserScreen:
        """Make the main screen, whose session is the app's from now on.

        Args:
            workspace: The dataset.
            messages: What the reader must know.
            loader: Loads the rest of it, where that has begun.
        """
        from hunnan_tui.tui.browser.screen import BrowserScreen

        key_problems = (*self._use_keys_of_user(), *self._use_commands_of_user())
        if problem := self._describe_setting_problems(key_problems):
            messages = [*messages, problem]
        self._browser = BrowserScreen(
            workspace,
            self._session,
            self._now,
            self.fail,
            messages,
            self._settings,
            self._paths,
            loader,
            self._conflicted,
        )
        self.set_timer(_OFFER_DELAY, self._offer_tour)
        return self._browser

    def _use_keys_of_user(self) -> Sequence[Problem]:
        """Give the commands the keys that the user has set; return what is wrong."""
        if not self._settings.keys:
            use_keys({})
            return ()
        from hunnan_tui.tui.keys.user_keys import name_keys, read_keymap

        keymap, problems = read_keymap(self._settings)
        use_keys(name_keys(keymap))
        self.set_keymap({name: ",".join(keys) for name, keys in keymap.items()})
        return problems

    def _use_commands_of_user(self) -> Sequence[Problem]:
        """Leave out commands whose keys cannot be used; return what is wrong."""
        if not self._settings.commands:
            return ()
        from hunnan_tui.tui.browser.user_commands import make_id
        from hunnan_tui.tui.keys.user_keys import read_user_commands

        commands, problems = read_user_commands(self._settings)
        self.update_keymap({make_id(command): command.key for command in commands})
        self._settings = self._settings._replace(commands=commands)
        return problems

    def _describe_setting_problems(self, key_problems: Sequence[Problem]) -> str:
        """Return what is wrong in the settings, for one message; empty for nothing."""
        settings = self._settings
        is_known = not settings.theme or settings.theme in self.available_themes
        if is_known and not settings.problems and not key_problems:
            return ""
        from hunnan_tui.config.settings_problems import (
            check_theme,
            summarize_problems,
        )

        unknown_theme = check_theme(settings, self.available_themes)
        return summarize_problems((*unknown_theme, *settings.problems, *key_problems))

    @property
    def is_open(self) -> bool:
        """Whether there is a dataset to work on."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open dataset; raises LookupError until it is open."""
        if self._workspace is None:
            raise LookupError
        return self._workspace

    @property
    def session(self) -> Session:
        """Where the reader is in the dataset, or was when the app ended."""
        return self._browser.session if self._browser else self._session

    def get_driver_class(self) -> type[Driver]:
        default = super().get_driver_class()
        if default.__name__ != "LinuxDriver":
            return default
        from hunnan_tui.tui.terminal.paste import PastingDriver

        return PastingDriver

    def get_key_display(self, binding: Binding) -> str:
        """Return how a key is written, the same everywhere.

        It is this key, not the first of its binding: in a text field that one is text.
        """
        from hunnan_tui.tui.presenters.key_names import display_key

        return display_key(binding.key)

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), *self._output_filters]

    @cached_property
    def _output_filters(self) -> Sequence[LineFilter]:
        if not self._settings.ascii:
            return (CleanLines(),)
        from hunnan_tui.tui.terminal.ascii import AsciiLines

        return (CleanLines(), AsciiLines())

    def pop_screen(self) -> AwaitComplete:
        free_drawing_caches()
        return super().pop_screen()

    def on_notify(self, event: Notify) -> None:
        """Take away the messages that a newer one replaces, before it is shown."""
        from hunnan_tui.tui.presenters.toasts import is_replaced

        new = event.notification
        for old in [old for old in self._notifications if is_replaced(old, new)]:
            self._unnotify(old, refresh=False)  # there is no public way to take one

    async def action_tour(self) -> None:
        """Begin the tour, or leave it with all that is open in it."""
        if self._tour is not None:
            while self.screen is not self._tour:
                await self.pop_screen()
            self._tour = None
            await self.pop_screen()
            return
        if self._browser is None or self.screen is not self._browser:
            self.notify(_("The tour begins at the list: esc goes there"), markup=False)
            return
        from hunnan_tui.tui.tour.screen import TourScreen, make_scratch_folder

        try:
            folder = await asyncio.to_thread(make_scratch_folder)
            self._tour = TourScreen(folder, self._now, self._settings)
        except (OSError, HunnanError) as error:
            self.notify(str(error), severity="error", markup=False)
            return
        self.clear_notifications()  # the offer, above all
        await self.push_screen(self._tour)

    def _offer_tour(self) -> None:
        """Say that there is a tour, at the first start of all."""
        sessions = self._paths.sessions  # each later start has one
        # no dialog that a crash had closed, and not at the end already
        is_main = self.screen_stack[-1:] == [self._browser]
        if is_main and sessions is not None and not sessions.exists():
            from hunnan_tui.tui.presenters.key_names import display_key

            bindings = self.screen.active_bindings.items()
            key = next((k for k, each in bindings if each.binding.id == "app.tour"), "")
            text = _("New here? {key} leads through the program in two minutes")
            text = text.format(key=display_key(key))
            self.notify(text, timeout=_OFFER_SECONDS, markup=False)

    def action_command_palette(self) -> None:
        """Offer the commands of the screen, and what it can jump to."""
        from hunnan_tui.tui.dialogs.palette import show_palette

        self.run_worker(show_palette(self.screen), group=ACTION)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web address in the browser; refuse anything else with a message."""
        from hunnan_tui.core.urls import explain_unopenable

        if why := explain_unopenable(url):
            self.notify(
                _("Not opened: {why}").format(why=why), severity="warning", markup=False
            )
            return
        super().open_url(url, new_tab=new_tab)

    def fail(self, error: HunnanError) -> None:
        """End because the dataset cannot be read; edits are kept in the journal."""
        self.failure = error
        self.exit(return_code=error.exit_code)

    async def action_quit(self) -> None:
        """Leave as the command does; over a page or a dialog save, and keep what is typed.

        Textual has ctrl+q for it, before any key of a screen.
        """
        if self._browser is not None and self.screen is self._browser:
            self._browser.action_command("app.quit")
        else:
            self.leave(0)

    def leave(self, code: int) -> None:
        """Save all edits, or leave them in the journal; end with an exit status."""
        if self._workspace is not None:
            from hunnan_tui.tui.dialogs.note_editor import NoteEditor

            for screen in self.screen_stack:
                if isinstance(screen, NoteEditor):
                    screen.keep_now()
            self._workspace.leave()
        self.exit(return_code=code)

    @property
    def crash(self) -> Exception | None:
        """The unexpected error that has ended the app."""
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
        """End after an error; Textual would print it with all values, notes included."""
        self._fatal_error()

    def _fatal_error(self) -> None:
        if not self._exit:
            self._return_code = 1
        self._close_messages_no_wait()
