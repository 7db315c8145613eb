from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.analysis import data_quality as counting
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.pages import data_quality as health_screen
from hunnan_tui.tui.pages.data_quality import DataQualityPage
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.pages.page_host import (
    HOSTILE,
    highlight,
    is_clean,
    options,
    shown,
    sizes,
    text,
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.toml"
    path.write_text(HOSTILE)
    return path


@sizes
async def test_what_is_missing_is_counted_and_shown(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "H")
        assert isinstance(app.screen, DataQualityPage)
        missing = sum(
            project.investment is None
            for project in app.workspace.dataset.projects.values()
        )
        row = next(row for row in shown(app) if "investment" in row)
        assert f" {missing} " in row
        assert "█" in row
        assert "73 projects" in shown(app)[1]
        assert is_clean(app)


async def test_enter_narrows_the_list_to_what_was_counted(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "stage:signed OR stage:planned")
        shown_before = set(listed(app).keys)
        await press(app, pilot, "H")
        await highlight(app, pilot, "investment")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BrowserScreen)
        projects = app.workspace.dataset.projects
        assert set(listed(app).keys) == {
            key for key in shown_before if projects[key].investment is None
        }


async def test_enter_goes_to_a_project_that_lacks_much(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "H")
        index = Index(app.workspace.dataset)
        found = counting.measure_health(
            index,
            index.everything,
            app.screen_stack[1].browser.now().date(),  # type: ignore[attr-defined]  # the main screen
        )
        names = [app.workspace.dataset.projects[each].name for each, _ in found.poorest]
        longest = max(names, key=len)
        await pilot.resize_terminal(200, 28)
        await settle(app, pilot)
        assert isinstance(app.screen, DataQualityPage)
        rows = [row.content.plain for row in app.screen._rows]
        assert any(row.startswith(longest) for row in rows)  # there is room for it
        key = found.poorest[0][0]
        name = app.workspace.dataset.projects[key].name
        await highlight(app, pilot, name[:30])
        await press(app, pilot, "enter")
        assert listed(app).current == key


async def test_the_chosen_industry_narrows_what_is_counted(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "1", "down", "enter", "2")
        count = len(listed(app).keys)
        assert 0 < count < 73
        await press(app, pilot, "H")
        assert f"{count} project" in shown(app)[1]


async def test_counting_is_told_and_can_be_left(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slowly(*args: object) -> counting.Health:
        gate.wait(20)
        return counting.measure_health(*args)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(health_screen, "measure_health", slowly)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("H")
        await pilot.pause()
        assert "counting…" in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowserScreen)
        gate.set()
        await settle(app, pilot)


async def test_health_of_nothing_says_so(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await type_filter(app, pilot, "nothingatall")
        await press(app, pilot, "H")
        assert "No project is shown" in text(app)
        await press(app, pilot, "j", "enter", "right_curly_bracket", "escape")
        assert isinstance(app.screen, BrowserScreen)


@sizes
async def test_problems_and_unknown_sources_are_told_as_text(
    hostile: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(hostile)
    async with app.run_test(size=size) as pilot:
        await press(app, pilot, "H")
        assert is_clean(app)
        lines = options(app)
        assert any(line.startswith("[gone] ␇") for line in lines)
        assert any("Problems of the file" in line for line in lines)
        await highlight(app, pilot, str(hostile))
        assert is_clean(app)
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DataQualityPage)
        assert app._notifications
        await press(app, pilot, "g")
        assert "Not stated" in shown(app)[3]


async def test_sections_come_by_their_keys(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "H")
        lines = app.screen.query_one(OptionList)
        first = lines.highlighted
        await press(app, pilot, "right_curly_bracket")
        assert lines.highlighted is not None
        assert options(app)[lines.highlighted].startswith("181 to 365 days")
        await press(app, pilot, "left_curly_bracket")
        assert lines.highlighted == first
