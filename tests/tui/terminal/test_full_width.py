"""Keys as a Chinese input method sends them do what their ASCII twins do."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.terminal.full_width import to_plain_key
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    project,
    settle,
)


def sent(character: str) -> events.Key:
    return events.Key(character, character)


@pytest.mark.parametrize(
    ("character", "key"),
    [
        ("ｎ", "n"),
        ("Ｖ", "V"),
        ("？", "question_mark"),
        ("：", "colon"),
        ("／", "slash"),
        ("＃", "number_sign"),
        ("、", "slash"),
        ("\u3000", "space"),
        ("。", "full_stop"),
        ("【", "left_square_bracket"),
        ("《", "less_than_sign"),
        ("＜", "less_than_sign"),
        ("n", "n"),
        ("汉", "汉"),
    ],
)
def test_each_has_a_twin(character: str, key: str) -> None:
    assert to_plain_key(sent(character)).key == key


async def type_in(app: HunnanApp, pilot: Pilot[None], *characters: str) -> None:
    for character in characters:
        app.post_message(sent(character))
    for _ in range(3):
        await settle(app, pilot)


async def test_the_keys_of_the_main_screen_work(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        first, second = listed(app).keys[:2]
        await type_in(app, pilot, "ｊ", "ｗ")
        assert project(shipped, second)["tags"] == ["watch"]
        await type_in(app, pilot, "ｇ", "\u3000", "\u3000", "。")
        assert project(shipped, first)["tags"] == ["watch"]
        await type_in(app, pilot, "ｎ", "ｎ", "字")
        assert isinstance(app.screen, NoteEditor)
        assert app.screen.text == "ｎ字"  # typed text stays as it is
        await press(app, pilot, "escape")
        await type_in(app, pilot, "、", "：", "ｘ")
        await settle(app, pilot)
        assert app.screen.query_one(FilterInput).value == "：ｘ"


async def test_a_chinese_character_where_none_is_typed_is_told_of_once(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await type_in(app, pilot, "周", "五")
        await settle(app, pilot)
        (toast,) = app._notifications
        assert "input method is on" in toast.message
