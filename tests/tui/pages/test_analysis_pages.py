"""Matrix, board, timeline and pipeline: what they count is what the file says."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from textual.containers import HorizontalScroll
from textual.widgets import DataTable, OptionList

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.pages.base import PageHeader
from hunnan_tui.tui.pages.board import BoardPage
from hunnan_tui.tui.pages.list_page import ListPage
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.widgets.footer import KeyFooter
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)

SIZES = [(80, 24), (200, 60)]
HOSTILE = """
[[stages]]
id = "s"
name = "[/red] \\u001b[2J 签约"
[[industries]]
id = "i"
name = "[bold 能源"
[[projects]]
id = "a"
name = "[@click=app.quit]x[/] 航发"
stage = "s"
industries = ["i", "[stray]"]
events = [{ date = "[x]", what = "[/y]", stage = "[z]" }, { date = "2023", what = "\\u009b" }]
[[projects]]
id = "b"
name = ""
"""


def projects(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomli.loads(path.read_text())["projects"]
    return found


def table(app: HunnanApp) -> list[list[str]]:
    shown = app.screen.query_one(DataTable)
    return [[str(each) for each in shown.get_row_at(n)] for n in range(shown.row_count)]


def is_clean(app: HunnanApp) -> bool:
    strips = app.screen._compositor.render_strips()
    return not any(UNSAFE.search(strip.text) for strip in strips)


@pytest.mark.parametrize("size", SIZES)
async def test_the_matrix_counts_what_the_file_says(
    shipped: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    counted = Counter(
        (industry, project["stage"])
        for project in projects(shipped)
        for industry in project.get("industries") or [""]
    )
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "m")
        rows = table(app)
        figures = [[cell.split()[0] for cell in row[1:]] for row in rows]
        numbers = [[0 if c == "·" else int(c) for c in row] for row in figures]
        assert any("█" in cell for row in rows for cell in row) == (size[0] > 100)
        assert sum(sum(row[:-1]) for row in numbers[:-1]) == sum(counted.values())
        assert numbers[-1][-1] == len(projects(shipped))
        assert [sum(row[:-1]) for row in numbers[:-1]] == [
            row[-1] for row in numbers[:-1]
        ]
        await press(app, pilot, "v")
        sums = sum(project.get("investment", 0) for project in projects(shipped))
        assert table(app)[-1][-1] == f"{sums / 10**9:.0f} bn+"


async def test_a_matrix_of_many_industries_shows_the_sums_beside_its_scroll_bar(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "projects.toml"
    industries = "".join(
        f'[[industries]]\nid = "i{n}"\nname = "Industry {n:02} of advanced equipment and its software"\n'
        for n in range(30)
    )
    names = ("planned", "promoted", "signed", "completed", "operating")
    stages = "".join(
        f'[[stages]]\nid = "{name}"\nname = "{name.title()}"\n' for name in names
    )
    projects_text = "".join(
        f'[[projects]]\nid = "p{n}"\nname = "P"\nstage = "{names[n % 5]}"\n'
        f'industries = ["i{n}"]\n'
        for n in range(30)
    )
    path.write_text(f"format = 1\n{industries}{stages}{projects_text}")
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "m")
        shown = app.screen.query_one(DataTable)
        assert shown.show_vertical_scrollbar
        assert not shown.show_horizontal_scrollbar


async def test_enter_lists_the_projects_of_a_cell_a_row_and_a_column(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "m", "l", "l", "j", "enter")  # manufacturing, signed
        keys = set(listed(app).keys)
        assert keys == {
            project["id"]
            for project in projects(shipped)
            if project["stage"] == "signed"
            and "intelligent-manufacturing" in project.get("industries", [])
        }
        assert keys
        await press(app, pilot, "0", "m", *"jjjjjj", "enter")  # all that are planned
        assert len(listed(app).keys) == sum(
            project["stage"] == "planned" for project in projects(shipped)
        )


async def test_the_board_has_each_project_once(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "b")
        assert isinstance(app.screen, BoardPage)
        for _ in range(500):  # the columns are told their sizes after the layout
            lists = list(app.screen.query(OptionList))
            if lists and str(lists[0].border_title).strip().startswith("Planned"):
                break
            await pilot.pause(0.01)
        cards = sum(max(0, each.option_count - 1) for each in lists)
        assert cards == len(projects(shipped))
        box = app.screen.query_one(HorizontalScroll).region
        seen = [each.region for each in lists if each.region.x < box.right]
        assert len(seen) == 3  # whole columns, beside each other
        assert all(region.right <= box.right for region in seen)
        assert len({region.width for region in seen}) == 1
        counts = Counter(project["stage"] for project in projects(shipped))
        assert f"Planned · {counts['planned']}" in str(lists[0].border_title)
        header = str(app.screen.query_one(PageHeader).content)
        assert f"column 1 of {len(lists)}" in header
        await press(app, pilot, "l", "l", "j", "enter")
        signed = [
            project for project in projects(shipped) if project["stage"] == "signed"
        ]
        amounts = {each["id"]: each.get("investment", 0) for each in signed}
        current = listed(app).current
        assert current is not None
        assert amounts[current] == sorted(amounts.values())[-2]
        await press(app, pilot, "b", "l", "l", "G", "enter")
        assert set(listed(app).keys) == {each["id"] for each in signed}


async def test_the_timeline_has_every_event(shipped: Path, open_app: OpenApp) -> None:
    events = [e for project in projects(shipped) for e in project.get("events", [])]
    dated = [str(event["date"]) for event in events if event.get("date")]
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "W")
        page = app.screen
        assert isinstance(page, ListPage)
        lines = [line for line in page._rows if line.target is not None]
        assert len(lines) == len(events)
        days = [line.content.plain.split()[0] for line in lines[: len(dated)]]
        assert days == sorted(dated, reverse=True)
        staged = [line.content for line in lines if line.content.plain.endswith("]")]
        assert staged
        assert max(line.cell_length for line in staged) <= page.row_width
        await press(app, pilot, "enter")
        assert lines[0].target == GoToProject(listed(app).current or "")
        await press(app, pilot, "W", "v")
        page = app.screen
        assert isinstance(page, ListPage)
        titles = [row.content.plain for row in page._rows if row.is_heading]
        assert titles[0].startswith("Planned or later: ")
        assert page._list.highlighted == 0
        assert any("┬" in row.content.plain for row in page._rows)
        assert max(row.content.cell_length for row in page._rows) <= page.row_width
        await press(app, pilot, "G", "enter")
        shown = {each["id"]: each for each in projects(shipped)}
        assert listed(app).keys
        assert all("investment" in shown[key] for key in listed(app).keys)


async def test_an_empty_list_and_hostile_text_do_no_harm(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "hostile.toml"
    path.write_text(HOSTILE)
    app = open_app(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        main = app.screen
        for key in ["m", "b", "W", "p"]:
            assert listed(app).keys, key
            await press(app, pilot, key)
            assert app.screen is not main, key
            assert is_clean(app), key
            await press(app, pilot, "enter", "escape", "escape", "0")
        await type_filter(app, pilot, "nothingatall")
        for key in ["m", "b", "W", "p"]:
            await press(app, pilot, key)
            assert str(app.screen.query_one(PageHeader).content), key
            await press(app, pilot, "enter", "escape")
            assert is_clean(app), key
            assert app.screen is main, key
            assert not listed(app).keys, key


@pytest.mark.parametrize("key", ["m", "b", "p", "W", "H", "M"])
async def test_a_page_that_is_left_while_it_counts_does_no_harm(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    is_leaving, has_left = asyncio.Event(), asyncio.Event()
    in_thread = asyncio.to_thread

    async def counted_late(count: Callable[..., Any], *given: Any) -> Any:
        await is_leaving.wait()
        return await in_thread(count, *given)

    async def go_late(line: KeyFooter) -> None:
        is_leaving.set()
        await asyncio.sleep(0.1)  # what stands above it is gone by then
        has_left.set()

    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        monkeypatch.setattr(asyncio, "to_thread", counted_late)
        monkeypatch.setattr(KeyFooter, "on_unmount", go_late, raising=False)
        await pilot.press(key)
        page = app.screen
        await pilot.press("escape")
        assert app.screen is not page
        await has_left.wait()
        await pilot.pause()
        monkeypatch.undo()
        await press(app, pilot, "j")
        assert listed(app).index == 1


async def test_the_figures_of_stages_are_whole_on_a_small_screen(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(60, 20)) as pilot:
        await press(app, pilot, "p")
        page = app.screen
        assert isinstance(page, ListPage)
        stages = [row.content.plain for row in page._rows[1:8]]
        assert stages[0].endswith("not stated")
        assert max(map(len, stages)) <= page.row_width
        assert all(row[-1].isdecimal() for row in stages[1:7])
