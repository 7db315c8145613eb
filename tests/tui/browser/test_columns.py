from __future__ import annotations

from datetime import date
from pathlib import Path

import tomli
from textual.widgets import Input

from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.column_chooser import ColumnsDialog
from hunnan_tui.tui.presenters import list_fields, orders
from hunnan_tui.tui.presenters.list_columns import (
    ListColumn,
    find_field_at,
    format_title,
)
from hunnan_tui.tui.presenters.list_lines import GroupHeading, ListLines
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.dialogs.modal_host import ModalHost

FILE = """
[[industries]]
id = "manufacturing"
name = "Manufacturing"

[[stages]]
id = "planned"
name = "Planned"
[[stages]]
id = "signed"
name = "Signed"

[[projects]]
id = "turbine"
name = "Turbine base"
name_zh = "燃气轮机基地"
stage = "signed"
district = "Tiexi"
investment = 3_000_000_000
investment_qualifier = "about"
industries = ["manufacturing"]
tags = ["watch", "region/north"]
[[projects]]
id = "chip"
name = "Chip plant"
name_zh = "芯片厂"
stage = "planned"
investment = 5_000_000_000
[[projects]]
id = "park"
name = "Park"
name_zh = "公园"
stage = "signed"
"""

WIDE = (120, 36)


def make(folder: Path) -> Path:
    path = folder / "projects.toml"
    path.write_text(FILE)
    return path


def seen(app: HunnanApp) -> list[str]:
    """What the list shows: its titles, then its lines, without blanks at the ends."""
    projects = listed(app)
    lines = [projects.render_line(y).text for y in range(projects.size.height)]
    return [line.strip() for line in lines if line.strip()]


def kept(app: HunnanApp) -> list[str]:
    """The columns that the session keeps."""
    screen = app.screen
    assert isinstance(screen, BrowserScreen)
    return list(screen.session.columns)


def query(app: HunnanApp) -> str:
    return app.screen.query_one(FilterInput).value


async def test_a_query_chooses_columns_and_says_what_is_not_stated(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=(200, 24)) as pilot:
        await press(app, pilot, "z")
        await type_filter(app, pilot, "show:name,district,invest,tag,name_zh,stage")
        heads, chip, turbine, park = seen(app)
        assert heads.split() == (
            ["Project", "District", "↓", "Amount", "Tags", "Chinese", "name", "Stage"]
        )
        assert chip.split() == [
            "Chip",
            "plant",
            "–",
            "5",
            "bn",
            "–",
            "芯片厂",
            "Planned",
        ]
        assert "Tiexi" in turbine
        assert "~3 bn  watch; region/nor…" in turbine
        assert park.split() == ["Park", "–", "–", "–", "公园", "Signed"]


async def test_every_field_can_be_a_column() -> None:
    project = Project("a", "a", "A", stage="odd", stage_date="not a day")
    now = date(2026, 1, 1)
    for field in list_fields.COLUMNS:
        text = list_fields.format_cell(field, project, Dataset(), now)
        assert text == {"id": "a", "stage": "odd"}.get(field, text)


async def test_c_chooses_and_orders_columns_and_the_session_keeps_them(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=(180, 24)) as pilot:
        # stage goes, industry comes before the amount
        await press(app, pilot, "C", "space", "j", "j", "space", "K", "enter")
        assert seen(app)[0].split() == ["Project", "Industry", "↓", "Amount"]
        assert listed(app).current == "chip"
        assert kept(app) == ["industry", "invest"]
        await press(app, pilot, "C", "space", "escape")
        assert kept(app) == ["industry", "invest"]
        await press(app, pilot, "C", "0", "enter")
        assert kept(app) == []
        assert seen(app)[0].split() == ["Project", "Stage", "↓", "Amount"]


async def test_columns_of_the_query_are_changed_in_the_query(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "base show:district sort:name")
        await press(app, pilot, "Ｃ", "j", "space")
        await press(app, pilot, "enter")
        assert query(app) == "base sort:name show:district,stage"
        await press(app, pilot, "S")
        assert query(app) == "base sort:name- show:district,stage"


async def test_a_saved_view_has_the_columns_and_the_default_view_not(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "C", "space", "enter", "F")
        app.screen.query_one(Input).value = "money"
        await press(app, pilot, "enter")
        assert seen(app)[0].split() == ["Project", "↓", "Amount"]
        await press(app, pilot, "0")
        assert seen(app)[0].split() == ["Project", "Stage", "↓", "Amount"]
    config = tomli.loads((tmp_path / "config" / "config.toml").read_text())
    assert config["views"] == [{"name": "money", "query": "show:invest"}]


async def test_groups_have_headings_with_subtotals_that_the_cursor_skips(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "group:stage")
        lines = [" ".join(line.strip("─ –").split()) for line in seen(app)[1:]]
        assert lines == [
            "Planned 1 · 5 bn",
            "Chip plant 芯片厂 Planned 5 bn",
            "Signed 2 · 3 bn, 1 unknown",
            "# Turbine base 燃气轮… Signed ~3 bn",
            "Park 公园 Signed",
        ]
        assert list(listed(app).keys) == ["chip", "turbine", "park"]
        await press(app, pilot, "g", "j")
        assert listed(app).current == "turbine"
        await pilot.click("#projects", offset=(9, 2))  # a heading is no project
        await pilot.click("#projects", offset=(9, 6))
        assert listed(app).current == "park"
        await press(app, pilot, "V")
        assert len(listed(app).marked) == 3
        await type_filter(app, pilot, "group:stage base")
        assert "Planned" not in " ".join(seen(app))


