"""The app as it starts in a terminal: on a preview of the dataset, or on none yet."""

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
from hunnan_tui.tui.background.scheduling import switch_often
from hunnan_tui.tui.pages.opening import OpeningScreen
from hunnan_tui.tui.presenters.pane_widths import PaneWidths
from hunnan_tui.tui.terminal.settling import are_pumps_idle
from hunnan_tui.tui.terminal.type_ahead import InputEvent

if TYPE_CHECKING:
    from pathlib import Path

    from hunnan_tui.dataset.new_dataset import NewDataset
    from hunnan_tui.storage.workspace import Workspace
    from hunnan_tui.tui.background.dataset_loader import DatasetLoader, ReadSnapshot

Open = Callable[[], tuple["Workspace", Sequence[str]]]
"""Opens the dataset; also returns the messages that the reader must see."""


class StartingApp(HunnanApp):
    """Shows a preview of the list, and opens its dataset in the background."""

    def __init__(
        self,
        preview: Preview,
        open: Open,
        session: Session,
        settings: Settings,
        paths: Paths,
        read_snapshot: ReadSnapshot | None = None,
    ) -> None:
        """Prepare to run.

        Args:
            preview: What is shown at once.
            open: Opens the dataset.
            session: Where it was left.
            settings: What the user has set.
            paths: The folders of the user.
            read_snapshot: Gives the text of a large dataset, and its cache.
        """
        super().__init__(session=session, settings=settings, paths=paths)
        self._open, self._read_snapshot = open, read_snapshot
        self._preview = OpeningScreen(
            preview, session.current, self._now().date(), PaneWidths(*session.widths)
        )

    def get_default_screen(self) -> OpeningScreen:
        # a screen on top of the default one would be drawn a frame later
        return self._preview

    @on(OpeningScreen.Shown)
    @work
    async def _open_dataset(self) -> None:
        try:
            await self._show_dataset()
        except HunnanError as error:
            self.fail(error)
        except Exception as error:  # noqa: BLE001
            # a worker that fails imports what formats tracebacks before it ends the
            # app: without memory for it the app would wait for ever
            self._handle_exception(error)

    async def _show_dataset(self) -> None:
        # so that imports delay no key
        with switch_often():
            workspace, messages, loader = await asyncio.to_thread(self._load)
            if loader is not None:
                loader.cursor_key = self._preview.current
                loader.start()
            await asyncio.to_thread(
                _import_main_screen, has_keys=bool(self._settings.keys)
            )
            if loader is not None:
                await loader.wait_for_cache()
        if loader is not None and loader.latest is not None:
            workspace.load_partial(loader.latest[0].dataset)
        self._workspace = workspace  # cursor keys wait too from now on
        while not are_pumps_idle(self, within=False):
            await asyncio.sleep(0.001)
        self._session = self._session._replace(current=self._preview.current)
        await self.push_screen(self._make_main_screen(workspace, messages, loader))

    def _load(self) -> tuple[Workspace, Sequence[str], DatasetLoader | None]:
        """Open the dataset; also return what loads the rest of it."""
        workspace, messages = self._open()
        if workspace.is_complete:
            return workspace, messages, None
        from hunnan_tui.tui.background.dataset_loader import DatasetLoader

        return workspace, messages, DatasetLoader(workspace.store, self._read_snapshot)

    async def on_event(self, event: events.Event) -> None:
        if self._workspace is None and isinstance(event, events.Key):
            self._interrupt_if_asked(event)
        await super().on_event(event)

    def _interrupt_if_asked(self, event: events.Key) -> None:
        if event.key == "ctrl+c":  # a network drive may never answer
            signal.raise_signal(signal.SIGINT)

    def _can_dispatch(self, event: InputEvent, *, within: bool = False) -> bool:
        if self._workspace is not None:
            return super()._can_dispatch(event, within=within)
        # keys of the user are known later: the preview would take them for others
        is_moving = not self._settings.keys and self._is_in_place(event)
        return is_moving and are_pumps_idle(self, within=within)


def _import_main_screen(*, has_keys: bool) -> None:

    if has_keys:
        from hunnan_tui.tui.keys.table import list_keys

        list_keys()  # imports all pages and dialogs


class BeginningApp(HunnanApp):
    """Asks what a new dataset begins with, writes it, and goes on with it."""

    def __init__(
        self,
        path: Path,
        suggestion: NewDataset,
        open: Open,
        settings: Settings,
        paths: Paths,
    ) -> None:
        """Prepare to run.

        Args:
            path: Where it begins: there is no file, or nothing in it.
            suggestion: What stands in the dialog at first.
            open: Opens the dataset.
            settings: What the user has set.
            paths: The folders of the user.
        """
        super().__init__(settings=settings, paths=paths)
        self._path, self._suggestion, self._open = path, suggestion, open

    def on_mount(self) -> None:
        self._begin()

    @work
    async def _begin(self) -> None:
        from hunnan_tui.tui.dialogs.new_dataset import NewDatasetDialog

        answer, problem = self._suggestion, ""
        while True:
            dialog = NewDatasetDialog(
                self._path, answer, exists=self._path.exists(), problem=problem
            )
            new = await self.push_screen_wait(dialog)
            if new is None:
                self.exit()
                return
            try:
                await asyncio.to_thread(self._write, new)
                break
            except HunnanError as error:
                answer, problem = new, str(error)
        try:
            workspace, messages = await asyncio.to_thread(self._open)
        except HunnanError as error:
            self.fail(error)
            return
        self._workspace = workspace
        await self.push_screen(self._make_main_screen(workspace, messages))

    def _write(self, new: NewDataset) -> None:
        from hunnan_tui.dataset.new_dataset import format_new_dataset
        from hunnan_tui.storage.create_dataset import create_dataset

        text = format_new_dataset(new, self._now().date())
        create_dataset(self._path, text)
