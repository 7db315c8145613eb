"""What no project of a dataset states takes no room in the app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import DataTable, OptionList

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.pages.board import StageColumn
from hunnan_tui.tui.widgets.facet_list import FacetList
from tests.tui.app_host import OpenApp, listed, press, settle
from tests.unfilled_cases import DATASETS

ABSENT = {
    "names": r"not stated|yuan|invest|amount|industr|source is named|other",
    "no-amounts": r"yuan|invest|amount|Other +0|source is named",
    "no-stages": r"stage|Other +0|source is named",
}
"""What stands nowhere on the main screen, but for the line of keys and the tabs."""
BOARD = {
    "names": "This dataset has no stages",
    "no-stages": "This dataset has no stages",
}


def lines(app: HunnanApp) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


@pytest.fixture(params=DATASETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def test_what_is_never_filled_takes_no_room(
    name: str, tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text("".join(DATASETS[name]))
    app = open_app(path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        shown = "\n".join(lines(app)[2:-1])
        assert "wind works" in shown
        found = re.search(ABSENT[name], shown, re.IGNORECASE)
        assert found is None, (found, shown)
        assert app.screen.query_one(FacetList).display == (name != "names")
        await press(app, pilot, "1")
        assert listed(app).has_focus == (name == "names")
        await press(app, pilot, "escape")

        await press(app, pilot, "p")
        page = "\n".join(lines(app))
        assert ("This dataset has no stages" in page) == (name in BOARD)
        assert ("reached" in page) == (name == "no-amounts")
        assert ("in all" in page) == (name == "no-stages")
        await press(app, pilot, "escape", "b")
        assert len(app.screen.query(StageColumn)) == (0 if name in BOARD else 2)
        assert BOARD.get(name, "2 projects") in "\n".join(lines(app))
        assert "· not stated" not in "\n".join(lines(app))
        await press(app, pilot, "escape", "m")
        table = app.screen.query_one(DataTable)
        titles = [str(column.label) for column in table.ordered_columns]
        stages = {"no-amounts": ["Signed", "not stated"]}
        assert titles == ["", *stages.get(name, []), "All"]
        assert table.row_count == (1 if name == "names" else 2)
        await press(app, pilot, "v")
        assert ("Investment" in "\n".join(lines(app)[:4])) == (name == "no-stages")
        await press(app, pilot, "escape", "H")
        page = "\n".join(lines(app))
        (never,) = re.findall("By no project of the file: ([^\n]*)", page)
        assert ("investment" in never) == (name != "no-stages")
        assert ("stage" in never) == (name != "no-amounts")
        await press(app, pilot, "escape", "s")
        offered = app.screen.query_one(OptionList)
        prompts = " ".join(str(option.prompt) for option in offered.options)
        assert ("investment" in prompts) == (name == "no-stages")
        assert ("stage" in prompts) == (name == "no-amounts")
        await press(app, pilot, "escape", "C")
        offered = app.screen.query_one(OptionList)
        prompts = " ".join(str(each.prompt) for each in offered.options)
        assert ("Amount" in prompts) == (name == "no-stages")
        assert ("Kinds" in prompts) == (name != "names")
        assert "Jobs" not in prompts
        await press(app, pilot, "escape", "x")
        (header,) = [line for line in lines(app) if "│ name" in line.replace("  ", " ")]
        assert ("investment" in header) == (name == "no-stages")
        assert ("stage" in header) == (name == "no-amounts")


async def test_one_line_says_that_no_source_is_named(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(
        DATASETS["no-stages"][0]
        + '[[projects]]\nid = "a"\nname = "A"\nsources = ["paper"]\n'
        + '[[projects]]\nid = "b"\nname = "B"\ndistrict = "North"\nplace = "Port"\n'
        + 'events = [{ what = "Signed" }]\nfacts = [{ label = "Area", value = "2" }]\n'
    )
    app = open_app(path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        assert "no source" not in "\n".join(lines(app))
        await press(app, pilot, "j")
        assert "\n".join(lines(app)).count("no source") == 1


async def test_a_first_value_brings_its_column(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text("".join(DATASETS["names"]))
    app = open_app(path)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(app, pilot)
        text = path.read_text().replace('name = "wind', 'investment = 5\nname = "wind')
        path.write_text(text)
        await press(app, pilot, "ctrl+r")
        while "Amount" not in "\n".join(lines(app)):
            await pilot.pause(0.01)