async def test_the_title_orders_and_turns_the_list(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        for y_of_titles, expected in (
            (1, "chip park turbine"),
            (1, "turbine park chip"),
        ):
            await pilot.click("#projects", offset=(8, y_of_titles))
            await settle(app, pilot)
            assert " ".join(listed(app).keys) == expected
        assert seen(app)[0].startswith("Project ↓")
        await pilot.click("#projects", offset=(listed(app).size.width - 3, 1))
        await settle(app, pilot)
        assert " ".join(listed(app).keys) == "chip turbine park"


async def test_the_list_is_sorted_by_pinyin_when_that_is_known(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "sort:name_zh")
        await settle(app, pilot)
        assert list(listed(app).keys) == ["park", "turbine", "chip"]
        assert "pinyin…" not in str(listed(app).border_title)


async def test_the_cursor_comes_back_with_its_project(
    tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(make(tmp_path))
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "sort:name")
        await press(app, pilot, "G", "k")
        assert listed(app).current == "park"
        for typed, current in (
            ("-park -chip sort:name", "turbine"),
            ("-park -turbine sort:name", "chip"),
            ("sort:name", "park"),
        ):
            await type_filter(app, pilot, typed)
            assert listed(app).current == current


async def test_the_chooser_keeps_to_small_screens_and_gives_back_the_order() -> None:
    chooser = ColumnsDialog(("tag", "due"), Index(Dataset()))
    app = ModalHost(chooser)
    async with app.run_test(size=(60, 12)) as pilot:
        assert "[x] Tags" in app.shown
        assert "esc cancel" in app.shown
        await pilot.press("shift+down", "G", "space", "greater_than_sign", "enter")
        assert app.results == [("due", "tag", "id")]


def test_titles_tell_the_order_in_their_width() -> None:
    amount, day = (
        ListColumn("Amount", 8, is_number=True, field="invest"),
        ListColumn("Stage date", 10, field="d"),
    )
    assert format_title(amount, ("invest", True)) == "↓ Amount"
    assert format_title(amount, ("name", True)) == "Amount"
    assert format_title(day, ("d", False)) == "Stage dat↑"
    places = [find_field_at(x, (day, amount), 40) for x in (0, 19, 20, 30, 31, 39)]
    assert places == ["name", "name", "d", "d", "invest", "invest"]


def test_rows_and_headings_share_the_lines() -> None:
    headings = [
        GroupHeading("a", "", 0),
        GroupHeading("b", "", 2),
        GroupHeading("c", "", 3),
    ]
    lines = ListLines(4, headings)
    kinds = [lines.get_entry(line) for line in range(len(lines))]
    assert kinds == [headings[0], 0, 1, headings[1], 2, headings[2], 3]
    assert [kinds[lines.find_line(row)] for row in range(4)] == [0, 1, 2, 3]
    above = [lines.find_heading_above(line) for line in range(len(lines))]
    a, b, c = headings
    assert above == [None, a, a, None, b, None, c]
    assert ListLines(4).find_heading_above(2) is None
    assert [row for row in range(4) if lines.is_first_of_group(row)] == [0, 2, 3]


def test_headings_are_of_any_facet_and_the_stray_have_none() -> None:
    projects = {
        key: Project(key, key, key, annotations=Annotations(tags=tags))
        for key, tags in (("a", ("Big one",)), ("b", ()), ("c", ("big ONE", "x")))
    }
    stated = Project("d", "d", "D", investment=3)
    index = Index(Dataset(projects=projects))
    day = date(2026, 1, 1)
    parsed = index.parse("group:tag", today=day)
    made = orders.build_headings(index, index.everything, parsed)
    assert [(each.name, each.count, each.start) for each in made] == [
        ("Big one", "2", 0),
        ("No tag", "1", 2),
    ]
    index = Index(Dataset(projects={**projects, "d": stated}))
    made = orders.build_headings(index, index.everything, parsed)
    assert [each.count for each in made] == ["2 · not stated", "2 · 3, 1 unknown"]


def test_what_was_chosen_before_orders_the_equal() -> None:
    sort = orders.choose_order("name", ())
    sort = orders.choose_order("invest", sort)
    assert orders.format_order(sort) == "investment ↓, name ↑"
    assert (
        orders.format_order(orders.choose_order("invest", sort))
        == "investment ↑, name ↑"
    )
    assert (
        orders.format_order(orders.choose_order("name", sort)) == "name ↑, investment ↓"
    )
    for field in ("stage", "industry", "due"):
        sort = orders.choose_order(field, sort)
    assert [key.field for key in sort] == ["due", "industry", "stage"]
    assert orders.format_order(orders.choose_order("invest", ())) == "investment ↑"
