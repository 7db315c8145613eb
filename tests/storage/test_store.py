from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    Change,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveTags,
)
from hunnan_tui.core.errors import DataError
from hunnan_tui.core.model import Note
from hunnan_tui.storage.store import SaveResult, Store
from hunnan_tui.storage.transaction import PendingTransaction

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)

TEXT = """\
# a comment with [[projects]] in it

[[projects]]
id = "a"   # the first
name = "A"
amount_of_unknown = 1_000

# leads b
[[projects]]
id = "b"
name = "乙"
tags = [
  "watch",  # why
]

[other]
x = 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "projects.toml"
    file.write_text(TEXT)
    return file


def opened(path: Path, notes: Path | None = None) -> Store:
    store = Store(path, notes)
    store.load()
    return store


def save(
    store: Store, key: str, *changes: Change, serial: int = 1, undoes: int | None = None
) -> SaveResult:
    edits = tuple(Edit(key, change) for change in changes)
    return store.save([PendingTransaction(serial, edits, undoes)])


def project(path: Path, key: str) -> dict[str, object]:
    projects = tomli.loads(path.read_text())["projects"]
    found: dict[str, object] = next(p for p in projects if p["id"] == key)
    return found


def test_an_edit_changes_only_its_own_lines(path: Path) -> None:
    save(opened(path), "a", AddTags(("watch",)))
    old, new = TEXT.splitlines(), path.read_text().splitlines()
    assert [line for line in new if line not in old] == ['tags = ["watch"]']
    assert [line for line in new if line in old] == old


def test_edits_of_one_save_are_one_write(path: Path) -> None:
    store = opened(path)
    edits = [
        PendingTransaction(1, (Edit("a", AddTags(("x",))), Edit("b", AddTags(("x",))))),
        PendingTransaction(2, (Edit("a", AddNote(Note("one", AT))),)),
    ]
    saved = store.save(edits)
    assert set(saved.annotations) == {"a", "b"}
    assert project(path, "a")["tags"] == ["x"]
    assert project(path, "b")["tags"] == ["watch", "x"]
    assert saved.outside is None


def test_many_saves_in_a_row_find_their_projects(path: Path) -> None:
    store = opened(path)
    for serial in range(5):
        note = Note(f"note {serial}", AT)
        save(store, "a", AddNote(note), AddTags((f"t{serial}",)), serial=serial)
        save(store, "b", AddNote(note), serial=serial + 100)
    for key in "ab":
        notes = opened(path).load().dataset.projects[key].notes
        assert [note.text for note in notes] == [f"note {n}" for n in range(5)]


def test_undo_gives_back_the_same_bytes(path: Path) -> None:
    store = opened(path)
    saved = save(store, "b", RemoveTags(("watch",)), AddNote(Note("x", AT)))
    assert path.read_text() != TEXT
    undo = tuple(saved.results[1].undo)
    store.save([PendingTransaction(2, undo, undoes=1)])
    assert path.read_text() == TEXT


def test_undo_after_an_outside_change_undoes_only_our_part(path: Path) -> None:
    store = opened(path)
    saved = save(store, "b", AddTags(("ours",)))
    path.write_text(path.read_text().replace("乙", "丙"))
    store.save([PendingTransaction(2, tuple(saved.results[1].undo), undoes=1)])
    assert path.read_text() == TEXT.replace("乙", "丙")


def test_an_edit_is_replayed_on_what_is_in_the_file_now(path: Path) -> None:
    store = opened(path)
    path.write_text("# new on top\n" + TEXT.replace('"watch"', '"theirs"'))
    saved = save(store, "b", AddTags(("ours",)))
    assert project(path, "b")["tags"] == ["theirs", "ours"]
    assert saved.outside is not None
    assert saved.outside.dataset.projects["b"].tags == ("theirs", "ours")


def test_two_stores_on_one_file_lose_nothing(path: Path) -> None:
    one, two = opened(path), opened(path)
    save(one, "a", AddTags(("one",)))
    save(two, "a", AddTags(("two",)))
    save(one, "a", AddTags(("three",)))
    assert project(path, "a")["tags"] == ["one", "two", "three"]


def test_a_project_that_is_gone_refuses_the_edit_and_saves_the_others(
    path: Path,
) -> None:
    store = opened(path)
    steps = [
        PendingTransaction(1, (Edit("gone", AddTags(("x",))),)),
        PendingTransaction(2, (Edit("a", AddTags(("x",))),)),
    ]
    saved = store.save(steps)
    assert saved.results[1].refused[0].orphan
    assert project(path, "a")["tags"] == ["x"]


def test_a_key_of_the_wrong_shape_is_left_alone(path: Path) -> None:
    path.write_text('[[projects]]\nid = "a"\nname = "A"\ntags = "watch"\n')
    before = path.read_bytes()
    saved = save(opened(path), "a", AddTags(("x",)))
    assert saved.results[1].refused
    assert path.read_bytes() == before


def test_a_file_that_has_become_invalid_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.storage.store.PATIENCE", 0.0)
    store = opened(path)
    path.write_text("broken = ")
    with pytest.raises(DataError):
        save(store, "a", AddTags(("x",)))
    assert path.read_text() == "broken = "


def test_an_edit_of_a_second_project_of_one_id_reaches_it(path: Path) -> None:
    path.write_text('[[projects]]\nid = "a"\nname = "A"\n' * 2)
    save(opened(path), "a#2", AddTags(("x",)))
    first, second = tomli.loads(path.read_text())["projects"]
    assert "tags" not in first
    assert second["tags"] == ["x"]


def test_an_id_with_escapes_is_found(path: Path) -> None:
    path.write_text('[[projects]]\nid = "\\u6d51"\nname = "A"\n')
    save(opened(path), "浑", AddTags(("x",)))
    assert project(path, "浑")["tags"] == ["x"]


def test_poll_sees_an_outside_change_and_not_our_own(path: Path) -> None:
    store = opened(path)
    save(store, "a", AddTags(("x",)))
    assert store.poll() is None
    path.write_text(path.read_text().replace("乙", "丙"))
    loaded = store.poll()
    assert loaded is not None
    assert loaded.dataset.projects["b"].name == "丙"
    assert store.poll() is None


def test_changing_and_deleting_notes_reaches_the_file(path: Path) -> None:
    store = opened(path)
    save(store, "a", AddNote(Note("one\ntwo", AT)), AddNote(Note("three")))
    save(store, "a", ChangeNote(AT, "one\ntwo", "浑南\n"), serial=2)
    save(store, "a", DeleteNote(None, "three"), serial=3)
    assert project(path, "a")["notes"] == [{"at": AT, "text": "浑南\n"}]


class TestNotesFile:
    def test_edits_go_to_the_notes_file_alone(self, path: Path, tmp_path: Path) -> None:
        notes = tmp_path / "mine.toml"
        store = opened(path, notes)
        saved = save(store, "b", AddTags(("ours",)), AddNote(Note("x", AT)))
        assert path.read_text() == TEXT
        assert project(notes, "b") == {
            "id": "b",
            "tags": ["ours"],
            "notes": [{"at": AT, "text": "x"}],
        }
        assert saved.annotations["b"].tags == ("ours",)

    def test_both_files_are_joined_by_id(self, path: Path, tmp_path: Path) -> None:
        notes = tmp_path / "mine.toml"
        store = opened(path, notes)
        save(store, "a", AddTags(("one",)))
        save(store, "b", AddTags(("two",)), serial=2)
        loaded = opened(path, notes).load()
        assert loaded.dataset.projects["b"].tags == ("watch", "two")
        assert loaded.dataset.projects["a"].tags == ("one",)
        assert not loaded.orphans

    def test_an_entry_whose_project_is_gone_is_kept_and_told(
        self, path: Path, tmp_path: Path
    ) -> None:
        notes = tmp_path / "mine.toml"
        save(opened(path, notes), "b", AddTags(("two",)))
        path.write_text(TEXT.replace('id = "b"', 'id = "c"'))
        assert opened(path, notes).load().orphans == ("b",)
        assert project(notes, "b")["tags"] == ["two"]

    def test_undo_leaves_the_entry_empty(self, path: Path, tmp_path: Path) -> None:
        notes = tmp_path / "mine.toml"
        store = opened(path, notes)
        saved = save(store, "a", AddTags(("x",)))
        store.save([PendingTransaction(2, tuple(saved.results[1].undo), undoes=1)])
        assert project(notes, "a") == {"id": "a"}
