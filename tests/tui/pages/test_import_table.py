"""A table in the app: decided column by column, written as one step."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import tomli
from textual.pilot import Pilot
from textual.widgets import Input, Static

from hunnan_tui.importing.prepare import prepare
from hunnan_tui.importing.write_new import write_new
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.path import PathDialog
from hunnan_tui.tui.pages.import_table import ImportPage
from hunnan_tui.tui.pages.lines import LinesPage
from tests.importing.tables import TODAY
from tests.tui.app_host import WIDE, OpenApp, press, settle
from tests.tui.pages.page_host import highlight, options, text

HEAD = "项目代码,项目名称,项目阶段,备注\n"
FIRST = f"{HEAD}A1,甲,签约,x\nA2,乙,签约,\nA3,丙,在建,\n"
SECOND = f"{HEAD}A1,甲,在建,x\nA2,[red]乙,签约,\nA3,丙,在建,\nA4,丁,签约,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table that was imported into `d.toml`, and has changed since."""
    path = tmp_path / "t.csv"
    path.write_text(FIRST, "utf-8")
    prepared = prepare(path)
    prepared.map_path.write_text(prepared.map_text, "utf-8")
    write_new(prepared, prepared.make_converter(), tmp_path / "d.toml", TODAY)
    path.write_text(SECOND, "utf-8")
    return path


async def open_table(app: HunnanApp, pilot: Pilot[None], path: Path) -> None:
    await press(app, pilot, "I")
    assert isinstance(app.screen, PathDialog)
    app.screen.query_one(Input).value = str(path)
    await press(app, pilot, "enter")
    await settle(app, pilot)


def header(app: HunnanApp) -> str:
    return str(app.screen.query_one("PageHeader", Static).content)


def names(path: Path) -> list[str]:
    return [each["name"] for each in tomli.loads(path.read_text("utf-8"))["projects"]]


async def test_a_table_is_brought_into_the_open_file_and_taken_back(
    table: Path, open_app: OpenApp
) -> None:
    data = table.with_name("d.toml")
    before = data.read_bytes()
    app = open_app(data)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await open_table(app, pilot, table)
        assert isinstance(app.screen, ImportPage)
        assert "into d.toml: 2 changed, 1 new, 0 gone, 1 unchanged" in header(app)
        rows = options(app)
        assert any("项目阶段" in row and "stage" in row for row in rows)
        assert "enter Open" in text(app)  # a row is to be decided
        await press(app, pilot, "d")
        assert isinstance(app.screen, LinesPage)
        assert "stage: signed → construction" in text(app)
        assert "name: 乙 → [red]乙" in text(app)
        await press(app, pilot, "escape")
        await press(app, pilot, "w")
        assert isinstance(app.screen, ConfirmDialog)
        await press(app, pilot, "n")
        assert isinstance(app.screen, ImportPage)
        assert data.read_bytes() == before
        await press(app, pilot, "w")
        await press(app, pilot, "y")
        await settle(app, pilot)
        assert isinstance(app.screen, BrowserScreen)
        assert names(data) == ["甲", "[red]乙", "丙", "丁"]
        await press(app, pilot, "u")
        assert data.read_bytes() == before
        # and once more: what was undone can be imported again
        await open_table(app, pilot, table)
        assert "2 changed, 1 new" in header(app)


