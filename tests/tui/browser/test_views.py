from __future__ import annotations

import re
from pathlib import Path

import tomli
from textual.events import Key
from textual.widgets import Input

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)


def title(app: HunnanApp) -> str:
    return str(listed(app).border_title)


async def test_sorting_turns_round_and_keeps_the_missing_last(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        largest = listed(app).keys[0]
        await press(app, pilot, "S")
        assert listed(app).keys[18] == largest
        assert app.workspace.dataset.projects[listed(app).keys[-1]].investment is None
        assert "investment ↑" in title(app)


async def test_sorting_by_a_field_of_the_menu(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "s")
        app.screen.query_one(Input).value = "stage"
        await pilot.pause()
        await press(app, pilot, "enter")
        stages = [app.workspace.dataset.projects[k].stage for k in listed(app).keys]
        assert stages[0] == "operating"
        assert stages[-1] == "planned"


async def test_a_view_is_saved_picked_and_survives_a_restart(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "stage:signed")
        shown = list(listed(app).keys)
        await press(app, pilot, "F")
        app.screen.query_one(Input).value = "本周跟进"
        await press(app, pilot, "enter")
        assert "本周跟进" in title(app)
        await press(app, pilot, "0")
        assert len(listed(app).keys) == 73
    config = tmp_path / "config" / "config.toml"
    assert tomli.loads(config.read_text())["views"] == [
        {"name": "本周跟进", "query": "stage:signed"}
    ]
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "f")
        await press(app, pilot, "enter")
        assert list(listed(app).keys) == shown
        await type_filter(app, pilot, "stage:planned")
        assert "本周跟进*" in title(app)


async def test_a_view_keeps_the_industry_and_the_order(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "1", "down", "enter", "2", "S")
        shown = list(listed(app).keys)
        await press(app, pilot, "F")
        app.screen.query_one(Input).value = "materials"
        await press(app, pilot, "enter")
        assert list(listed(app).keys) == shown
        await press(app, pilot, "0", "f")
        await press(app, pilot, "enter")
        assert list(listed(app).keys) == shown


async def test_settings_that_cannot_be_read_are_told_and_left_alone(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text("theme = ")
    app = open_app(shipped)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        assert any(
            "is not used" in notification.message for notification in app._notifications
        )
    assert config.read_text() == "theme = "


async def test_mistakes_in_the_settings_are_told_in_one_message(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    config = tmp_path / "config" / "config.toml"
    config.parent.mkdir()
    config.write_text('theme = "nrod"\nathor = "x"\nascii = "[b]"\n')
    app = open_app(shipped)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await pilot.pause()
        (told,) = [n.message for n in app._notifications if "config" in n.message]
    assert re.sub(r" There is [^)]*", " There is …", told).splitlines() == [
        f"{config} has 3 problems; the rest is used.",
        "Line 1: there is no theme 'nrod' (did you mean nord? There is …)",
        "Line 2: unknown key 'athor' (did you mean author? There is …)",
        "Line 3: ascii is a text (it should be true or false, without quotes)",
    ]


async def test_a_half_typed_query_keeps_the_list(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "stage:signed")
        shown = list(listed(app).keys)
        await type_filter(app, pilot, "stage:signed indstry:life")
        assert list(listed(app).keys) == shown


async def test_tab_takes_the_completion_and_else_goes_on(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "slash", *"stage", "colon", *"si")
        await press(app, pilot, "tab")
        assert app.screen.query_one(FilterInput).value.startswith("stage:signed")
        assert len(listed(app).keys) == 20
        await press(app, pilot, "space", *"zzz", "tab")
        assert not app.screen.query_one(FilterInput).has_focus


async def test_the_cursor_comes_back_when_the_filter_goes(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "j", "j", "j")
        key = listed(app).current
        await type_filter(app, pilot, "turbine")
        assert listed(app).current != key
        await press(app, pilot, "escape")
        assert listed(app).current == key


async def test_the_palette_goes_to_a_project(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "runway")
        screen = app.screen_stack[1]
        assert isinstance(screen, BrowserScreen)
        screen.go_to("aecc-gas-turbine-base")
        await pilot.pause()
        assert listed(app).current == "aecc-gas-turbine-base"
        assert len(listed(app).keys) == 73


async def test_letters_right_behind_the_slash_belong_to_the_filter(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        for key in ("slash", "t", "u", "r"):  # without a pause in between
            app.post_message(Key(key, "/" if key == "slash" else key))
        await settle(app, pilot)
        assert app.screen.query_one(FilterInput).value == "tur"


async def test_a_slash_in_the_filter_is_text(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "slash", "a", "slash", "b", "number_sign")
        assert app.screen.query_one(FilterInput).value == "a/b#"


async def test_a_click_takes_a_chip_away(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "1", "down", "enter")
        assert len(listed(app).keys) == 7
        await pilot.click("#chips", offset=(3, 0))
        await pilot.pause()
        assert len(listed(app).keys) == 73


async def test_the_history_gives_back_what_was_being_typed(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "gas")
        await press(app, pilot, "slash", "x", "up")
        field = app.screen.query_one(FilterInput)
        assert field.value == "gas"
        await press(app, pilot, "down")
        assert field.value == "gasx"
