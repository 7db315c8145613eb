"""Several files as one workspace: each edit is in the file of its project."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import AddNote, AddTags, AnyChange, Edit, Transaction
from hunnan_tui.core.errors import DataError, SaveError
from hunnan_tui.core.fact_changes import AddProject, AddSource, ChangeFacts, SetFact
from hunnan_tui.core.model import Note
from hunnan_tui.storage import open_joined
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.joined_store import JoinedStore
from hunnan_tui.storage.open_workspace import (
    Files,
    find_files,
    open_workspace,
    read_dataset,
)
from hunnan_tui.storage.workspace import Workspace

A = """\
# A of somebody
[dataset]
currency = "CNY"

[[projects]]
id = "one"   # ours
name = "One"

[[projects]]
id = "two"
name = "Two"
"""
B = A.replace("two", "three").replace("somebody", "another")
AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


class Folder:
    """Two files, and the state of one user."""

    def __init__(self, path: Path) -> None:
        self.a, self.b = path / "a.toml", path / "b.toml"
        self.a.write_text(A)
        self.b.write_text(B)
        self.environ = {
            f"XDG_{kind}_HOME": str(path / "home" / kind)
            for kind in ("STATE", "CONFIG", "CACHE", "DATA")
        }
        self.path = path

    def locate(self, *paths: Path) -> Files:
        first, *others = (
            find_files(str(path), None, self.environ, self.path) for path in paths
        )
        return first._replace(others=tuple(others))

    def open(self, *paths: Path) -> Workspace:
        files = self.locate(*(paths or (self.a, self.b)))
        workspace, messages = open_workspace(files)
        assert messages == ()
        return workspace


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def edit(label: str, *edits: tuple[str, AnyChange]) -> Transaction:
    return Transaction(label, tuple(Edit(key, change) for key, change in edits))


def tag(*keys: str, name: str = "x") -> Transaction:
    return edit("tag", *((key, AddTags((name,))) for key in keys))


def test_an_edit_is_in_the_file_of_its_project_and_undone_to_the_byte(
    folder: Folder,
) -> None:
    workspace = folder.open()
    assert list(workspace.dataset.projects) == ["a:one", "two", "b:one", "three"]
    workspace.apply(tag("two", "b:one", "three"))
    report = workspace.save_now()
    assert report.changed == frozenset()
    assert folder.a.read_text() == A + 'tags = ["x"]\n'
    assert folder.b.read_text().count('tags = ["x"]') == 2
    workspace.apply(tag("a:one", name="y"))
    workspace.save_now()
    assert 'tags = ["y"]' in folder.a.read_text()
    assert "y" not in str(workspace.dataset.projects["b:one"].tags)
    assert workspace.undo() == "tag"
    assert workspace.undo() == "tag"
    workspace.save_now()
    assert (folder.a.read_text(), folder.b.read_text()) == (A, B)
    assert workspace.redo() == "tag"
    workspace.save_now()
    assert folder.b.read_text().count("tags") == 2
    workspace.close()


def test_one_history_also_after_a_restart_and_with_one_file_alone(
    folder: Folder,
) -> None:
    workspace = folder.open()
    for keys in (("a:one",), ("b:one",), ("two", "three")):
        workspace.apply(tag(*keys))
        workspace.save_now()
    workspace.close()
    workspace = folder.open()
    assert workspace.undo() == "tag"
    workspace.save_now()
    tags = {key: each.tags for key, each in workspace.dataset.projects.items()}
    assert tags == {"a:one": ("x",), "two": (), "b:one": ("x",), "three": ()}
    workspace.close()
    alone = folder.open(folder.b)
    assert alone.undo() == "tag"
    alone.save_now()
    alone.close()
    assert folder.b.read_text() == B
    assert 'tags = ["x"]' in folder.a.read_text()


def test_unsaved_edits_and_drafts_stay_with_their_file(folder: Folder) -> None:
    workspace = folder.open()
    workspace.apply(tag("b:one"))
    workspace.apply(edit("note", ("two", AddNote(Note("kept", AT)))))
    workspace.drafts.save(Draft("b:one", None, "", "half a note"))
    workspace.close()  # as at a sudden end
    alone, messages = open_workspace(folder.locate(folder.b))
    assert messages == ("Edits of 1 project were recovered after a crash",)
    assert alone.dataset.projects["one"].tags == ("x",)
    assert [draft.key for draft in alone.drafts.list_all()] == ["one"]
    alone.save_now()
    alone.close()
    both, messages = open_workspace(folder.locate(folder.a, folder.b))
    assert messages == ("Edits of 1 project were recovered after a crash",)
    (draft,) = both.drafts.list_for_project("b:one")
    assert draft.text == "half a note"
    assert both.drafts.get("a:one") is None
    both.save_now()
    both.close()
    assert "kept" in folder.a.read_text()
    assert "kept" not in folder.b.read_text()


def test_a_file_that_cannot_be_written_does_not_keep_the_other_from_it(
    folder: Folder,
) -> None:
    workspace = folder.open()
    workspace.apply(edit("note", ("a:one", AddNote(Note("a", AT)))))
    workspace.apply(edit("note", ("three", AddNote(Note("b", AT)))))
    folder.b.write_text("broken =\n")
    with pytest.raises(SaveError, match=r"^Not saved: b: .*b\.toml.* \(a: saved\)$"):
        workspace.save_now()
    assert workspace.status.unsaved == 2
    journals = list((folder.path / "home" / "STATE").rglob("*.jsonl"))
    texts = sorted(journal.read_text().count('"edit"') for journal in journals)
    assert texts == [0, 1]  # what is in its file would not be made again
    saved = folder.a.read_bytes()
    assert saved.count(b"projects.notes") == 1
    with pytest.raises(DataError, match=r"b\.toml"):
        workspace.store.poll()
    folder.b.write_text(B)
    workspace.save_now()
    assert folder.a.read_bytes() == saved
    assert folder.b.read_text().count("projects.notes") == 1
    assert workspace.status.unsaved == 0
    workspace.undo()
    workspace.undo()
    workspace.save_now()
    workspace.close()
    assert (folder.a.read_text(), folder.b.read_text()) == (A, B)


def test_what_others_change_is_seen_in_each_file(folder: Folder) -> None:
    workspace, other = folder.open(), folder.open()
    other.apply(tag("a:one", "three", name="theirs"))
    other.save_now()
    loaded = workspace.store.poll()
    assert loaded is not None
    workspace.load(loaded)
    assert workspace.dataset.projects["three"].tags == ("theirs",)
    assert workspace.store.poll() is None
    # and while saving
    other.apply(tag("b:one", name="again"))
    other.save_now()
    workspace.apply(tag("b:one", "two", name="mine"))
    report = workspace.save_now()
    assert report.outside
    assert workspace.dataset.projects["b:one"].tags == ("again", "mine")
    for each in (workspace, other):
        each.close()


def test_facts_go_to_their_file_and_sources_with_them(folder: Folder) -> None:
    workspace = folder.open()
    source = AddSource({"id": "s", "title": "S"})
    stage = ChangeFacts((SetFact("district", None, "Hunnan"),))
    workspace.apply(edit("move", ("", source), ("three", stage)))
    workspace.save_now()
    assert folder.a.read_text() == A
    assert 'district = "Hunnan"' in folder.b.read_text()
    assert 'title = "S"' in folder.b.read_text()
    assert workspace.dataset.projects["three"].origin.file == "b"
    assert "s" in workspace.dataset.sources
    new = AddProject({"id": "four", "name": "Four"})
    workspace.apply(edit("add", ("four", new)))
    workspace.save_now()
    assert 'id = "four"' in folder.a.read_text()
    assert workspace.dataset.projects["four"].origin.file == "a"
    assert isinstance(workspace.store, JoinedStore)
    workspace.store.choose_default("b")
    fifth = AddProject({"id": "five", "name": "Five"})
    workspace.apply(edit("add", ("five", fifth)))
    workspace.store.choose_default("")  # before it is saved
    workspace.save_now()
    assert 'id = "five"' in folder.b.read_text()
    for _ in range(3):
        workspace.undo()
        workspace.save_now()
    workspace.close()
    assert (folder.a.read_text(), folder.b.read_text()) == (A, B)


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 1)() == 0, reason="root can write everywhere"
)
def test_a_file_that_is_read_only_has_a_notes_file(folder: Folder) -> None:
    folder.b.chmod(0o400)
    _edit_beside_a_notes_file(folder)


def test_a_notes_file_takes_the_edits_of_its_dataset_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "hunnan_tui.storage.open_workspace._explain_unwritable",
        lambda path, _: "it is somebody's" if path == folder.b else "",
    )
    _edit_beside_a_notes_file(folder)


def _edit_beside_a_notes_file(folder: Folder) -> None:
    workspace = folder.open()
    workspace.apply(tag("a:one", "b:one"))
    workspace.save_now()
    workspace.close()
    assert folder.b.read_text() == B
    assert 'tags = ["x"]' in folder.a.read_text()
    (notes,) = (folder.path / "home" / "DATA").rglob("*.toml")
    assert 'id = "one"\ntags = ["x"]' in notes.read_text()
    dataset, _ = read_dataset(folder.locate(folder.a, folder.b))
    assert dataset.projects["b:one"].tags == ("x",)


def test_files_that_are_missing_broken_or_too_large_are_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder.path / "gone.toml"
    broken = folder.path / "broken.toml"
    broken.write_text("x =\n")
    for bad in (gone, broken):
        for read in (read_dataset, open_workspace):
            with pytest.raises(DataError, match=bad.name):
                read(folder.locate(folder.a, bad))
    monkeypatch.setattr(open_joined, "LARGEST", 10)
    with pytest.raises(DataError, match="open them one by one"):
        open_workspace(folder.locate(folder.a, folder.b))


KEYS = st.lists(st.sampled_from(["a:one", "two", "b:one", "three"]), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(KEYS, st.sampled_from("xyz")),
        st.sampled_from(["undo", "redo", "save"]),
    ),
    max_size=8,
)


@given(STEPS)
def test_the_files_are_what_each_alone_would_be(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[str], str] | str]
) -> None:
    folder = Folder(tmp_path_factory.mktemp("joined"))
    workspace = folder.open()
    for step in steps:
        match step:
            case "undo":
                workspace.undo()
            case "redo":
                workspace.redo()
            case "save":
                workspace.save_now()
            case keys, name:
                workspace.apply(tag(*dict.fromkeys(keys), name=name))
    workspace.save_now()
    shown = {key: each.tags for key, each in workspace.dataset.projects.items()}
    while workspace.undo():
        pass
    workspace.save_now()
    workspace.close()
    assert (folder.a.read_text(), folder.b.read_text()) == (A, B)
    again = folder.open()
    while again.redo():
        pass
    again.close()
    assert set(shown) == set(again.dataset.projects)
