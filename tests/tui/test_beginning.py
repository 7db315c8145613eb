"""A dataset that begins in the app: asked for, written, and open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tomli
from textual.widgets import Input

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.settings import Settings
from hunnan_tui.dataset.new_dataset import NewDataset
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.base import KeyHints
from hunnan_tui.tui.dialogs.new_dataset import NewDatasetDialog
from hunnan_tui.tui.startup import BeginningApp
from tests.tui.app_host import OpenApp, settle

Begin = Callable[[Path], BeginningApp]


@pytest.fixture
def begin(open_app: OpenApp) -> Begin:
    def make(path: Path) -> BeginningApp:
        def opened() -> tuple[Workspace, tuple[str, ...]]:
            return open_app(path).workspace, ()

        return BeginningApp(path, NewDataset(), opened, Settings(), Paths())

    return make


async def test_what_is_typed_is_in_the_file_that_opens(
    tmp_path: Path, begin: Begin
) -> None:
    path = tmp_path / "new.toml"
    app = begin(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        assert isinstance(app.screen, NewDatasetDialog)
        await pilot.press(*"Seen [/x]", "down", *"浑南", "down", *"money", "enter")
        assert "No currency" in str(app.screen.query_one(KeyHints).content)
        await pilot.press("ctrl+u", "down", "left")
        assert app.screen.query_one("#currency", Input).value == "CNY"
        await pilot.press("right")
        assert app.screen.query_one("#currency", Input).value == ""
        await pilot.press("left", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, BrowserScreen)
        assert app.is_open
    record = tomli.loads(path.read_text("utf-8"))
    assert record["dataset"]["title"] == "Seen [/x]"
    assert record["dataset"]["currency"] == "CNY"
    assert '# district = "浑南"' in path.read_text("utf-8")


async def test_leaving_writes_nothing(tmp_path: Path, begin: Begin) -> None:
    for name in ("new.toml", "empty.toml"):
        path = tmp_path / name
        if name == "empty.toml":
            path.touch()
        app = begin(path)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(app, pilot)
            await pilot.press(*"Title", "escape")
        assert not app.is_open
        assert app.return_code == 0
        assert path.exists() == (name == "empty.toml")
        assert not path.exists() or not path.read_bytes()


async def test_a_file_that_cannot_be_written_keeps_what_was_typed(
    tmp_path: Path, begin: Begin
) -> None:
    path = tmp_path / "nowhere" / "new.toml"
    app = begin(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await pilot.press(*"Mine", "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, NewDatasetDialog)
        assert "no such folder" in str(app.screen.query_one(KeyHints).content)
        assert app.screen.query_one("#title", Input).value == "Mine"
        path.parent.mkdir()
        path.write_text("x = 1\n")  # somebody else's, made meanwhile
        await pilot.press("enter")
        await settle(app, pilot)
        assert "is there already" in str(app.screen.query_one(KeyHints).content)
        await pilot.press("escape")
    assert path.read_text() == "x = 1\n"
