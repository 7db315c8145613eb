"""The palette: commands first, then what else there is, then projects, a line each."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.palette import Palette
from hunnan_tui.tui.pages.matrix import MatrixPage
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle, type_filter


def open_palette(app: HunnanApp) -> Palette:
    dialog = app.screen
    assert isinstance(dialog, Palette)
    return dialog


def rows(app: HunnanApp) -> list[str]:
    return [str(option.prompt) for option in open_palette(app).list.options]


def find(app: HunnanApp, typed: str) -> list[str]:
    """Return the first rows for a text."""
    dialog = open_palette(app)
    dialog.input.value = typed
    dialog.show_rows()
    return rows(app)


async def test_it_finds_commands_before_what_else_there_is(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "enter", "escape", "colon")
        offered = rows(app)
        assert all("\n" not in row for row in offered)
        text = "\n".join(offered)
        for moving in ("Next project", "Page down", "First project", "Commands"):
            assert f" {moving}" not in text
        assert any(row.startswith("x ") and "Export" in row for row in offered)
        assert any(row.startswith("recent") for row in offered)
        assert any(row.startswith("view") and "Watched" in row for row in offered)
        for typed, kind, name in (
            ("note", "n ", "Note"),
            ("x", "x ", "Export"),
            ("f8", "f8", "Theme"),
            ("exp", "x ", "Export"),
            ("due", "view", "Due"),
            ("watched", "view", "Watched"),
            ("signed", "stage", "Signed"),
            ("签约", "stage", "Signed"),
            ("qianyue", "stage", "Signed"),
            ("nord", "theme", "nord"),
            ("theme dra", "theme", "dracula"),
            ("aecc", "project", "AECC"),
        ):
            first = find(app, typed)[0]
            assert first.startswith(kind), typed
            assert name in first, typed
        assert find(app, "zzzz") == []
        assert "No command or project like “zzzz”" in str(
            open_palette(app).hint.render()
        )
        mixed = [row.split()[0] for row in find(app, "re")]
        projects = [number for number, row in enumerate(mixed) if row == "project"]
        assert projects == list(range(len(mixed) - len(projects), len(mixed)))


async def test_what_is_chosen_is_done(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "colon", *"signed", "enter")
        assert app.screen.query_one(FilterInput).value == "stage=signed"
        await press(app, pilot, "colon", *"with", "space", *"notes", "enter")
        assert app.screen.query_one(FilterInput).value == "has:note sort:noted-"
        await press(app, pilot, "colon", *"aecc", "enter")
        assert listed(app).current == "aecc-gas-turbine-base"
        await press(app, pilot, "colon", *"industries by", "enter")
        assert isinstance(app.screen, MatrixPage)
        await press(app, pilot, "colon")
        assert any("Back" in row for row in rows(app))
        await press(app, pilot, *"back", "enter")
        await press(app, pilot, "colon", "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "colon")
        (recent,) = [row for row in rows(app) if row.startswith("recent")]
        assert "AECC" in recent
        await press(app, pilot, "escape")
        assert app.session.recent == ("aecc-gas-turbine-base",)


async def test_it_finds_projects_as_the_filter_does(
    shipped: Path, open_app: OpenApp
) -> None:
    text = shipped.read_text().replace("中航发燃气轮机产业基地", "战略铝业Łódź")
    text = text.replace("AECC Gas Turbine", r"[/x]\u009bA $b")
    shipped.write_text(text)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, BrowserScreen)
        screen.browser.index.prepare_pinyin()
        await press(app, pilot, "colon")
        for typed in ("zhanlüe", "lvye", "lyuye", "zlly", "lodz", "戰略"):
            (row,) = [row for row in find(app, typed) if row.startswith("project")]
            assert "战略铝业Łódź" in row, typed
            assert "[/x]" in row
            assert not UNSAFE.search(row)


async def test_a_filter_goes_when_it_hides_what_is_gone_to(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "runway")
        await press(app, pilot, "colon", *"aecc", "enter")
        assert listed(app).current == "aecc-gas-turbine-base"
        assert len(listed(app).keys) == 73
