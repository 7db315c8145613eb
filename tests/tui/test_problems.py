"""What is wrong with the file is told in full, whatever the width of the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    press,
    status,
    type_filter,
)

GOOD = '[[projects]]\nid = "a"\nname = "A"\ninvestment = 1_000\n'
CONFLICT = "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> theirs\n"


def shown(app: HunnanApp) -> str:
    """Return the text of the page, without the breaks of its lines."""
    options = app.screen.query_one(OptionList)
    rows = (options.render_line(y).text for y in range(options.size.height))
    return "".join(row.strip() + " " for row in rows)


async def read_again(app: HunnanApp) -> None:
    screen = app.screen_stack[1]
    assert isinstance(screen, BrowserScreen)
    await screen.files.reload(quiet=True)


@pytest.mark.parametrize("width", [40, 80, 160])
async def test_each_problem_is_told_in_full(
    width: int, tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "p.toml"
    name = "-".join(["very-long"] * 12)
    path.write_text(f'{GOOD}stage = "{name}"\nfollow_up = 1823-05-01\n')
    app = open_app(path)
    async with app.run_test(size=(width, 40)) as pilot:
        await press(app, pilot, "exclamation_mark")
        text = shown(app).replace(" ", "")
        for problem in app.workspace.problems:
            assert str(problem).replace(" ", "") in text
        assert len(app.workspace.problems) == 3
        await press(app, pilot, "escape")
        assert app.screen is app.screen_stack[1]


async def test_why_a_file_cannot_be_read_is_told_in_full(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        path.write_text(CONFLICT + GOOD + CONFLICT)
        await read_again(app)
        assert "! last good state: p.toml" in status(app)
        await press(app, pilot, "exclamation_mark")
        text = shown(app)
        assert "cannot be read" in text
        for line in (1, 10):
            assert f"Git conflict at line {line} (hunnan-tui resolve" in text
        await press(app, pilot, "escape")
        path.write_text(GOOD)
        await read_again(app)
        await press(app, pilot, "exclamation_mark")
        assert "cannot be read" not in shown(app)


async def test_a_file_without_a_problem_needs_no_page(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f'[dataset]\ncurrency = "EUR"\n{GOOD}')
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "exclamation_mark")
        assert app.screen is app.screen_stack[1]
        assert "1,000 EUR" in status(app)


async def test_the_header_has_no_currency_that_nobody_states(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "p.toml"
    path.write_text(GOOD)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        assert "1 of 1 project · 1,000" in status(app)
        assert "yuan" not in status(app)
        none = GOOD.replace("investment = 1_000\n", "")
        path.write_text(none + GOOD.replace('"a"', '"b"'))
        await read_again(app)
        await type_filter(app, pilot, "id=a")
        assert "1 of 2 projects · investment not stated" in status(app)
        path.write_text(none)
        await read_again(app)
        await pilot.pause()
        assert "! 1 problem   " in status(app)
