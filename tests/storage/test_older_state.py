"""Files of an earlier version are read: the folder `older_state` has one of each kind.

They were written by the program as of commit 7da3730, before its modules were moved and
renamed. No name of a class, a field or a module may change what they mean.
"""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from hunnan_tui.config.dialog_state import DialogState, DialogStates
from hunnan_tui.config.paths import Paths, find_paths
from hunnan_tui.config.query_history import load_queries
from hunnan_tui.config.session import Session, load_session
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import Edit, RemoveTags, Transaction
from hunnan_tui.core.model import Need, Note, View
from hunnan_tui.files.atomic import restore_file
from hunnan_tui.files.private import hash_path
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.query.cache import protocol
from hunnan_tui.query.cache.checksums import InvalidIndexError
from hunnan_tui.query.cache.chunks import read_chunks
from hunnan_tui.query.cache.packing import check_header
from hunnan_tui.query.cache.reader import CachedFile
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.last_seen import load_last_seen
from hunnan_tui.storage.open_workspace import find_files, open_workspace
from hunnan_tui.storage.store import Store, read_aside
from hunnan_tui.storage.workspace import Workspace

OLDER = Path(__file__).parent / "older_state"
NOBODY = 2**22 + 1
"""No process has this number."""
AT = datetime.fromisoformat("2026-11-23T09:12:00+08:00")
STATE = {
    "aside.toml": "aside/{name}.toml",
    "backup.old": "backups/{name}.{process}-00000000.old",
    "backup.new": "backups/{name}.{process}-00000000.new",
    "dialog.json": "unfinished/{name}.{process}.json",
    "drafts/008df6084b4a5954f3bc.json": "drafts/{name}/008df6084b4a5954f3bc.json",
    "drafts/bd5b89c6d3c189a39942.json": "drafts/{name}/bd5b89c6d3c189a39942.json",
    "journal.jsonl": "journal/{name}.{process}-00000000.jsonl",
    "queries.json": "queries.json",
    "seen.toml": "seen/{name}.toml",
    "session.json": "sessions/{name}.json",
    "transactions.steps": "steps/{name}.steps",
}
"""Where in the folder of the state each file belongs."""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kinds = ("config", "state", "cache", "data")
    return {f"XDG_{kind.upper()}_HOME": str(tmp_path / kind) for kind in kinds}


@pytest.fixture
def paths(environ: dict[str, str]) -> Paths:
    return find_paths(environ)


@pytest.fixture
def path(tmp_path: Path, paths: Paths) -> Path:
    """The dataset that the older version has edited, with all its files in place."""
    path = tmp_path / "projects.toml"
    shutil.copy(OLDER / "projects.toml", path)
    assert paths.state is not None
    for source, target in STATE.items():
        file = paths.state / target.format(name=hash_path(path), process=NOBODY)
        file.parent.mkdir(0o700, parents=True, exist_ok=True)
        text = (OLDER / source).read_bytes()
        name = json.dumps(str(path.resolve()))[1:-1].encode()
        file.write_bytes(text.replace(b"{dataset}", name))
    return path


@pytest.fixture
def workspace(path: Path, environ: dict[str, str]) -> Workspace:
    files = find_files(str(path), None, environ, path.parent)
    workspace, messages = open_workspace(files)
    assert messages == ("Edits of 1 project were recovered after a crash",)
    assert take_messages() == ()
    return workspace


@pytest.mark.posix
def test_every_file_is_put_in_place() -> None:
    there = {str(p.relative_to(OLDER)) for p in OLDER.rglob("*") if p.is_file()}
    assert there == {*STATE, "projects.toml", "config.toml", "cache.survey"}


def test_edits_in_the_journal_are_recovered(workspace: Workspace) -> None:
    project = workspace.dataset.projects["a"]
    assert project.tags == ("watch", "重点", "journal")
    assert project.follow_up == date(2027, 1, 2)
    assert [note.text for note in project.notes] == ["second", "in the journal"]
    workspace.save_now()
    assert 'tags = ["watch", "重点", "journal"]' in workspace.store.path.read_text()


def test_transactions_of_the_log_can_be_undone(workspace: Workspace) -> None:
    labels = ["untag", "change", "need", "plan", "note", "tag"]
    for label in (*["recover an edit"] * 3, *labels, ""):
        assert workspace.undo() == label
    workspace.save_now()
    projects = workspace.dataset.projects
    assert not projects["a"].tags
    assert not projects["a"].notes
    assert projects["b"].tags == ("x",)
    assert projects["b"].follow_up is None


