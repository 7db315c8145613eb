"""Of a large file the first hits of a filter are shown before all are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.query.engine.first_hits import FirstHits
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser import filtering
from hunnan_tui.tui.browser.filtering import Filtering
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    status,
)


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Take every dataset for a large one; return the first hits that were found."""
    monkeypatch.setattr(filtering, "MANY", 1)
    found: list[list[str]] = []
    first = FirstHits.find_first

    def watched(
        self: FirstHits, query: Query, within: int, count: int, seconds: float
    ) -> list[str]:
        hits = first(self, query, within, count, 60)
        found.append(hits)
        return hits

    monkeypatch.setattr(FirstHits, "find_first", watched)
    return found


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the search for all hits never come to an end."""

    async def find(self: Filtering, text: str, query: Query) -> None: ...

    monkeypatch.setattr(Filtering, "_find_all", find)


async def test_first_hits_are_the_beginning_of_the_list(
    shipped: Path, open_app: OpenApp, shown: list[list[str]]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "slash", *"park")
        assert len(shown) == 4
        assert shown[-1]
        assert list(listed(app).keys)[: len(shown[-1])] == shown[-1]
        assert f"{len(listed(app).keys)} of 73" in status(app)


@pytest.mark.usefixtures("endless")
async def test_keys_that_follow_the_filter_act_on_all_hits(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 12)) as pilot:
        await settle(app, pilot)
        await pilot.press("slash", *"park")
        await pilot.pause()
        assert app.screen.query_one(FilterInput).value == "park"
        assert len(listed(app).keys) < 10
        await pilot.press("enter", "V")
        await pilot.pause()
        assert len(listed(app).marked) == len(listed(app).keys) > 10


async def test_the_cursor_stays_on_its_project_below_the_first_hits(
    shipped: Path, open_app: OpenApp, shown: list[list[str]]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 12)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "slash", *"zone", "enter", "G")
        last = listed(app).current
        assert last is not None
        await press(app, pilot, "slash", *["backspace"] * 4)
        assert listed(app).current == last
        assert len(listed(app).keys) == 73


async def test_nothing_found_is_said(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "slash", *"qqqq")
        assert not listed(app).keys
        assert "0 of 73" in status(app)
        assert "No project matches" in listed(app).empty_message.plain


@pytest.mark.usefixtures("endless")
async def test_the_cursor_comes_back_to_a_project_that_was_filtered_out(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "j", "j")
        chosen = listed(app).current
        await pilot.press("slash", *"park")
        await pilot.pause()
        assert listed(app).keys
        assert chosen not in listed(app).keys
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
        assert len(listed(app).keys) == 73
        assert listed(app).current == chosen


@pytest.mark.usefixtures("endless")
@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("j j", "e"),
        ("pagedown pagedown k", "zone"),
        ("pagedown pagedown pagedown", "park"),
        ("G pageup", "-zone"),
        ("G", "stage:signed"),
    ],
)
async def test_what_is_in_sight_stays_when_all_hits_are_found(
    shipped: Path, open_app: OpenApp, keys: str, text: str
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(120, 14)) as pilot:
        await settle(app, pilot)
        await pilot.press(*keys.split(), "slash", *text)
        await pilot.pause()
        first = seen(app)
        assert len([line for line in first if line]) > 5
        await pilot.press("enter")
        await pilot.pause()
        assert seen(app) == first


def seen(app: HunnanApp) -> list[str]:
    """Return the lines of the list, but for the scroll bar."""
    rows = listed(app)
    return [rows.render_line(y).text.rstrip() for y in range(1, rows.height + 1)]
