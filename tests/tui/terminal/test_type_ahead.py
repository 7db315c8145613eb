"""Letters in one burst with the key that opens a dialog belong to the dialog."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.dialogs.picker import PickerDialog
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
)


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
        await burst(app, pilot, "t", *"wnd", "enter", "enter")
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
            if isinstance(app.screen, PickerDialog):
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


@pytest.mark.parametrize(
    ("keys", "tagged", "cursor"),
    [("wjw", [0, 1], 1), ("wjwjw", [0, 1, 2], 2), ("jwkw", [0, 1], 0)],
)
async def test_a_key_acts_on_what_the_one_before_has_led_to(
    shipped: Path, open_app: OpenApp, keys: str, tagged: list[int], cursor: int
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await burst(app, pilot, *keys)
        assert listed(app).index == cursor
        names = list(listed(app).keys)
    for place, key in enumerate(names[:4]):
        is_tagged = "watch" in project(shipped, key).get("tags", [])
        assert is_tagged == (place in tagged)


async def test_an_act_that_takes_its_time_keeps_the_keys_behind_it(
    shipped: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        first = listed(app).current
        may_go_on, in_thread = asyncio.Event(), asyncio.to_thread

        async def late(make: Callable[..., Any], *given: Any) -> Any:
            await may_go_on.wait()
            return await in_thread(make, *given)

        monkeypatch.setattr(asyncio, "to_thread", late)
        for key in ["t", *"wjn"]:
            app.post_message(events.Key(key, key))
        while len(app._waiting) < 3:
            await asyncio.sleep(0)
        assert listed(app).current == first
        may_go_on.set()
        await settle(app, pilot)
        assert isinstance(app.screen, PickerDialog)
        assert app.screen.input.value == "wjn"


async def test_ctrl_z_in_the_filter_takes_back_typing_and_no_data(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        key = listed(app).current
        assert key is not None
        await burst(app, pilot, "w", "slash", *"park zone", "ctrl+z")
        field = app.screen.query_one(FilterInput)
        assert field.value == "park "
        await burst(app, pilot, "x", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert field.value == ""
        await burst(app, pilot, "ctrl+y", "ctrl+y")
        assert field.value == "park x"
    assert project(shipped, key)["tags"] == ["watch"]


async def test_marks_and_a_begun_range_go_from_all_rows_at_once(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await burst(app, pilot, "space", "space", "v", "j")
        rows = [listed(app).render_line(y).text for y in range(1, 6)]
        assert [row[0] for row in rows] == ["✓", "✓", "▸", " ", " "]
        await burst(app, pilot, "escape")
        rows = [listed(app).render_line(y).text for y in range(1, 6)]
        assert not {row[0] for row in rows} & {"✓", "▸"}


ACTS = "w t n e d E a N space v V enter i o y Y R c u U ctrl+s full_stop"


@pytest.mark.parametrize("data", ["", "[[projects]]\nid = 'a'\nname = 'A'\n"])
async def test_an_act_with_nothing_to_act_on_says_so(
    tmp_path: Path, open_app: OpenApp, data: str
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(data or "title = 'none'\n")
    before = path.read_bytes()
    app = open_app(path, "nobody" if data else "")
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        for key in ACTS.split():
            app.clear_notifications()
            await press(app, pilot, key)
            assert app._notifications, key
            assert len(app.screen_stack) == 2, key
    assert path.read_bytes() == before
