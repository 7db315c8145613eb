from __future__ import annotations

import pytest

from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from tests.tui.dialogs.modal_host import HOSTILE, ModalHost


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        ("y", True),
        ("n", False),
        ("escape", False),
        ("enter", False),
        ("right enter", True),
        ("tab enter", True),
        ("left right enter", False),
    ],
)
async def test_each_key_gives_its_answer_and_enter_is_no(
    keys: str, answer: bool
) -> None:
    app = ModalHost(
        ConfirmDialog("Quit?", "2 edits are not saved", yes="Quit", no="Stay")
    )
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert app.results == [answer]


async def test_a_click_answers() -> None:
    app = ModalHost(ConfirmDialog("Quit?"))
    async with app.run_test() as pilot:
        await pilot.click("#yes")
        assert app.results == [True]


async def test_keys_after_the_answer_do_nothing() -> None:
    app = ModalHost(ConfirmDialog("Quit?"))
    async with app.run_test() as pilot:
        app.send(["y", "n", "y"])
        await pilot.pause()
        assert app.results == [True]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_text(text: str) -> None:
    app = ModalHost(ConfirmDialog(text, text, yes=text[:20], no=text[:20]))
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.is_clean()
        await pilot.press("n")
        assert app.results == [False]


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36), (200, 60)])
async def test_question_buttons_and_keys_are_seen(size: tuple[int, int]) -> None:
    detail = "\n".join(f"line {number}" for number in range(100))
    app = ModalHost(ConfirmDialog("Quit?", detail, yes="Quit", no="Stay"))
    async with app.run_test(size=size):
        for part in ("Quit?", "line 0", "Stay", "Quit", "y yes", "n no"):
            assert part in app.shown
