"""What others changed since the last visit is known from a copy, if there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.analysis.change_summary import summarize_changes
from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.storage import last_seen as seen
from hunnan_tui.storage.last_seen import load_last_seen, save_last_seen
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction import PendingTransaction

TEXT = '[[projects]]\nid = "a"\nname = "A"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "d.toml"
    path.write_text(TEXT)
    return path


def opened(path: Path, notes: Path | None = None) -> Store:
    store = Store(path, notes)
    store.load()
    return store


def test_nothing_is_told_at_the_first_visit_or_when_nothing_changed(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "seen"
    store = opened(path)
    assert load_last_seen(folder, store) is None
    save_last_seen(folder, store)
    assert load_last_seen(folder, opened(path)) is None


def test_own_edits_are_no_news_and_those_of_others_are(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "state" / "seen"
    store = opened(path)
    store.save([PendingTransaction(0, (Edit("a", AddTags(("mine",))),))])
    save_last_seen(folder, store)
    assert load_last_seen(folder, opened(path)) is None
    path.write_text(path.read_text() + '[[projects]]\nid = "b"\nname = "B"\n')
    again = Store(path)
    dataset = again.load().dataset
    before = load_last_seen(folder, again)
    assert before is not None
    assert summarize_changes(before, dataset) == "1 new"


def test_notes_in_a_file_of_their_own_are_seen(path: Path, tmp_path: Path) -> None:
    folder, notes = tmp_path / "state" / "seen", tmp_path / "notes.toml"
    notes.write_text("")
    save_last_seen(folder, opened(path, notes))
    notes.write_text('[[projects]]\nid = "a"\ntags = ["x"]\n')
    again = Store(path, notes)
    dataset = again.load().dataset
    before = load_last_seen(folder, again)
    assert before is not None
    assert summarize_changes(before, dataset) == "1 annotated"


def test_a_copy_that_cannot_be_read_or_kept_is_no_error(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "state" / "seen"
    store = opened(path)
    save_last_seen(folder, store)
    (copy,) = folder.iterdir()
    copy.write_bytes(b"\xff[")
    assert load_last_seen(folder, store) is None
    save_last_seen(path / "no folder", store)
    save_last_seen(None, store)
    assert load_last_seen(None, store) is None
    monkeypatch.setattr(seen, "LARGEST", 3)
    save_last_seen(folder, store)
    assert [*folder.iterdir()] == []


@pytest.mark.posix
def test_only_the_owner_can_read_it(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "state" / "seen"
    save_last_seen(folder, opened(path))
    (copy,) = folder.iterdir()
    assert copy.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
