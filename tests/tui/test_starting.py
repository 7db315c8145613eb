"""The first screen: the list at once, keys typed at it, and what follows it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hunnan_tui.config.key_settings import KeySetting
from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import DataError, Level, Problem
from hunnan_tui.dataset.preview import load_preview
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.pages.opening import OpeningScreen
from hunnan_tui.tui.startup import StartingApp
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.tui.app_host import OpenApp, settle


@dataclass
class Start:
    """An app whose dataset opens when it is told to."""

    app: StartingApp
    may_open: threading.Event = field(default_factory=threading.Event)

    @property
    def listed(self) -> ProjectList:
        return self.app.screen.query_one(ProjectList)

    def lines(self) -> list[str]:
        """What stands in the list."""
        height = self.listed.size.height
        return [self.listed.render_line(y).text.rstrip() for y in range(height)]


MakeStart = Callable[..., Start]


@pytest.fixture
def start(shipped: Path, open_app: OpenApp) -> MakeStart:
    def make(
        error: DataError | None = None,
        current: str = "",
        settings: Settings | None = None,
    ) -> Start:
        def opened() -> tuple[Workspace, tuple[str, ...]]:
            made.may_open.wait(60)
            if error:
                raise error
            return open_app(shipped).workspace, ("well opened",)

        first = load_preview(shipped)
        assert first is not None
        session = Session(current=current)
        made = Start(
            StartingApp(first, opened, session, settings or Settings(), Paths())
        )
        return made

    return make


async def test_the_list_is_there_before_the_dataset_and_stays_as_it_was(
    start: MakeStart,
) -> None:
    begun = start()
    async with begun.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "j", "k")
        assert isinstance(begun.app.screen, OpeningScreen)
        assert not begun.app.is_open
        before, region = begun.lines(), begun.listed.region
        assert "40.6 bn" in before[1]
        assert begun.listed.index == 1
        begun.may_open.set()
        await settle(begun.app, pilot)
        assert isinstance(begun.app.screen, BrowserScreen)
        assert begun.app.is_open
        assert begun.lines() == before
        assert begun.listed.region == region
        assert begun.listed.index == 1


async def test_it_begins_where_the_dataset_was_left(start: MakeStart) -> None:
    begun = start(current="aecc-gas-turbine-base")
    async with begun.app.run_test(size=(120, 36)) as pilot:
        row = begun.listed.index
        assert "Gas Turbine" in begun.lines()[1 + row]
        begun.may_open.set()
        await settle(begun.app, pilot)
        assert begun.listed.current == "aecc-gas-turbine-base"
        assert begun.listed.index == row
    assert begun.app.session.current == "aecc-gas-turbine-base"


async def test_keys_wait_for_the_dataset_in_their_order(start: MakeStart) -> None:
    begun = start()
    async with begun.app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"j/gas", "enter", "j")
        assert begun.listed.index == 1
        begun.may_open.set()
        await settle(begun.app, pilot)
        assert begun.app.screen.query_one(FilterInput).value == "gas"
        assert begun.listed.index == 1
        assert len(begun.listed.keys) < 20


async def test_keys_of_the_user_wait_for_what_they_mean(start: MakeStart) -> None:
    keys = (
        KeySetting("projects.down", ("n",), ("keys", "projects.down")),
        KeySetting("notes.add", ("f12",), ("keys", "notes.add")),
    )
    begun = start(settings=Settings(keys=keys))
    async with begun.app.run_test(size=(120, 36)) as pilot:
        await pilot.press("j", "n", "n")
        assert begun.listed.index == 0
        begun.may_open.set()
        await settle(begun.app, pilot)
        assert begun.listed.index == 2  # j is no key any more


async def test_a_note_typed_at_once_is_in_the_editor(start: MakeStart) -> None:
    begun = start()
    async with begun.app.run_test(size=(120, 36)) as pilot:
        await pilot.press(*"jnask")
        begun.may_open.set()
        await settle(begun.app, pilot)
        editor = begun.app.screen
        assert isinstance(editor, NoteEditor)
        assert editor.text == "ask"
        await pilot.press("escape")


async def test_it_can_be_left_before_anything_is_open(start: MakeStart) -> None:
    begun = start(current="aecc-gas-turbine-base")
    async with begun.app.run_test(size=(120, 36)):
        begun.app.leave(143)
        begun.may_open.set()
    assert begun.app.return_code == 143
    assert not begun.app.is_open
    assert begun.app.session.current == "aecc-gas-turbine-base"


async def test_a_dataset_that_cannot_be_opened_ends_it_with_the_reason(
    start: MakeStart,
) -> None:
    error = DataError(Problem(Level.ERROR, "no name", file="a.toml"))
    begun = start(error)
    async with begun.app.run_test(size=(120, 36)) as pilot:
        begun.may_open.set()
        await begun.app.workers.wait_for_complete()
        await pilot.pause()
    assert begun.app.failure is error
    assert begun.app.return_code == 2
