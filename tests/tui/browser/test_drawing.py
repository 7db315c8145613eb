"""The main screen draws its panes once for each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.tui.app_host import WIDE, OpenApp, press, project, settle, type_filter

ONCE = {"ProjectList": 1, "FacetList": 1, "ProjectDetail": 1}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each pane is drawn anew."""
    counts: Counter[str] = Counter()

    def count(pane: type[Any]) -> None:
        show: Callable[..., None] = pane.show

        def counted(self: Any, *arguments: Any, **keywords: Any) -> None:
            counts[pane.__name__] += 1
            show(self, *arguments, **keywords)

        monkeypatch.setattr(pane, "show", counted)

    for pane in (ProjectList, FacetList, ProjectDetail):
        count(pane)
    return counts


def main_screen(app: HunnanApp) -> BrowserScreen:
    screen = app.screen_stack[1]
    assert isinstance(screen, BrowserScreen)
    return screen


async def start(app: HunnanApp, pilot: Pilot[None], drawn: Counter[str]) -> None:
    await settle(app, pilot)
    await pilot.pause()
    drawn.clear()


async def test_an_edit_and_its_save_draw_once(
    shipped: Path, open_app: OpenApp, drawn: Counter[str]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await start(app, pilot, drawn)
        await press(app, pilot, "w")
        assert drawn == ONCE
        await press(app, pilot, "ctrl+s")
        assert drawn == ONCE
        await press(app, pilot, "u")
        assert drawn == dict.fromkeys(ONCE, 2)


async def test_a_note_saved_with_ctrl_s_draws_once(
    shipped: Path, open_app: OpenApp, drawn: Counter[str]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await start(app, pilot, drawn)
        key = main_screen(app).browser.current_key or ""
        await press(app, pilot, "n", *"hello", "ctrl+s")
        await settle(app, pilot)
        assert project(shipped, key)["notes"][-1]["text"].strip() == "hello"
        assert drawn == ONCE


async def test_a_draft_that_stays_draws_once(
    shipped: Path, open_app: OpenApp, drawn: Counter[str]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await start(app, pilot, drawn)
        await press(app, pilot, "n", *"half", "escape")
        await settle(app, pilot)
        assert drawn == ONCE


async def test_a_change_by_others_draws_once(
    shipped: Path, open_app: OpenApp, drawn: Counter[str]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "S")
        await start(app, pilot, drawn)
        text = shipped.read_text()
        shipped.write_text(text.replace('name = "', 'name = "New ', 1))
        await main_screen(app).files.reload(quiet=True)
        await settle(app, pilot)
        assert drawn == ONCE


async def test_going_to_a_project_that_the_filter_hides_draws_once(
    shipped: Path, open_app: OpenApp, drawn: Counter[str]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        browser = main_screen(app).browser
        hidden = browser.shown_keys[-1]
        await type_filter(app, pilot, "turbine")
        assert hidden not in browser.shown_keys
        await start(app, pilot, drawn)
        browser.go_to(hidden)
        await settle(app, pilot)
        assert browser.current_key == hidden
        assert drawn == ONCE
