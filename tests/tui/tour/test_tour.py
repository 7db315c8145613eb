"""The tour waits for its reader, is left by one key, and touches nothing of theirs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest
from textual.pilot import Pilot

from hunnan_tui.config.paths import Paths
from hunnan_tui.tui import app as app_module
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.keys.table import list_keys
from hunnan_tui.tui.tour import screen as tour_screen
from hunnan_tui.tui.tour.screen import TourPanel, TourScreen
from hunnan_tui.tui.tour.steps import ENTER, STEPS, Progress, Tour, fill_keys
from tests.tui.app_host import OpenApp, press, settle, type_filter

MAIN = Progress(shown=74)


def test_each_step_waits_for_what_it_asks_for() -> None:
    tour = Tour(MAIN)
    at = []
    for now in (
        MAIN,
        MAIN._replace(filter="turb", shown=0),
        MAIN._replace(filter="turb", shown=3),
        MAIN._replace(notes=1),
        MAIN._replace(tags=1),
        MAIN._replace(tags=2),
        MAIN._replace(tags=2, notes=1),
        MAIN._replace(tags=2, notes=1, page="NoteEditor"),
        MAIN._replace(tags=2),
        MAIN._replace(tags=2, page="HelpDialog"),
        MAIN._replace(tags=2, page="PipelinePage"),
        MAIN._replace(tags=2),
        MAIN._replace(tags=9, notes=9, filter="x"),
    ):
        tour.follow(now)
        at.append(tour.number)
    assert at == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6]
    assert tour.number == len(STEPS) - 1


def test_each_key_that_a_step_names_is_one_of_a_command() -> None:
    ids = {entry.id for entry in list_keys()}
    assert "app.tour" in ids
    for step in STEPS:
        names = {name for _, name, _, _ in Formatter().parse(step.text) if name}
        assert names == {*step.keys}
        assert {*step.keys.values()} - {ENTER} <= ids, step.title
    keys = {"i": "ctrl+[", "": "no key of a command"}
    parts = [*fill_keys("a {x} b {y}.", {"x": "i", "y": ENTER}, keys)]
    assert parts == [("a ", "ctrl+["), (" b ", "enter"), (".", "")]


async def wait_until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    for _ in range(200):
        if is_so():
            return
        await pilot.pause(0.02)
    raise AssertionError


def get_text(app: HunnanApp) -> str:
    panels = list(app.screen.query(TourPanel))
    return str(panels[0].content) if panels else ""


def list_files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(autouse=True)
def few_files(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make scratch folders where the test finds them."""

    def make(prefix: str) -> str:
        folder = scratch / prefix
        folder.mkdir()
        return str(folder)

    monkeypatch.setattr(tour_screen, "mkdtemp", make)


async def test_the_tour_is_done_by_doing_in_a_copy(
    shipped: Path, open_app: OpenApp, tmp_path: Path, scratch: Path
) -> None:
    app = open_app(shipped)
    before = list_files(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot)
        main = app.screen
        await press(app, pilot, "f9")
        tour = app.screen
        assert isinstance(tour, TourScreen)
        assert len(list(scratch.iterdir())) == 1
        await wait_until(pilot, lambda: "1 of 7" in get_text(app))
        await type_filter(app, pilot, "turbine")
        await wait_until(pilot, lambda: "2 of 7" in get_text(app))
        await press(app, pilot, "x")  # an export would be a file of the reader's
        assert app.screen is tour
        await press(app, pilot, "w", "n")
        await wait_until(pilot, lambda: "3 of 7" in get_text(app))
        assert isinstance(app.screen, NoteEditor)
        await press(app, pilot, "h", "i", "ctrl+s")
        await wait_until(pilot, lambda: "4 of 7" in get_text(app))
        await press(app, pilot, "u")
        await wait_until(pilot, lambda: "5 of 7" in get_text(app))
        await press(app, pilot, "p")
        await wait_until(pilot, lambda: "6 of 7" in get_text(app))
        await press(app, pilot, "escape")
        await wait_until(pilot, lambda: "7 of 7" in get_text(app))
        await press(app, pilot, "q")
        await wait_until(pilot, lambda: app.screen is main)
        assert not list(scratch.iterdir())
        await press(app, pilot, "f9", "n", "h")  # again, and left within a dialog
        await wait_until(pilot, lambda: "1 of 7" in get_text(app))
        assert isinstance(app.screen, NoteEditor)
        await press(app, pilot, "f9")
        assert app.screen is main
        assert not list(scratch.iterdir())
        await press(app, pilot, "n", "f9")  # no place to begin it
        assert isinstance(app.screen, NoteEditor)
        await press(app, pilot, "escape")
    assert list_files(tmp_path) == before


@pytest.mark.parametrize("is_first", [True, False])
async def test_it_is_offered_at_the_first_start_alone(
    shipped: Path,
    open_app: OpenApp,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_first: bool,
) -> None:
    monkeypatch.setattr(app_module, "_OFFER_DELAY", 0.001)
    app = open_app(shipped)
    app._paths = Paths(state=tmp_path / "other")
    sessions = app._paths.sessions
    assert sessions is not None
    if not is_first:
        sessions.mkdir(parents=True)
    app._offer_tour()  # its time may come when the last screen is gone
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(app, pilot)
        await pilot.pause()
        told = [each.message for each in app._notifications]
        assert any("New here? f9 leads" in message for message in told) == is_first
        app.clear_notifications()
        await press(app, pilot, "n")
        app._offer_tour()  # a dialog that is open has the word
        assert not app._notifications
        await press(app, pilot, "escape")
        assert any(
            each.binding.id == "app.tour"
            for each in app.screen.active_bindings.values()
        )
