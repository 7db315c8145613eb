"""What the file has lost is told, shown by My work, and put back with one key."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.storage.salvage import read_salvaged
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    press,
    project,
    settle,
)
from tests.tui.browser.test_refused_edits import (
    GOING,
    STAYING,
    change_outside,
    tmp_aside,
    told,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(GOING + STAYING)
    return path


async def test_one_key_puts_back_what_an_older_version_took_away(
    path: Path, open_app: OpenApp
) -> None:
    older = path.read_text()
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w", "n", *"mine", "ctrl+s")
        await change_outside(app, pilot, path, older)
        assert "Gone from going: 1 note, 1 tag" in told(app)
        assert path.read_text() == older
        await press(app, pilot, "B")
        assert project(path, "going")["tags"] == ["old", "watch"]
        assert project(path, "going")["notes"][1]["text"].strip() == "mine"
        await press(app, pilot, "u")
        assert path.read_text() == older
        await press(app, pilot, "B")
        assert "nothing to put back" in told(app)


async def test_it_is_told_at_the_next_start_and_my_work_shows_it(
    path: Path, open_app: OpenApp
) -> None:
    older = path.read_text()
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w")
    path.write_text(older)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        while "Gone from going" not in told(app):
            await pilot.pause(0.02)
        await press(app, pilot, "M")
        await pilot.press("enter")
        await pilot.pause()
        await press(app, pilot, "enter")
        assert project(path, "going")["tags"] == ["old", "watch"]
        assert not read_salvaged(tmp_aside(path))


async def test_what_was_on_a_project_that_is_gone_goes_to_another_or_is_forgotten(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await change_outside(app, pilot, path, STAYING)
        await press(app, pilot, "B")
        assert "M shows it" in told(app)
        await press(app, pilot, "M")
        await pilot.press("enter")
        await pilot.pause()
        await press(app, pilot, "enter")
        assert project(path, "staying")["tags"] == ["old"]
        assert not read_salvaged(tmp_aside(path))
        await change_outside(app, pilot, path, GOING)
        await press(app, pilot, "M")
        await pilot.press("enter")
        await pilot.pause()
        await press(app, pilot, "down", "down", "enter")
        assert not read_salvaged(tmp_aside(path))


async def test_undo_is_there_after_a_restart(path: Path, open_app: OpenApp) -> None:
    before = path.read_text()
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w")
    assert path.read_text() != before
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "u")
        assert "Taken back: tag watch" in told(app)
    assert path.read_text() == before


async def test_undo_says_what_others_have_changed(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "a", *"2026-12-01", "enter")
        theirs = path.read_text().replace("2026-12-01", "2027-01-01")
        await change_outside(app, pilot, path, theirs)
        await press(app, pilot, "u")
        assert "Left as it is on going" in told(app)
    assert path.read_text() == theirs
