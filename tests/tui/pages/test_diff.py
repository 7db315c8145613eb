from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from hunnan_tui.analysis import diff as comparing
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.background import diff_loader
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.dialogs.path import PathDialog
from hunnan_tui.tui.pages import diff_rows
from hunnan_tui.tui.pages.diff import DiffPage
from tests.tui.app_host import (
    WIDE,
    OpenApp,
    listed,
    press,
    settle,
    type_filter,
)
from tests.tui.pages.page_host import (
    HOSTILE,
    highlight,
    is_clean,
    options,
    shown,
    sizes,
    text,
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "hostile.toml"
    path.write_text(HOSTILE)
    return path


@pytest.fixture
def older(tmp_path: Path, shipped: Path) -> Path:
    """An older state of the shipped dataset."""
    path = tmp_path / "older.toml"
    before = shipped.read_text()
    changed = (
        before.replace("updated = 2026-11-23", "updated = 2026-01-01")
        .replace('stage = "construction"', 'stage = "signed"', 1)
        .replace('id = "aecc-gas-turbine-base"', 'id = "gas-base"')
    )
    assert changed != before
    path.write_text(
        changed + '\n[[projects]]\nid = "past"\nname = "[/x] 过去\\u001b[2J"\n'
    )
    return path


async def compare_with(app: HunnanApp, pilot: Pilot[None], path: str) -> None:
    await press(app, pilot, "D")
    assert isinstance(app.screen, PathDialog)
    app.screen.query_one(Input).value = path
    await press(app, pilot, "enter")
    await settle(app, pilot)


@sizes
async def test_what_differs_from_an_older_file_is_shown_in_sections(
    shipped: Path, older: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await compare_with(app, pilot, str(older))
        assert isinstance(app.screen, DiffPage)
        sides = "older.toml (2026-01-01) → projects.toml (2026-11-23)"
        assert shown(app)[0].strip() == sides
        assert "moved forward: 1" in text(app)
        lines = options(app)
        assert "Moved forward (1)" in lines
        assert "Probably renamed (1)" in lines
        assert any("[/x] 过去␛[2J" in line for line in lines)
        assert is_clean(app)
        await press(app, pilot, "G")
        assert is_clean(app)


async def test_enter_goes_to_the_project_that_differs(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await type_filter(app, pilot, "nothingatall")
        await compare_with(app, pilot, str(older))
        await highlight(app, pilot, "AECC")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, BrowserScreen)
        assert listed(app).current == "aecc-gas-turbine-base"


async def test_a_project_that_is_gone_has_nothing_to_go_to(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(older))
        await highlight(app, pilot, "[/x] 过去")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, DiffPage)
        (notice,) = app._notifications
        assert "no project of the open dataset" in notice.message


async def test_the_later_file_is_the_new_one_and_swapping_turns_it(
    shipped: Path, older: Path, open_app: OpenApp
) -> None:
    app = open_app(older)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(shipped))
        assert "moved forward: 1" in text(app)
        assert "gone: 1" in text(app)
        await press(app, pilot, "s")
        assert "moved back: 1" in text(app)
        assert "new: 1" in text(app)
        await highlight(app, pilot, "AECC")
        await press(app, pilot, "enter")
        assert listed(app).current == "gas-base"


async def test_own_notes_are_compared_only_if_asked_for(
    shipped: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    other = tmp_path / "other.toml"
    other.write_bytes(shipped.read_bytes())
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w")
        await compare_with(app, pilot, str(other))
        assert "Nothing differs" in text(app)
        await press(app, pilot, "a")
        assert "own tags, notes and plans: 1" in text(app)
        assert "tags: – → watch" in text(app)
        await press(app, pilot, "a")
        assert "Nothing differs" in text(app)


@pytest.mark.parametrize("content", ["no [/x] toml", "\0"])
async def test_a_file_that_cannot_be_read_is_told(
    shipped: Path, tmp_path: Path, open_app: OpenApp, content: str
) -> None:
    path = tmp_path / "[bad].toml"
    path.write_text(content)
    app = open_app(shipped)
    async with app.run_test(size=(200, 60)) as pilot:
        await compare_with(app, pilot, str(path))
        assert "No comparison" in text(app)
        assert "[bad].toml" in text(app)
        assert is_clean(app)
        await press(app, pilot, "a", "s", "j", "enter", "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "D")
        assert app.screen.query_one(Input).value == str(path)


async def test_a_file_of_the_same_name_is_told_with_its_folder(
    shipped: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder = tmp_path / "去年[x]"
    folder.mkdir()
    (folder / shipped.name).write_bytes(shipped.read_bytes())
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(folder / shipped.name))
        assert "去年[x]/projects.toml (2026-11-23) → projects.toml" in shown(app)[0]


async def test_no_path_means_no_comparison(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "D")
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)
        await press(app, pilot, "D")
        await press(app, pilot, "enter")
        assert isinstance(app.screen, PathDialog)  # it says what to type
        app.screen.query_one(Input).value = "no [/such] file"
        await press(app, pilot, "enter")
        assert app.screen.query_one(Input).value == "no [/such] file"
        await press(app, pilot, "escape")
        assert isinstance(app.screen, BrowserScreen)


async def test_a_home_folder_is_understood(
    shipped: Path, older: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(older.parent))
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, "~/older.toml")
        assert "moved forward: 1" in text(app)


async def test_many_differences_are_cut_and_counted(
    shipped: Path, tmp_path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diff_rows, "_MAX_ROWS", 20)
    empty_message = tmp_path / "empty.toml"
    empty_message.write_text("[dataset]\ntitle = 'none'\n")
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await compare_with(app, pilot, str(empty_message))
        assert "new: 73" in text(app)
        assert "… 53 more" in options(app)


async def test_a_long_comparison_tells_how_far_it_is_and_ends_when_left(
    shipped: Path, older: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "STEP", 10)
    gate, ended = threading.Event(), threading.Event()
    compared = []

    def counted(*args: object, **more: object) -> object:
        compared.append(args)
        if len(compared) == 30:
            gate.wait(20)
        return pair(*args, **more)  # type: ignore[arg-type]  # what it was given

    def noted(*args: object, **more: object) -> object:
        try:
            return whole(*args, **more)  # type: ignore[arg-type]  # what it was given
        finally:
            ended.set()

    pair, whole = comparing._compare_pair, comparing.compare_datasets
    monkeypatch.setattr(comparing, "_compare_pair", counted)
    monkeypatch.setattr(diff_loader, "compare_datasets", noted)
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "D")
        app.screen.query_one(Input).value = str(older)
        await pilot.press("enter")
        while len(compared) < 30:
            await pilot.pause()
        await pilot.pause()
        assert "comparing, " in text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BrowserScreen)
        gate.set()
        while not ended.is_set():
            await pilot.pause()
        assert len(compared) < 73


@sizes
async def test_hostile_text_of_another_file_is_only_text(
    shipped: Path, hostile: Path, open_app: OpenApp, size: tuple[int, int]
) -> None:
    app = open_app(shipped)
    async with app.run_test(size=size) as pilot:
        await compare_with(app, pilot, str(hostile))
        for key in ("j", "G", "k", "pageup"):
            await press(app, pilot, key)
            assert is_clean(app)
