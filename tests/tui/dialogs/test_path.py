"""A path is completed, and kept where it leads nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.tui.dialogs.path import PathDialog
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

FILES = ("one.toml", "only.toml", "data/old.toml", "data/old.csv")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def listed(app: ModalHost, dialog: PathDialog) -> list[str]:
    await app.workers.wait_for_complete()
    return [str(option.prompt) for option in dialog.list.options]


@pytest.mark.usefixtures("folder")
async def test_tab_arrows_and_enter_lead_to_a_file() -> None:
    dialog = PathDialog("Which?", suffixes=(".toml",))
    app = ModalHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        assert await listed(app, dialog) == ["data/", "one.toml", "only.toml"]
        await pilot.press("o")
        await listed(app, dialog)
        await pilot.press("tab")
        assert dialog.field.value == "on"
        await pilot.press("ctrl+u")
        await listed(app, dialog)
        await pilot.press("enter")
        assert "Type something" in app.shown
        await pilot.press("down", "enter")  # into the folder
        assert dialog.field.value == "data/"
        assert await listed(app, dialog) == ["old.toml"]
        await pilot.press("enter")
        assert "That is a folder" in app.shown
        await pilot.press("x", "enter")
        assert "There is no such file" in app.shown
        assert dialog.field.value == "data/x"
        assert app.results == []
        await pilot.press("backspace")
        await listed(app, dialog)
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert app.results == ["data/old.toml"]


async def test_a_file_to_write_needs_only_its_folder(folder: Path) -> None:
    dialog = PathDialog("Where?", "nowhere/new.md", is_new=True)
    app = ModalHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(app, dialog)
        await pilot.press("enter")
        assert "There is no such folder" in app.shown
        dialog.field.value = str(folder / "data" / "new.md")
        await pilot.press("enter")
        await pilot.pause()
        assert app.results == [str(folder / "data" / "new.md")]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.usefixtures("folder")
async def test_hostile_text_is_only_text(text: str) -> None:
    dialog = PathDialog("Which?", text)
    app = ModalHost(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(app, dialog)
        await pilot.press("enter", "tab", "down", "enter")
        assert app.is_clean()
        await pilot.press("escape")
        assert app.results == [None]
