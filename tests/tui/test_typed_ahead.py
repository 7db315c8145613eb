"""Letters in one burst with the key that opens a dialog belong to the dialog."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.screens.notes import NoteEditor
from hunnan_tui.tui.screens.picker import Picker
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import WIDE, OpenApp, listed, project, settle


async def burst(app: HunnanApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(3):
        await settle(app, pilot)


async def test_a_note_in_one_burst_is_the_whole_note(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        key = listed(app).current
        assert key is not None
        await burst(app, pilot, "n", *"twjduq", "ctrl+s")
        assert not isinstance(app.screen, NoteEditor)
        assert listed(app).current == key
    (note,) = project(shipped, key)["notes"]
    assert note["text"].strip() == "twjduq"
    assert "tags" not in project(shipped, key)


async def test_a_tag_in_one_burst_is_the_whole_tag(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        key = listed(app).current
        assert key is not None
        await burst(app, pilot, "t", *"wnd", "enter", "escape")
        assert listed(app).current == key
    assert project(shipped, key)["tags"] == ["wnd"]


@pytest.mark.parametrize("leaving", ["enter", "escape"])
async def test_what_follows_a_filter_in_one_burst_acts_on_what_it_found(
    leaving: str, shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await burst(app, pilot, "slash", *"aecc", leaving, "w")
        assert app.screen.query_one(FilterInput).value == "aecc"
        assert listed(app).has_focus
        key = listed(app).current
        assert key is not None
        assert len(listed(app).keys) < 5
        await burst(app, pilot, "ctrl+s")
    assert project(shipped, key)["tags"] == ["watch"]


async def test_a_dialog_takes_what_follows_its_key(
    shipped: Path, open_app: OpenApp
) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        current = listed(app).current
        main = app.screen
        for opening in ["F", "s", "C", "question_mark", "y", "n", "a"]:
            await burst(app, pilot, opening, "w", "j")
            if isinstance(app.screen, Picker):
                assert app.screen.input.value == "wj"
            await burst(app, pilot, "escape", "escape")
            assert app.screen is main, opening
            assert listed(app).current == current, opening
            assert shipped.read_bytes() == before, opening


async def test_keys_go_on_where_no_dialog_came(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        second = listed(app).keys[1]
        await burst(app, pilot, "d", "j")  # there is no note to delete
        assert listed(app).current == second


async def test_what_is_typed_behind_an_editing_key_stays(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await burst(app, pilot, "slash", *"zhpf", "ctrl+u", *"zgx", "backspace", *"hf")
        assert app.screen.query_one(FilterInput).value == "zghf"
        await burst(app, pilot, "home", *"ac", "left", "b", "end", "d")
        assert app.screen.query_one(FilterInput).value == "abczghfd"


async def test_what_is_typed_behind_an_editing_key_of_a_prompt_stays(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await burst(app, pilot, "F", *"minr", "backspace", *"e", "enter")
        assert app.session.view[0] == "mine"
