"""What others have changed is told, listed and found; what the reader did is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.paths import Paths
from hunnan_tui.core.changes import AddNote, AddTags, Edit, SetFollowUp, Transaction
from hunnan_tui.core.model import Note
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.last_seen import load_last_seen, save_last_seen
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.pages.changes import ChangesPage
from tests.tui.app_host import WIDE, OpenApp, listed, press, settle, type_filter
from tests.tui.conftest import NOW
from tests.tui.pages.page_host import text

DATA = """
[[projects]]
id = "a"
name = "Alpha"
[[projects]]
id = "b"
name = "[b]Beta"
place = "Harbour"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_text(DATA)
    return path


def open_workspace(path: Path, state: Path) -> Workspace:
    workspace = Workspace(
        Store(path),
        Journal(state / "journal", path),
        Drafts(state / "drafts", path),
        now=lambda: NOW,
        aside=state / "aside.toml",
        log=TransactionLog(state / "steps", path),
    )
    workspace.load()
    return workspace


def say(app: HunnanApp) -> str:
    return "\n".join(each.message for each in app._notifications)


async def test_what_others_changed_is_listed_with_what_there_was_before(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    folder, state = tmp_path / "seen", tmp_path / "state"
    workspace = open_workspace(path, state)
    save_last_seen(folder, workspace.store, workspace.log)
    # the reader, by a command or before a crash
    edits = (
        Edit("a", AddTags(("mine",))),
        Edit("a", AddNote(Note("mine", NOW))),
        Edit("b", SetFollowUp(NOW.date())),
    )
    workspace.apply(Transaction("edit", edits))
    workspace.save_now()
    workspace.close()
    # others
    changed = path.read_text().replace('"Harbour"', '"Airport"')
    path.write_text(changed + '[[projects]]\nid = "c"\nname = "Gamma"\n')
    app = open_app(path)
    app._paths = Paths(state=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        while not app._notifications:  # it looks when the first screen is there
            await pilot.pause(0.01)
        assert "Since your last visit: 1 new, 1 changed. f3 lists it" in say(app)
        await type_filter(app, pilot, "is:new")
        assert listed(app).keys == ["c"]
        await type_filter(app, pilot, "is:changed")
        assert listed(app).keys == ["b"]
        # what is changed while it is open comes to it
        app.clear_notifications()
        path.write_text(path.read_text().replace('"Alpha"', '"Omega"'))
        await press(app, pilot, "2", "r")
        while "Changed outside: 1 changed. f3 lists it" not in say(app):
            await pilot.pause(0.01)
        assert listed(app).keys == ["a", "b"]
        await press(app, pilot, "f3")
        assert isinstance(app.screen, ChangesPage)
        shown = text(app)
        for line in ("Harbour → Airport", "Alpha → Omega", "[b]Beta", "Gamma"):
            assert line in shown
        assert "mine" not in shown
        assert app.screen.current_key == "a"
        await press(app, pilot, "w", "G", "enter")
        assert isinstance(app.screen, BrowserScreen)
        assert app.screen.session.query == "is:changed is:new,changed"
        await press(app, pilot, "escape")
        assert isinstance(app.screen, ChangesPage)


async def test_who_was_alone_is_told_so(path: Path, open_app: OpenApp) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "w", "f3")
        assert "Nobody has changed anything" in say(app)
        await type_filter(app, pilot, "is:new,changed")
        assert not listed(app).keys


async def test_the_reader_in_another_window_is_no_other(
    path: Path, tmp_path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        while app.screen._changes._known is None:  # type: ignore[attr-defined]
            await pilot.pause(0.01)
        other = open_workspace(path, tmp_path / "state")
        other.apply(Transaction("tag", (Edit("a", AddTags(("mine",))),)))
        other.save_now()
        await press(app, pilot, "r")
        while "Changed outside" not in say(app):
            await pilot.pause(0.01)
        await type_filter(app, pilot, "is:changed")
        assert not listed(app).keys
        await type_filter(app, pilot, "#mine")
        assert listed(app).keys == ["a"]


def test_a_copy_of_an_older_version_says_what_differs(
    path: Path, tmp_path: Path
) -> None:
    folder, state = tmp_path / "seen", tmp_path / "state"
    workspace = open_workspace(path, state)
    save_last_seen(folder, workspace.store)  # without what the user had done
    workspace.apply(Transaction("tag", (Edit("a", AddTags(("mine",))),)))
    workspace.save_now()
    for broken in (None, "[", '{"windows": 3}', '{"windows": {"x": "y"}}'):
        if broken is not None:
            (name,) = {each.stem for each in folder.glob("*.toml")}
            (folder / f"{name}.steps.json").write_text(broken)
        before = load_last_seen(folder, workspace.store, workspace.log)
        assert before is not None
        assert not before.projects["a"].tags


def test_what_was_not_saved_at_the_last_visit_is_no_news(
    path: Path, tmp_path: Path
) -> None:
    folder, state = tmp_path / "seen", tmp_path / "state"
    workspace = open_workspace(path, state)
    workspace.apply(Transaction("tag", (Edit("a", AddTags(("mine",))),)))
    save_last_seen(folder, workspace.store, workspace.log)
    workspace.save_now()
    before = load_last_seen(folder, workspace.store, workspace.log)
    assert before is not None
    assert before.projects == workspace.dataset.projects
