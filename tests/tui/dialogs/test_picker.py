"""What the dialogs with a field and a list share."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content

from hunnan_tui.tui.dialogs.base import KeyHints, _fill_lines
from hunnan_tui.tui.dialogs.picker import PickerDialog
from tests.tui.app_host import OpenApp, press


async def test_an_empty_dialog_says_what_to_type(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(80, 24)) as pilot:
        for key, what in (
            ("t", "type one"),
            ("N", "type what is missing"),
            ("T", "t on a project"),
        ):
            await press(app, pilot, key)
            dialog = app.screen
            assert isinstance(dialog, PickerDialog)
            (empty,) = dialog.list.options
            assert what in str(empty.prompt)
            assert empty.disabled
            await press(app, pilot, "escape")


@pytest.mark.parametrize("width", [0, 10, 14, 30, 200])
def test_hints_break_between_hints_alone(width: int) -> None:
    hints = [
        Content(text) for text in ("enter add, or met", "ctrl+x remove", "esc done")
    ]
    lines = [line.plain for line in _fill_lines(hints, width)]
    assert " · ".join(lines) == " · ".join(hint.plain for hint in hints)
    for line in lines:
        assert not width or len(line) <= width or " · " not in line


async def test_hints_fit_a_narrow_screen(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=(60, 24)) as pilot:
        await press(app, pilot, "N")
        hints = app.screen.query_one(KeyHints)
        lines = str(hints.render()).splitlines()
        assert len(lines) > 1
        assert not any(line.startswith(" ") or line.endswith("·") for line in lines)