def test_what_the_reader_wrote_is_known(workspace: Workspace) -> None:
    """An older text comes back: what is gone from it is kept and offered."""
    store = workspace.store
    store.path.write_text(store.path.read_text().replace('tags = ["watch"]\n', ""))
    loaded = store.poll()
    assert loaded is not None
    messages = workspace.load(loaded)
    assert any("Gone from b: 1 tag" in message for message in messages)
    offers = workspace.losses.list_offers(workspace.dataset)
    assert [(offer.key, offer.annotations.tags) for offer in offers] == [
        ("gone", ("kept",)),
        ("b", ("watch",)),
    ]


def test_drafts(path: Path, paths: Paths) -> None:
    drafts = Drafts(paths.drafts, path)
    assert drafts.get("a") == Draft("a", None, "", "half a note")
    assert drafts.get("a", AT) == Draft("a", AT, "second", "second, changed")
    assert not drafts.problem
    drafts.save(Draft("a", None, "", "half a note, and more"))
    assert [*Drafts(paths.drafts, path).list_all()] == [*drafts.list_all()]


def test_session(path: Path, paths: Paths) -> None:
    assert load_session(paths.sessions, path) == Session(
        query="tag:watch",
        sort=(("investment", True),),
        choice=(("stage", "signed"),),
        view=("Mine", "tag:x"),
        current="b",
        columns=("stage", "investment"),
    )


@pytest.mark.usefixtures("path")
def test_queries(paths: Paths) -> None:
    assert load_queries(paths.state) == ["stage:signed", "航发"]


def test_dialog(path: Path, paths: Paths) -> None:
    restored = DialogStates(paths.dialogs, path).restore()
    assert restored == DialogState("tags.edit", ("a",), "wat", ("new",), ("watch",))


def test_what_was_seen_last(path: Path, paths: Paths) -> None:
    store = Store(path)
    store.load()
    assert load_last_seen(paths.last_seen, store) is None  # nothing has changed since
    path.write_text(path.read_text().replace("15_000", "16_000"))
    store.load()
    seen = load_last_seen(paths.last_seen, store)
    assert seen is not None
    assert seen.projects["b"].investment == 15_000
    assert seen.projects["b"].needs == (Need("energy", "10 kV"),)


def test_what_was_kept_aside(path: Path, paths: Paths) -> None:
    aside = paths.salvage_file(path)
    assert aside is not None
    kept = read_aside(aside)["gone"]
    assert kept.tags == ("kept",)
    assert kept.notes == (Note("kept aside", AT),)


def test_a_save_in_place_that_was_cut_off(path: Path, paths: Paths) -> None:
    old = (OLDER / "backup.old").read_bytes()
    new = (OLDER / "backup.new").read_bytes()
    path.write_bytes(new[: len(old) + 3])
    assert "has been taken back" in restore_file(path, paths.backups)
    assert path.read_bytes() == old


def test_settings(tmp_path: Path) -> None:
    shutil.copy(OLDER / "config.toml", tmp_path)
    settings = load_settings(tmp_path)
    assert settings.problems == ()
    assert (settings.theme, settings.author) == ("nord", "李")
    assert (settings.ascii, settings.kitty_keys, settings.silent_days) == (
        True,
        False,
        30,
    )
    assert settings.views == (View("Mine", "tag:watch sort:-investment"),)
    assert settings.templates == (("Visit", "{date} at {project}"),)


def test_a_cache_of_another_form_is_made_anew(path: Path) -> None:
    """A cache holds nothing of its own: one of other columns is not used, and not told."""
    with (OLDER / "cache.survey").open("rb") as file:
        contents, _ = read_chunks(file)
    assert contents["heading"]["form"] < protocol.FORMAT_VERSION
    with pytest.raises(InvalidIndexError):
        check_header(CachedFile(path.read_bytes(), (1, 2, 3), None), contents)
    assert take_messages() == ()


def test_another_transaction_follows_those_of_the_log(
    workspace: Workspace, path: Path, environ: dict[str, str]
) -> None:
    workspace.apply(Transaction("new", (Edit("b", RemoveTags(("watch",))),)))
    workspace.save_now()
    workspace.close()
    again, _ = open_workspace(find_files(str(path), None, environ, path.parent))
    assert again.undo() == "new"
    assert again.dataset.projects["b"].tags == ("watch",)
