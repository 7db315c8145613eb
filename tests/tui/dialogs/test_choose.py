from __future__ import annotations

import pytest
from textual.content import Content

from hunnan_tui.core.text import display_line
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost

SORTS = [
    ("investment", Content("Investment")),
    ("stage", Content("Stage")),
    ("name", Content("名称 Name")),
]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        ("enter", "investment"),
        ("down enter", "stage"),
        ("down down down enter", "investment"),
        ("up enter", "name"),
        ("pagedown enter", "name"),
        ("n a m enter", "name"),
        ("名 enter", "name"),
        ("Ｓ ｔ ａ enter", "stage"),
        ("escape", None),
        ("s t escape", None),
    ],
)
async def test_keys_choose(keys: str, chosen: str | None) -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [chosen]


async def test_a_click_chooses() -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    async with app.run_test() as pilot:
        await pilot.click("OptionList", offset=(2, 1))
        assert app.results == ["stage"]


async def test_the_keys_that_are_told_can_be_clicked() -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    async with app.run_test() as pilot:
        await pilot.click("KeyHints", offset=(len("enter choose · e"), 0))
        assert app.results == [None]


async def test_rebound_keys_are_told_and_work() -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    app.set_keymap({"choose.cancel": "f9", "picker.down": "ctrl+n"})
    async with app.run_test() as pilot:
        assert "f9 cancel" in app.shown
        await pilot.press("ctrl+n", "enter")
        assert app.results == ["stage"]


async def test_enter_on_nothing_says_so_and_stays() -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    async with app.run_test() as pilot:
        await pilot.press("q", "q", "enter")
        assert app.results == []
        assert "nothing here to choose" in app.shown
        await pilot.press("backspace", "backspace", "enter")
        assert app.results == ["investment"]


async def test_no_options_can_be_left() -> None:
    app = ModalHost(ChooseDialog("Saved views", []))
    async with app.run_test() as pilot:
        await pilot.press("down", "up", "enter", "escape")
        assert app.results == [None]


async def test_equal_options_are_told_apart() -> None:
    app = ModalHost(
        ChooseDialog("Note", [("1", Content("same")), ("2", Content("same"))])
    )
    async with app.run_test() as pilot:
        await pilot.press("down", "enter")
        assert app.results == ["2"]


async def test_keys_typed_ahead_count_in_their_order() -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS))
    async with app.run_test() as pilot:
        app.send([*"sta", "enter", *"name"])
        await pilot.pause()
        assert app.results == ["stage"]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_text(text: str) -> None:
    options = [(text, Content(display_line(text)))]
    app = ModalHost(ChooseDialog(text, options))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.is_clean()
        await pilot.press("enter")
        assert app.results == [text]


async def test_many_options_are_shown_in_part_and_found_by_typing() -> None:
    options = [(str(i), Content(f"option {i}")) for i in range(5_000)]
    app = ModalHost(ChooseDialog("Many", options))
    async with app.run_test() as pilot:
        await pilot.press("up")  # to the last one that is shown
        assert "… 4,800 more" in app.shown
        await pilot.press(*"4321", "enter")
        assert app.results == ["4321"]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (200, 60)])
async def test_title_options_and_keys_are_seen(size: tuple[int, int]) -> None:
    app = ModalHost(ChooseDialog("Sort by", SORTS * 20))
    async with app.run_test(size=size):
        for part in ("Sort by", "Investment", "enter choose", "esc cancel"):
            assert part in app.shown
