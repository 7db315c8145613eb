"""The main screen on a scratch copy of the data, with the panel that leads through it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import FILE, Settings
from hunnan_tui.config.shipped import find_shipped_dataset
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.keys.user_keys import list_keys_in_use
from hunnan_tui.tui.presenters.key_names import display_key
from hunnan_tui.tui.tour.steps import STEPS, Progress, Tour, fill_keys

_BEGIN = "app.tour"
_LOOK_SECONDS = 0.1
"""How often it is looked at what the reader has done."""
_OUTSIDE = (
    *("share.export", "file.import", "file.add-city"),
    *("difference.open", "sources.open"),
)
"""Commands that reach beyond the copy."""


class TourPanel(Static):
    """Says what to do next, at the bottom of whatever screen is on top."""

    DEFAULT_CSS = """
    TourPanel {
        height: auto;
        padding: 0 1;
        border-top: outer $accent;
        background: $panel;
        &.-over { dock: bottom; }
    }
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        """Show nothing yet.

        Args:
            keys: The key of each binding, as it is written for people.
        """
        super().__init__(markup=False)
        self._keys = keys

    def show_step(self, number: int) -> None:
        """Show what a step asks for."""
        step = STEPS[number]
        place = _("Tour, {number} of {count}").format(
            number=number + 1, count=len(STEPS)
        )
        leave = _("{key} leaves the tour").format(key=self._keys[_BEGIN])
        parts: list[str | tuple[str, str]] = [
            (f"{place} · {_(step.title)}", "bold $text-accent"),
            "   ",
            (leave, "$foreground-muted"),
            "\n",
        ]
        for literal, key in fill_keys(_(step.text), step.keys, self._keys):
            parts += [literal, (key, "bold")]
        self.update(Content.assemble(*parts))


class TourScreen(BrowserScreen):
    """Leads through the program; what is done in it is gone when it is left."""

    def __init__(
        self, folder: Path, now: Callable[[], datetime], settings: Settings
    ) -> None:
        """Open the copy.

        Args:
            folder: Holds the copy, and all that is kept beside it.
            now: Gives the time.
            settings: What the reader has set: it says the keys.

        Raises:
            HunnanError: The copy cannot be read.
        """
        self._folder = folder
        paths = Paths(folder / "config", folder / "state", folder / "cache", folder)
        super().__init__(
            _open_copy(folder, paths, now),
            Session(),
            now,
            self._fail,
            settings=Settings(path=folder / "config" / FILE),
            paths=paths,
        )
        self.handlers = {
            name: self._refuse_outside if name in _OUTSIDE else handler
            for name, handler in self.handlers.items()
        } | {"app.quit": self._leave}
        entries, _problems = list_keys_in_use(settings)
        self._keys = {
            entry.id: display_key(entry.keys[0])
            for entry in entries
            if entry.id and entry.keys
        }
        self._tour = Tour(self._find_progress())

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(_LOOK_SECONDS, self.look)
        self.call_after_refresh(self.look)

    def on_unmount(self) -> None:
        super().on_unmount()
        self.browser.workspace.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def look(self) -> None:
        """Go on if the step is done, and show what to do on the screen on top."""
        top = self.app.screen
        while self._tour.follow(self._find_progress()):
            pass
        try:
            panel = top.query_one(TourPanel)
        except NoMatches:
            panel = TourPanel(self._keys)
            panel.set_class(isinstance(top, ModalScreen), "-over")
            top.mount(panel)
        panel.show_step(self._tour.number)

    def _find_progress(self) -> Progress:
        browser = self.browser
        top: Screen[Any] | None = self.app.screen if self.is_attached else None
        annotations = [each.annotations for each in browser.projects.values()]
        is_typing = self.is_attached and browser.panes.bar.is_open
        return Progress(
            "" if is_typing else browser.query.text,
            len(browser.shown_keys),
            sum(len(each.tags) for each in annotations),
            sum(len(each.notes) for each in annotations),
            "" if top in (None, self) else type(top).__name__,
        )

    def _refuse_outside(self) -> None:
        self.browser.notify(_("Not in the tour: it would reach beyond the copy"))

    def _leave(self) -> None:
        self.app.call_later(self.app.run_action, "tour")

    def _fail(self, error: HunnanError) -> None:
        self.notify(str(error), severity="error", markup=False)


def make_scratch_folder() -> Path:
    """Return a new folder with a copy of the data that comes with the program.

    Raises:
        OSError: There is no room for it.
    """
    folder = Path(mkdtemp(prefix="hunnan-tui-tour-"))
    shutil.copyfile(find_shipped_dataset(), folder / "projects.toml")
    return folder


def _open_copy(folder: Path, paths: Paths, now: Callable[[], datetime]) -> Workspace:
    path = folder / "projects.toml"
    workspace = Workspace(
        Store(path),
        Journal(paths.journal, path),
        Drafts(paths.drafts, path),
        now=now,
        log=TransactionLog(paths.transactions, path),
    )
    workspace.load()
    return workspace