async def test_what_is_open_is_decided_before_anything_is_written(
    table: Path, open_app: OpenApp
) -> None:
    data, path = table.with_name("d.toml"), table.with_name("q.csv")
    path.write_text(
        "项目名称,金额,开工\n甲一,18,03/04/2023\n乙一,20,05/06/2023\n", "utf-8"
    )
    before = data.read_bytes()
    app = open_app(data)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await open_table(app, pilot, path)
        assert "2 questions to be decided first" in header(app)
        await press(app, pilot, "w")
        assert isinstance(app.screen, ImportPage)
        assert data.read_bytes() == before
        for label, typed in (("金额", "万元"), ("开工", "dmy")):
            await pilot.press("g")
            await highlight(app, pilot, label)
            await press(app, pilot, "enter")
            assert isinstance(app.screen, ChooseDialog)
            app.screen.query_one(Input).value = typed
            await press(app, pilot, "enter")
            await settle(app, pilot)
        assert "question" not in header(app)
        assert not Path(f"{path}.map.toml").exists()
        # a column that was guessed can be decided otherwise
        await pilot.press("g")
        await highlight(app, pilot, "开工")
        await press(app, pilot, "enter")
        app.screen.query_one(Input).value = "left out"
        await press(app, pilot, "enter")
        await press(app, pilot, "o")
        app.screen.query_one(Input).value = str(table.with_name("new.toml"))
        await press(app, pilot, "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, BrowserScreen)
    made = tomli.loads(table.with_name("new.toml").read_text("utf-8"))
    assert [each["investment"] for each in made["projects"]] == [180_000, 200_000]
    assert "events" not in made["projects"][0]
    assert '"开工" = "-"' in Path(f"{path}.map.toml").read_text("utf-8")
    assert data.read_bytes() == before


async def test_a_table_that_is_refused_says_why_and_a_sheet_is_asked_for(
    table: Path, open_app: OpenApp
) -> None:
    path = table.with_name("two.xlsx")
    book = openpyxl.Workbook()
    book.active.title = "One"
    for name in ("One", "Two"):
        sheet = book.active if name == "One" else book.create_sheet(name)
        sheet.append(["项目名称", "行业"])
        sheet.append([f"{name}甲", "x"])
    book.save(path)
    app = open_app(table.with_name("d.toml"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        # esc stops what is being read
        await press(app, pilot, "I")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        while not isinstance(app.screen, ImportPage):
            await pilot.pause(0.01)
        page = app.screen
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
        assert page._process._process is None
        broken = table.with_name("none.xlsx")
        broken.write_text("no workbook")
        await open_table(app, pilot, broken)
        assert "none.xlsx" in header(app)
        await press(app, pilot, "w", "o", "d", "escape", "exclamation_mark", "escape")
        if isinstance(app.screen, ImportPage):
            await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "I")
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        while not isinstance(app.screen, ChooseDialog):
            await pilot.pause(0.01)
        await press(app, pilot, "down", "enter")
        await settle(app, pilot)
        assert "Two" in header(app)
        await press(app, pilot, "exclamation_mark")
        assert isinstance(app.screen, LinesPage)
        await press(app, pilot, "escape")
        # a word of the table is an industry of another id
        await pilot.press("g")
        await highlight(app, pilot, "x")
        await press(app, pilot, "enter")
        app.screen.query_one(Input).value = "another"
        await press(app, pilot, "enter")
        app.screen.query_one(Input).value = "machines"
        await press(app, pilot, "enter")
        await settle(app, pilot)
        assert "machines" in text(app)
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
    assert not Path(f"{path}.map.toml").exists()


async def test_a_file_that_takes_no_facts_leaves_a_new_one(
    table: Path, open_app: OpenApp
) -> None:
    data = table.with_name("d.toml")
    before = data.read_bytes()
    app = open_app(data, notes=table.with_name("notes.toml"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await open_table(app, pilot, table)
        assert "4 projects" in header(app)
        assert "into a new file only: " in header(app)
        # a file that is there is not replaced, and the page stays
        await press(app, pilot, "o")
        app.screen.query_one(Input).value = str(data)
        await press(app, pilot, "enter")
        await settle(app, pilot)
        assert isinstance(app.screen, ImportPage)
        assert "4 projects" in header(app)
        await press(app, pilot, "w")
        assert isinstance(app.screen, ImportPage)
        await press(app, pilot, "d", "escape", "o")
        app.screen.query_one(Input).value = str(table.with_name("new.toml"))
        await press(app, pilot, "enter")
        await settle(app, pilot)
    assert names(table.with_name("new.toml")) == ["甲", "[red]乙", "丙", "丁"]
    assert data.read_bytes() == before
