"""Conflicts that git left, decided by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.storage.store import Store
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.conflicts import REOPEN
from hunnan_tui.tui.pages.conflicts import ConflictsPage
from tests.merging.test_conflicted import TEXT
from tests.tui.app_host import WIDE, OpenApp, press, settle

TWO = TEXT + '<<<<<<< HEAD\nname = "[/red]"\n=======\nname = "T"\n>>>>>>> topic\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "conflicted" / "projects.toml"
    path.parent.mkdir()
    path.write_text(TWO)
    return path


def lines(app: HunnanApp) -> str:
    options = app.screen.query_one(OptionList).options
    return "\n".join(str(option.prompt) for option in options)


async def test_conflicts_are_decided_one_by_one(
    path: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    side = tmp_path / "projects.toml"
    side.write_text('[[projects]]\nid = "a"\nname = "Ours"\n')
    app = open_app(side)
    app._conflicted = path
    assert isinstance(app.workspace.store, Store)
    app.workspace.store.locked = "git left conflicts"
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert isinstance(app.screen, ConflictsPage)
        shown = lines(app)
        assert "1 · name · projects a" in shown
        assert "2 · name · projects b" in shown
        assert "[/red]" in shown
        assert shown.count("before: ") == 2
        await press(app, pilot, "w")
        assert path.read_text() == TWO  # nothing is decided
        await press(app, pilot, "t")
        assert lines(app).count("[x]") == 1
        await press(app, pilot, "w")  # what is decided can be written
        assert "Theirs" in path.read_text()
        assert path.read_text().count("<<<<<<<") == 1
        await press(app, pilot, "w")  # on the list: watch, which is refused
        assert side.read_text().count("tags") == 0
        await press(app, pilot, "f6", "o", "w")
    assert app.return_value == REOPEN
    assert "<<<<<<<" not in path.read_text()
    assert 'name = "[/red]"' in path.read_text()


async def test_a_file_that_gets_conflicts_while_it_is_open(
    path: Path, open_app: OpenApp
) -> None:
    path.write_text('[[projects]]\nid = "a"\nname = "Ours"\n')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "f6")
        assert not isinstance(app.screen, ConflictsPage)
        path.write_text(TEXT)
        await press(app, pilot, "r", "f6", "down", "enter", "w", "r")
        assert not isinstance(app.screen, ConflictsPage)
        assert app.workspace.dataset.projects["a"].name == "Theirs"
        assert app.workspace.dataset.projects["b"].tags == ("x", "y")
