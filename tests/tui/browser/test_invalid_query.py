"""A query that makes no sense leaves the last good one in force, in all panes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from hunnan_tui.core.model import View
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import filtering
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.widgets.chips import Chips
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    status,
    type_filter,
)

BAD = "park invest>lots"


def panes(app: HunnanApp) -> dict[str, Any]:
    """Return what each pane shows."""
    screen = browser(app)
    facets = screen.query_one(FacetList)
    return {
        "list": list(listed(app).keys),
        "title": str(listed(app).border_title),
        "facets": [str(option.prompt) for option in facets.options],
        "detail": screen.query_one(ProjectDetail).text,
        "status": status(app),
        "session": screen.session,
    }


def browser(app: HunnanApp) -> BrowserScreen:
    screen = app.screen_stack[1]
    assert isinstance(screen, BrowserScreen)
    return screen


def beside(app: HunnanApp) -> str:
    return " ".join(str(chips.content) for chips in browser(app).query(Chips))


async def paste_bad(app: HunnanApp, pilot: Pilot[None]) -> None:
    await press(app, pilot, "slash")
    app.screen.query_one(FilterInput).select_all()
    app.copy_to_clipboard(BAD)
    await pilot.press("ctrl+v")


async def recall_bad(app: HunnanApp, pilot: Pilot[None]) -> None:
    await press(app, pilot, "slash")
    app.screen.query_one(FilterInput).history.append(BAD)
    await pilot.press("up")


async def pick_bad(app: HunnanApp, pilot: Pilot[None]) -> None:
    browser(app).browser.use_view(View("bad", BAD))


async def narrow_badly(app: HunnanApp, pilot: Pilot[None]) -> None:
    browser(app).browser.ask(BAD)


@pytest.mark.parametrize("many", [20_000, 1])
@pytest.mark.parametrize("set_bad", [paste_bad, recall_bad, pick_bad, narrow_badly])
async def test_nothing_changes_in_any_pane(
    shipped: Path,
    open_app: OpenApp,
    monkeypatch: pytest.MonkeyPatch,
    set_bad: Any,
    many: int,
) -> None:
    monkeypatch.setattr(filtering, "MANY", many)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "turbine")
        stage = browser(app).projects[listed(app).keys[0]].stage
        browser(app).browser.choose(frozenset({("stage", stage)}))
        await settle(app, pilot)
        before = panes(app)
        assert before["list"]
        await set_bad(app, pilot)
        await settle(app, pilot)
        assert panes(app) == before
        assert app.screen.query_one(FilterInput).value == BAD
        assert "'lots' is no amount" in beside(app)
        assert "✕" in beside(app)
        # nor does what is done next make it good
        browser(app).browser.show()
        assert panes(app) == before
        assert "'lots' is no amount" in beside(app)


async def test_a_good_query_reaches_all_panes_although_a_bad_one_follows_at_once(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "turbine")
        await settle(app, pilot)
        expected = panes(app)
        await press(app, pilot, "escape")
        assert panes(app) != expected
        await press(app, pilot, "slash")
        field = app.screen.query_one(FilterInput)
        field.value = "turbine"
        field.value = "turbine invest>lots"
        await settle(app, pilot)
        found = panes(app)
        assert found["list"] == expected["list"]
        assert found["facets"] == expected["facets"]
        assert found["detail"] == expected["detail"]


async def test_a_start_with_what_makes_no_sense_shows_everything_and_says_why(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped, BAD)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == 73
        assert "'lots' is no amount" in beside(app)
        assert browser(app).session.query == BAD
        await press(app, pilot, "escape")
        assert browser(app).session.query == ""


async def test_escape_clears_what_makes_no_sense(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "invest>lots")
        assert "'lots' is no amount" in beside(app)
        assert len(listed(app).keys) == 73
        await press(app, pilot, "escape")
        assert app.screen.query_one(FilterInput).value == ""
        assert "lots" not in beside(app)


async def test_what_makes_no_sense_is_among_the_older_ones_when_it_is_replaced(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "slash")
        app.screen.query_one(FilterInput).value = "invest>lots"
        await settle(app, pilot)
        browser(app).browser.use_view(View("good", "turbine"))
        await settle(app, pilot)
        assert app.screen.query_one(FilterInput).value == "turbine"
        assert "invest>lots" in app.screen.query_one(FilterInput).history


async def test_a_query_is_good_again_when_the_file_has_what_it_asks_for(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "stage:abandoned")
        assert len(listed(app).keys) == 73
        text = shipped.read_text().replace('stage = "signed"', 'stage = "abandoned"')
        shipped.write_text(text)
        await press(app, pilot, "f5")
        await settle(app, pilot)
        assert 0 < len(listed(app).keys) < 73
