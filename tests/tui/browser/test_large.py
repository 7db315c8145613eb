from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import Settings
from hunnan_tui.dataset import incremental
from hunnan_tui.dataset.preview import load_preview
from hunnan_tui.query.cache.chunks import read_chunks, write_chunks
from hunnan_tui.query.cache.process import IndexProcess
from hunnan_tui.query.cache.reader import read_snapshot
from hunnan_tui.query.cache.receiver import IndexReceiver
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.background import dataset_loader
from hunnan_tui.tui.background.dataset_loader import DatasetLoader
from hunnan_tui.tui.startup import StartingApp
from tests.tui.app_host import (
    WIDE,
    listed,
    press,
    project,
    settle,
    status,
    type_filter,
)

COUNT = 1_200


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("STATE", "CACHE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    monkeypatch.setattr(incremental, "LARGE", 1_000)
    monkeypatch.setattr(dataset_loader, "SHOW_INTERVAL", -1.0)
    path = tmp_path / "large.toml"
    path.write_text(
        "".join(
            f'[[projects]]\nid = "p{n}"\nname = "Project {n}"\ninvestment = {n + 1}\n'
            for n in range(COUNT)
        )
    )
    return path


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds the reading up behind its first part until it is set."""
    gate = threading.Event()
    look = DatasetLoader._show_received

    def slowly(self: DatasetLoader, receiver: IndexReceiver) -> None:
        look(self, receiver)
        if len(receiver):
            gate.wait(20)

    monkeypatch.setattr(DatasetLoader, "_show_received", slowly)
    yield gate
    gate.set()


def opened(path: Path) -> HunnanApp:
    files = open_workspace.find_files(str(path), None, os.environ, path.parent)
    workspace, messages = open_workspace.open_workspace(files, partly=True)
    return HunnanApp(workspace, messages=messages)


async def start_and_leave(path: Path) -> None:
    """Read the file, so that the next start finds what was kept of it."""
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)


def forbid_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("hunnan_tui.query.cache.process.subprocess.Popen", refuse)


async def test_the_first_projects_are_there_before_the_rest_is_read(
    path: Path, held: threading.Event
) -> None:
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        assert len(listed(app).keys) >= incremental.FIRST
        assert not app.workspace.is_complete
        held.set()
        await settle(app, pilot)
        assert len(listed(app).keys) == COUNT
        assert f"{COUNT:,} of {COUNT:,} projects" in status(app)
        assert listed(app).keys[0] == f"p{COUNT - 1}"


async def test_an_edit_made_while_the_file_is_read_is_saved_after(
    path: Path, held: threading.Event
) -> None:
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        key = listed(app).current
        assert key is not None
        await pilot.press("w")
        assert app.workspace.dataset.projects[key].tags == ("watch",)
        assert "tags" not in project(path, key)
        held.set()
        await settle(app, pilot)
        assert app.workspace.dataset.projects[key].tags == ("watch",)
    assert project(path, key)["tags"] == ["watch"]


async def test_the_app_can_be_left_while_the_file_is_read(
    path: Path, held: threading.Event
) -> None:
    before = path.read_bytes()
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        held.set()
    assert not app.is_running
    assert path.read_bytes() == before


async def test_what_is_wrong_far_down_ends_the_app_with_the_problem(
    path: Path, held: threading.Event
) -> None:
    path.write_text(path.read_text() + "broken")
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        held.set()
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.failure is not None
    assert f":{COUNT * 4 + 1}:" in str(app.failure)
    assert app.return_code == 2


async def test_filters_and_facets_work_on_projects_that_are_read_when_asked_for(
    path: Path,
) -> None:
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await type_filter(app, pilot, "Project 117")
        assert len(listed(app).keys) == 12  # and p1117
        await press(app, pilot, "w")
        assert listed(app).current == "p1179"
    assert project(path, "p1179")["tags"] == ["watch"]


async def test_the_next_start_needs_no_other_process(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_and_leave(path)
    forbid_processes(monkeypatch)
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == COUNT


async def test_nor_does_it_after_edits_here_and_elsewhere(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w")
    path.write_text(path.read_text().replace('"Project 7"', '"Seventh"'))

    forbid_processes(monkeypatch)
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == COUNT
        await type_filter(app, pilot, "tag:watch")
        assert list(listed(app).keys) == [f"p{COUNT - 1}"]
        await type_filter(app, pilot, "seventh")
        assert list(listed(app).keys) == ["p7"]


async def test_a_start_from_the_cache_lists_all_before_its_texts_are_unpacked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_and_leave(path)
    monkeypatch.setattr(dataset_loader, "DRAW_SECONDS", 20.0)
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        while len(listed(app).keys) < COUNT:
            await pilot.pause(0.01)
        assert not app.workspace.is_complete
        assert f"{COUNT:,} of {COUNT:,} projects" in status(app)
        key = listed(app).current
        await pilot.press("w")
        assert app.workspace.dataset.projects[key or ""].tags == ("watch",)
        await pilot.press("/", *"project 117")
        await pilot.press("enter")
        await pilot.pause()
        assert len(listed(app).keys) == 12


async def test_a_file_that_only_looks_untouched_is_read_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start_and_leave(path)
    other = path.read_text().replace('id = "p1', 'id  = "q1').replace("\n", "\n\n")
    path.write_text(f"# another text\n{other}")
    monkeypatch.setattr(dataset_loader, "is_probably_current", lambda *_: True)
    begun, may_go_on, lines = (
        threading.Event(),
        threading.Event(),
        IndexProcess.read_lines,
    )

    def held_up(self: IndexProcess) -> Iterator[bytes]:
        begun.set()
        may_go_on.wait(10)
        yield from lines(self)

    monkeypatch.setattr(IndexProcess, "read_lines", held_up)
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        while not begun.is_set():  # that it is another text has been found out
            await pilot.pause(0.01)
        assert len(listed(app).keys) == COUNT
        assert not app.workspace.is_complete
        key = f"p{COUNT - 1}"
        assert listed(app).keys[0] == key
        await pilot.press("j", "w", "S")
        await pilot.pause()
        assert listed(app).keys[0] != key
        await pilot.press("S")
        may_go_on.set()
        await settle(app, pilot)
        assert app.workspace.is_complete
        assert len(listed(app).keys) == COUNT
        assert listed(app).keys[0] == f"q{COUNT - 1}"


@pytest.mark.posix  # where the cache is, is told by XDG_CACHE_HOME
@pytest.mark.parametrize(
    ("name", "value"),
    [("facets", 5), ("facets", {"tag": None}), ("all", "x"), ("spellings", {"a": "b"})],
)
async def test_a_cache_with_values_of_the_wrong_kind_is_not_used(
    path: Path, name: str, value: object
) -> None:
    await start_and_leave(path)
    (kept,) = Path(os.environ["XDG_CACHE_HOME"]).rglob("*.survey")
    with kept.open("rb") as file:
        contents, chunks = read_chunks(file)
    pieces = [(key, bytes(piece)) for key in chunks for piece in chunks[key]]
    with kept.open("wb") as file:
        write_chunks(file, contents | {name: value}, pieces)
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == COUNT


async def test_the_first_screen_is_followed_by_all_that_was_kept(path: Path) -> None:
    await start_and_leave(path)
    first = load_preview(path)
    assert first is not None
    paths = find_paths(os.environ)

    def open_dataset() -> tuple[Workspace, tuple[str, ...]]:
        files = open_workspace.find_files(str(path), None, os.environ, path.parent)
        return open_workspace.open_workspace(files, partly=True)

    found = read_snapshot(path, paths.cache)
    start = StartingApp(
        first, open_dataset, Session(), Settings(), paths, lambda: found
    )
    async with start.run_test(size=WIDE) as pilot:
        while not start.is_open:
            await pilot.pause(0.01)
        assert len(start.workspace.dataset.projects) == COUNT
        await settle(start, pilot)
        assert start.workspace.is_complete
        assert len(listed(start).keys) == COUNT


async def test_without_another_process_the_file_is_read_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.query.cache.process.sys.executable", "/nowhere")
    app = opened(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        assert len(listed(app).keys) == COUNT
