"""The page of what there is to do, driven by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.config.paths import Paths
from hunnan_tui.storage.last_seen import save_last_seen
from hunnan_tui.storage.store import Store
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.pages.agenda import AgendaPage
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
)

DATA = """
[[projects]]
id = "a"
name = "[/red] 航发 A"
follow_up = 2026-11-20
[[projects]]
id = "b"
name = "B"
needs = [{ kind = "energy", what = "[bold]kV", state = "open" }]
[[projects]]
id = "c"
name = "C"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


def lines(app: HunnanApp) -> list[str]:
    options = app.screen.query_one(OptionList).options
    return [str(option.prompt) for option in options]


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_it_tells_what_is_due_open_and_half_written(
    path: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(path)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "n", "h", "i", "escape", "M")
        assert isinstance(app.screen, AgendaPage)
        shown = "\n".join(lines(app))
        assert "Half-written notes (1)" in shown
        assert "[/red] 航发 A" in shown
        assert "2026-11-20 3 d ago" in shown
        assert "energy: [bold]kV" in shown
        await press(app, pilot, "escape")
        assert not isinstance(app.screen, AgendaPage)


async def test_enter_goes_on_with_a_draft_to_a_project_or_to_all_of_a_part(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "j", "n", "h", "i", "escape")
        drafted = listed(app).current
        await press(app, pilot, "M", "enter")
        await pilot.pause()
        assert isinstance(app.screen, NoteEditor)
        await press(app, pilot, "escape")
        assert listed(app).current == drafted
        await press(app, pilot, "M", "right_curly_bracket", "j", "enter")
        assert listed(app).current == "a"
        await press(
            app, pilot, "M", "right_curly_bracket", "right_curly_bracket", "enter"
        )
        assert listed(app).keys == ["b"]


async def test_nothing_to_do_is_said_with_the_keys_that_plan(
    path: Path, open_app: OpenApp
) -> None:
    path.write_text('[[projects]]\nid = "a"\nname = "A"\n')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "M")
        assert "a sets a day to come back" in lines(app)[0]


async def test_what_others_changed_since_the_last_visit_is_told(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "seen"
    store = Store(path)
    store.load()
    save_last_seen(folder, store)
    path.write_text(DATA.replace('"C"', '"D"') + '[[projects]]\nid = "e"\nname = "E"\n')
    app = open_app(path)
    app._paths = Paths(state=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        while not app._notifications:  # it looks when the first screen is there
            await pilot.pause(0.01)
        (toast,) = app._notifications
        assert "1 new, 1 changed" in toast.message
        await press(app, pilot, "M")
        shown = "\n".join(lines(app))
        assert "Changed since your last visit (2)" in shown
        assert "new" in shown
        assert "name" in shown


async def test_it_is_ones_own_work_and_that_of_all_with_a_key(
    path: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "config.toml").write_text('author = "李"')
    text = DATA.replace('id = "a"', 'id = "a"\nfollow_up_owner = "李"')
    path.write_text(text.replace('id = "b"', 'id = "b"\nfollow_up_owner = "Ann"'))
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "M")
        shown = "\n".join(lines(app))
        assert "航发 A" in shown
        assert "energy" not in shown
        await press(app, pilot, "v")
        assert "energy" in "\n".join(lines(app))
        await press(app, pilot, "v")
        assert "energy" not in "\n".join(lines(app))
