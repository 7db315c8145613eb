"""The app as a terminal starts it: a first look at once, all else behind it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, work

from hunnan_tui.errors import HunnanError
from hunnan_tui.glance import Glance
from hunnan_tui.places import Places
from hunnan_tui.session import Session
from hunnan_tui.settings import Settings
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.screens.opening import OpeningScreen
from hunnan_tui.tui.slices import in_small_slices

if TYPE_CHECKING:
    from hunnan_tui.workspace import Workspace

Open = Callable[[], tuple["Workspace", Sequence[str]]]
"""Opens the dataset; gives what its reader must be told, too."""

_MOVING = frozenset({"j", "k", "up", "down", "pageup", "pagedown", "g", "G"})
"""Keys that the first screen obeys; any other waits for the main one."""


class StartingApp(HunnanApp):
    """Shows the list at once, and opens its dataset behind it."""

    def __init__(
        self,
        glance: Glance,
        open: Open,
        session: Session,
        settings: Settings,
        places: Places,
    ) -> None:
        """Take what is shown at once, and what opens the dataset."""
        super().__init__(session=session, settings=settings, places=places)
        self._open = open
        self._first = OpeningScreen(glance, session.current)

    def get_default_screen(self) -> OpeningScreen:
        # a screen above the default one would be drawn a frame later
        return self._first

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._open_dataset)

    @work
    async def _open_dataset(self) -> None:
        # importing holds a key up no longer than this
        with in_small_slices():
            try:
                opened = await asyncio.to_thread(self._import_and_open)
            except HunnanError as error:
                self.failure = error
                self.exit(return_code=error.exit_code)
                return
        self._workspace, messages = opened
        self._session = self._session._replace(current=self._first.current)
        main = self._main_screen(self._workspace, messages)
        await self.push_screen(main)
        main.call_after_refresh(self.hand_over)

    def _import_and_open(self) -> tuple[Workspace, Sequence[str]]:
        import hunnan_tui.tui.screens.browser  # noqa: F401  # a quarter of a second

        return self._open()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and self._workspace is None:
            if event.key == "ctrl+c":  # a network drive may never answer
                signal.raise_signal(signal.SIGINT)
            elif event.key not in _MOVING:
                self.hold()
        await super().on_event(event)
