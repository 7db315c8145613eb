"""Whatever values a dataset holds, no page and no act ends the app."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import pytest
import tomli

from hunnan_tui.tui.browser.screen import BrowserScreen
from tests.dataset.toml.strategies import TIMES, VALUES
from tests.tui.app_host import (
    OpenApp,
    press,
    settle,
    type_filter,
)

DATES = (
    '"2014-11-00"',
    '"2014-00"',
    '"0000"',
    '"2023-W01-1"',
    "0001-01-01",
    "9999-12-31",
)
FIELDS = (
    "name_zh",
    "district",
    "place",
    "stage",
    "stage_date",
    "investment",
    "summary",
)
PAGES = (*"pmbWHTcViCMEN", "exclamation_mark", "question_mark", "f", "s", "x", "colon")


def everything() -> str:
    """Projects with each value in each field of some of them."""
    values, dates, times = cycle(VALUES), cycle(DATES), cycle(TIMES)
    text = '[dataset]\ncurrency = "KES"\n[[stages]]\nid = "s"\nname = "S"\n'
    for number in range(len(VALUES)):
        date, at = next(dates), next(times)
        text += f'[[projects]]\nid = "{number}"\nname = "P{number}"\ntags = ["t"]\n'
        if number % 2:
            text += f'stage = "s"\nstage_date = {date}\ninvestment = {number + 1}\n'
            text += f'events = [{{ date = {date}, what = "x", stage = "s" }}]\n'
            text += f'needs = [{{ kind = "k", since = {date}, x = {next(values)} }}]\n'
        else:
            pairs = zip(FIELDS, islice(values, len(FIELDS)), strict=True)
            text += "".join(f"{key} = {value}\n" for key, value in pairs)
        text += f"foreign = {next(values)}\n[[projects.notes]]\nat = {at}\n"
        text += f'text = "n"\nmood = {next(values)}\n'
    return text


async def test_every_page_opens_on_values_of_all_kinds(
    tmp_path: Path, open_app: OpenApp
) -> None:
    path = tmp_path / "d.toml"
    path.write_text(everything())
    app = open_app(path)
    async with app.run_test(size=(110, 30)) as pilot:
        await settle(app, pilot)
        for key in PAGES:
            await pilot.press(key, "down", "right", "v")
            await pilot.pause()
            for _ in range(4):
                if isinstance(app.screen, BrowserScreen):
                    break
                await pilot.press("escape")
                await pilot.pause()
            assert isinstance(app.screen, BrowserScreen), key
        for text in ("age>1d sort:age", "noted:..2000 or due:2030..", "invest>1"):
            await type_filter(app, pilot, text)
    assert path.read_text() == everything()


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59.999999-23:59",
        "9999-12-31T23:59:59.999999",
    ],
)
async def test_a_note_of_any_time_is_changed_and_changed_back(
    tmp_path: Path, open_app: OpenApp, at: str
) -> None:
    path = tmp_path / "d.toml"
    text = (
        '[[projects]]\nid = "a"\nname = "A"\nforeign = nan\n'
        f'[[projects.notes]]\nat = {at}  # c\ntext = "n"\nmood = -nan\n'
    )
    path.write_text(text)
    app = open_app(path)
    async with app.run_test(size=(104, 28)) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "e")
        await press(app, pilot, "x", "ctrl+s")
        (note,) = tomli.loads(path.read_text())["projects"][0]["notes"]
        assert note["text"] in ("xn", "nx")
        await press(app, pilot, "u")
        assert path.read_text() == text
        await press(app, pilot, "d")
        if not isinstance(app.screen, BrowserScreen):
            await press(app, pilot, "y")
        assert "notes" not in tomli.loads(path.read_text())["projects"][0]
        await press(app, pilot, "u")
        assert path.read_text() == text
