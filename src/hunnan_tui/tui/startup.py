"""The app as a terminal starts it: a first look at once, all else behind it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on, work

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.dataset.preview import Preview
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.background.scheduling import in_small_slices
from hunnan_tui.tui.pages.opening import OpeningScreen
from hunnan_tui.tui.terminal.settling import pumps_are_idle
from hunnan_tui.tui.terminal.type_ahead import Typed

if TYPE_CHECKING:
    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.background.dataset_loader import Find, Reading

Open = Callable[[], tuple["Workspace", Sequence[str]]]
"""Opens the dataset; gives what its reader must be told, too."""

_MOVING = frozenset({"j", "k", "up", "down", "pageup", "pagedown", "g", "G"})
"""Keys that the first screen obeys; any other waits for the main one."""


class StartingApp(HunnanApp):
    """Shows the list at once, and opens its dataset behind it."""

    def __init__(
        self,
        glance: Preview,
        open: Open,
        session: Session,
        settings: Settings,
        paths: Paths,
        find: Find | None = None,
    ) -> None:
        """Take what is shown at once, and what opens the dataset.

        Args:
            glance: The first look.
            open: Opens the dataset.
            session: Where it was left.
            settings: What the user has set.
            paths: Where the state is kept.
            find: Gives the text of a large dataset, and what was kept of it.
        """
        super().__init__(session=session, settings=settings, paths=paths)
        self._open, self._find = open, find
        self._first = OpeningScreen(glance, session.current)

    def get_default_screen(self) -> OpeningScreen:
        # a screen above the default one would be drawn a frame later
        return self._first

    @on(OpeningScreen.Shown)
    @work
    async def _open_dataset(self) -> None:
        # importing holds a key up no longer than this
        with in_small_slices():
            try:
                workspace, messages, reading = await asyncio.to_thread(self._opened)
            except HunnanError as error:
                self.fail(error)
                return
            if reading is not None:
                reading.wanted = self._first.current
                reading.begin()
            await asyncio.to_thread(_import_main)
            if reading is not None:
                await reading.soon()
        if reading is not None and reading.latest is not None:
            workspace.load_partial(reading.latest[0].dataset)
        self._workspace = workspace  # cursor keys wait from now on, as all others do
        while not pumps_are_idle(self, within=False):
            await asyncio.sleep(0.001)
        self._session = self._session._replace(current=self._first.current)
        await self.push_screen(self._main_screen(workspace, messages, reading))

    def _opened(self) -> tuple[Workspace, Sequence[str], Reading | None]:
        """Open the dataset; return what reads the rest of it, too."""
        workspace, messages = self._open()
        if workspace.is_complete:
            return workspace, messages, None
        from hunnan_tui.tui.background.dataset_loader import Reading

        return workspace, messages, Reading(workspace.store, self._find)

    async def on_event(self, event: events.Event) -> None:
        if self._workspace is None and isinstance(event, events.Key):
            self._end_if_asked(event)
        await super().on_event(event)

    def _end_if_asked(self, event: events.Key) -> None:
        if event.key == "ctrl+c":  # a network drive may never answer
            signal.raise_signal(signal.SIGINT)

    def _can_go(self, event: Typed, *, within: bool = False) -> bool:
        if self._workspace is not None:
            return super()._can_go(event, within=within)
        is_moving = isinstance(event, events.Key) and event.key in _MOVING
        return is_moving and pumps_are_idle(self, within=within)


def _import_main() -> None:
    import hunnan_tui.tui.browser.screen  # noqa: F401  # a tenth of a second
