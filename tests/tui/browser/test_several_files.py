"""Several files in the app: one list, and each edit in the file of its project."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from hunnan_tui.analysis.diff import compare_datasets
from hunnan_tui.config.paths import find_packaged_city
from hunnan_tui.config.session import Session
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import AddTags, Edit, Transaction
from hunnan_tui.storage.joined_store import JoinedStore
from hunnan_tui.storage.last_seen import load_last_seen, save_last_seen
from hunnan_tui.storage.open_workspace import Files, find_files, open_workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from tests.tui.app_host import WIDE, listed, press, settle, status, type_filter

A = """\
[dataset]
title = "A"
currency = "CNY"

[[projects]]
id = "one"  # ours
name = "One"
investment = 3_000_000_000

[[projects]]
id = "two"
name = "Two"
"""
B = """\
[dataset]
title = "B"
currency = "EUR"

[[projects]]
id = "one"
name = "Uno"
investment = 5_000_000

[[projects]]
id = "three"
name = "Three"
"""


@pytest.fixture
def both(tmp_path: Path) -> Files:
    environ = {
        f"XDG_{kind}_HOME": str(tmp_path / "home" / kind)
        for kind in ("STATE", "CONFIG", "CACHE", "DATA")
    }
    paths = tmp_path / "a.toml", tmp_path / "b.toml"
    for path, text in zip(paths, (A, B), strict=True):
        path.write_text(text)
    first, other = (find_files(str(path), None, environ, tmp_path) for path in paths)
    return first._replace(others=(other,))


def open_both(files: Files) -> HunnanApp:
    workspace, messages = open_workspace(files)
    assert messages == ()
    return HunnanApp(workspace, session=Session(), paths=files.paths)


async def test_both_are_one_list_and_each_keeps_its_edits(both: Files) -> None:
    a, b = (files.path for files in both.each)
    app = open_both(both)
    async with app.run_test(size=(140, 36)) as pilot:
        await settle(app, pilot)
        projects = listed(app)
        assert list(projects.keys) == ["a:one", "two", "b:one", "three"]
        assert "A + B" in status(app)
        # what is in another currency is shown with it, and not added
        assert "4 of 4 projects · 3 bn yuan, 3 not stated in CNY" in status(app)
        lines = [projects.render_line(y).text for y in range(1, 5)]
        assert "Uno (b)" in lines[2]
        assert "5 m EUR" in lines[2]
        facets = app.screen.query_one(FacetList)
        assert any(section.title == "Files" for section in facets._sections)
        # a tag on a project of each, marked together
        await press(app, pilot, "space", "j", "space")
        assert projects.marked == {"a:one", "b:one"}
        await press(app, pilot, "w")
        assert a.read_text() == A.replace(
            "3_000_000_000\n", '3_000_000_000\ntags = ["watch"]\n'
        )
        assert b.read_text() == B.replace(
            "5_000_000\n", '5_000_000\ntags = ["watch"]\n'
        )
        assert "saved" in status(app)
        await press(app, pilot, "escape", "u")
        assert (a.read_text(), b.read_text()) == (A, B)
        # the filter of the file, and where a new project would go
        await type_filter(app, pilot, "file:b")
        assert list(projects.keys) == ["b:one", "three"]
        store = app.workspace.store
        assert isinstance(store, JoinedStore)
        assert store.default_file == "b"
        await type_filter(app, pilot, "id=one")
        assert list(projects.keys) == ["a:one", "b:one"]
        assert store.default_file == "a"
        await press(app, pilot, "j", "enter")
        detail = app.screen.query_one(ProjectDetail)
        assert "5 m EUR" in detail.text
        assert "File" in detail.text


async def test_two_windows_and_a_file_that_breaks(both: Files) -> None:
    a, b = (files.path for files in both.each)
    app = open_both(both)
    other, _ = open_workspace(both)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        from hunnan_tui.core.changes import AddTags, Edit, Transaction

        change = AddTags(("theirs",))
        edits = (Edit("two", change), Edit("three", change))
        other.apply(Transaction("tag", edits))
        other.save_now()
        await press(app, pilot, "r")
        shown = app.workspace.dataset.projects
        assert shown["two"].tags == shown["three"].tags == ("theirs",)
        whole = b.read_text()
        b.write_text("broken =\n")
        await press(app, pilot, "g", "w")
        assert "watch" in a.read_text()
        await press(
            app, pilot, "g", "space", "G", "space", "t", *"new", "enter", "enter"
        )
        # the reason may make room for what was read of the broken file meanwhile
        assert "not saved" in status(app)
        failed = app.workspace.status.failed
        assert "b:" in failed
        assert "(a: saved)" in failed
        assert "new" in a.read_text()
        assert app.workspace.status.unsaved == 1
        b.write_text(whole)
        await press(app, pilot, "ctrl+s")
        assert not app.workspace.status.unsaved
        assert b.read_text().count("new") == 1
        assert a.read_text().count("new") == 1
    other.close()


async def test_the_city_is_one_key_away(both: Files) -> None:
    app = open_both(both)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await press(app, pilot, "w")
        await pilot.press("O")
        await settle(app, pilot)
    assert app.return_value == "reopen with the city"
    assert "watch" in both.path.read_text()
    city = both._replace(path=find_packaged_city(), others=())
    workspace, _ = open_workspace(both._replace(others=(city,)))
    app = HunnanApp(workspace, session=Session(), paths=both.paths)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        await pilot.press("O")
        await settle(app, pilot)
        assert app.is_running
        assert any("shown already" in str(n.message) for n in app._notifications)


def test_what_the_reader_did_in_one_of_them_is_no_news(both: Files) -> None:
    folder = both.paths.last_seen
    workspace, _ = open_workspace(both)
    save_last_seen(folder, workspace.store, workspace.log)
    edits = (Edit("a:one", AddTags(("mine",))), Edit("three", AddTags(("mine",))))
    workspace.apply(Transaction("tag", edits))
    workspace.save_now()
    workspace.close()
    b = both.each[1].path
    b.write_text(b.read_text().replace('"Uno"', '"Due"'))
    workspace, _ = open_workspace(both)
    before = load_last_seen(folder, workspace.store, workspace.log)
    assert before is not None
    difference = compare_datasets(before, workspace.dataset, own=True)
    (pair,) = difference.changed
    assert (pair.new.key, pair.fields) == ("b:one", ("name",))
    workspace.close()


async def test_a_command_of_the_readers_own_gets_the_file_of_the_project(
    both: Files, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write = "import sys; print(*sys.argv[2:], file=open(sys.argv[1], 'a'))"
    run = [sys.executable, "-c", write, str(out), "{id}", "{file}"]
    text = f'[[commands]]\nkey = "f12"\ntitle = "T"\nrun = {json.dumps(run)}\n'
    (tmp_path / "config.toml").write_text(text)
    workspace, _ = open_workspace(both)
    app = HunnanApp(workspace, settings=load_settings(tmp_path), paths=both.paths)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "V", "f12")
    a, b = (files.path for files in both.each)
    assert out.read_text().splitlines() == [
        f"one {a}",
        f"two {a}",
        f"one {b}",
        f"three {b}",
    ]
