"""What happens when somebody else changes the file while it is open."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import tomli
from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    Change,
    ChangeNote,
    DeleteNote,
    Edit,
    Transaction,
)
from hunnan_tui.core.errors import DataError, HunnanError
from hunnan_tui.core.model import Note
from hunnan_tui.dataset.toml.scanner import BOM
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.recovery import recover
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.workspace import Workspace

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
TEXT = """\
[[projects]]
id = "a"
name = "A"

[[projects]]
id = "b"
name = "B"
tags = ["watch"]

[[projects.notes]]
at = 2026-11-23T09:12:00+00:00
text = "theirs"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "projects.toml"
    file.write_text(TEXT)
    return file


def opened(
    path: Path, *, journal: Journal | None = None, notes: Path | None = None
) -> Workspace:
    workspace = Workspace(
        Store(path, notes),
        journal or Journal(None, path),
        Drafts(None, path),
        now=lambda: AT,
        aside=path.parent / "state" / "aside.toml",
    )
    workspace.load()
    return workspace


def do(workspace: Workspace, key: str, change: Change) -> None:
    workspace.apply(Transaction("step", (Edit(key, change),)))


def look(workspace: Workspace) -> tuple[str, ...]:
    loaded = workspace.store.poll()
    return workspace.load(loaded) if loaded else ()


def test_notes_of_a_deleted_project_are_kept_aside(path: Path) -> None:
    workspace = opened(path)
    path.write_text(TEXT.partition("\n[[projects]]")[0] + "\n")
    (message,) = look(workspace)
    assert "No longer in the file: b" in message
    aside = tomli.loads((path.parent / "state" / "aside.toml").read_text())
    assert aside["projects"] == [
        {"id": "b", "tags": ["watch"], "notes": [{"at": AT, "text": "theirs"}]}
    ]


def test_a_note_for_a_deleted_project_becomes_a_draft(path: Path) -> None:
    workspace = opened(path)
    do(workspace, "a", AddNote(Note("ours", AT)))
    path.write_text(TEXT.replace('"a"', '"other"'))
    report = workspace.save_now()
    assert any("no longer in the file" in message for message in report.messages)
    draft = workspace.drafts.get("a")
    assert draft is not None
    assert draft.text == "ours"


def test_an_open_edit_stays_on_top_of_an_outside_change(path: Path) -> None:
    workspace = opened(path)
    do(workspace, "a", AddTags(("ours",)))
    path.write_text(TEXT.replace('name = "A"', 'name = "A"\ntags = ["theirs"]'))
    look(workspace)
    assert workspace.dataset.projects["a"].tags == ("theirs", "ours")
    workspace.save_now()
    assert workspace.dataset.projects["a"].tags == ("theirs", "ours")


def test_two_windows_that_change_one_note_keep_both_texts(path: Path) -> None:
    one, two = opened(path), opened(path)
    do(one, "b", ChangeNote(AT, "theirs", "from one"))
    do(two, "b", ChangeNote(AT, "theirs", "from two"))
    assert one.save_now().messages == ()
    (message,) = two.save_now().messages
    assert "both texts are kept" in message
    texts = [note.text for note in two.dataset.projects["b"].notes]
    assert texts[0] == "from one"
    assert texts[1].endswith("from two")


def test_a_note_changed_by_another_is_not_deleted(path: Path) -> None:
    one, two = opened(path), opened(path)
    do(one, "b", ChangeNote(AT, "theirs", "from one"))
    do(two, "b", DeleteNote(AT, "theirs"))
    one.save_now()
    (message,) = two.save_now().messages
    assert "it was kept" in message
    assert [note.text for note in two.dataset.projects["b"].notes] == ["from one"]


def test_a_file_that_vanishes_and_comes_back_is_the_same_file(path: Path) -> None:
    workspace = opened(path)
    moved = path.rename(path.with_suffix(".away"))
    with pytest.raises(DataError):
        workspace.store.poll()
    with pytest.raises(DataError):
        workspace.store.poll()
    moved.rename(path)
    assert workspace.store.poll() is None
    assert workspace.dataset.projects["b"].tags == ("watch",)


def test_a_file_emptied_for_a_moment_is_no_deletion(path: Path) -> None:
    workspace = opened(path)
    path.write_text("")
    assert workspace.store.poll() is None
    path.write_text(TEXT)
    assert workspace.store.poll() is None


def look_again(workspace: Workspace) -> None:
    """Look twice at the file: the first look may find it half-written."""
    for _ in range(2):
        look(workspace)


@pytest.mark.parametrize(
    "left", [b"", b" \n\t\r\n", BOM, BOM + b"\n", b"\0" * 99, b"# mine\n"]
)
def test_an_emptied_file_is_a_broken_file(path: Path, left: bytes) -> None:
    workspace = opened(path)
    path.write_bytes(left)
    with pytest.raises(DataError):
        look_again(workspace)
    do(workspace, "a", AddTags(("new",)))
    with pytest.raises(DataError):
        workspace.save_now()
    assert path.read_bytes() == left
    assert workspace.dataset.projects.keys() == {"a", "b"}
    path.write_text(TEXT)
    workspace.save_now()
    assert 'tags = ["new"]' in path.read_text()


def test_a_head_without_its_projects_is_a_broken_file(path: Path) -> None:
    head = '[dataset]\ntitle = "T"\n'
    path.write_text(head + TEXT)
    workspace = opened(path)
    path.write_text(head)
    with pytest.raises(DataError, match="all 2 projects are gone"):
        workspace.store.poll()
    path.write_text("")
    with pytest.raises(DataError, match="is empty"):
        look_again(workspace)


def test_an_emptied_notes_file_is_a_broken_file(path: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.toml"
    workspace = opened(path, notes=notes)
    do(workspace, "a", AddTags(("new",)))
    workspace.save_now()
    written = notes.read_bytes()
    do(workspace, "a", AddTags(("newer",)))
    for left in (b"", None):
        notes.unlink()
        if left is not None:
            notes.write_bytes(left)
        with pytest.raises(HunnanError):
            workspace.save_now()
        assert notes.exists() == (left is not None)
        notes.write_bytes(written)
    assert "new" in workspace.dataset.projects["a"].tags
    workspace.save_now()
    assert tomli.loads(notes.read_text())["projects"][0]["tags"] == ["new", "newer"]


@given(st.integers(0, len(TEXT) - 1))
@example(TEXT.index("[[projects]]", 1))
@example(TEXT.index("[[projects.notes]]"))
@example(TEXT.index('A"'))
def test_a_file_that_is_cut_off_is_told(length: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "projects.toml"
        path.write_text(TEXT)
        workspace = opened(path)
        path.write_text(TEXT[:length])
        try:
            look_again(workspace)
        except DataError:
            assert workspace.dataset.projects.keys() == {"a", "b"}
            return
        assert TEXT[:length].endswith("\n")
        refused = [
            problem
            for problem in workspace.problems
            if "ends earlier" in problem.message
        ]
        assert bool(refused) == bool(TEXT[length:].strip())


def test_a_broken_file_is_reported_until_it_is_mended(path: Path) -> None:
    workspace = opened(path)
    path.write_text("broken =")
    for _ in range(2):
        with pytest.raises(DataError, match=r"projects\.toml:1:9"):
            workspace.store.poll()
    path.write_text(TEXT.replace('name = "A"', 'name = "AA"'))
    look(workspace)
    assert workspace.dataset.projects["a"].name == "AA"


def test_what_a_crash_left_in_the_journal_comes_back(path: Path) -> None:
    folder = path.parent / "state" / "journal"
    dying = Journal(folder, path)
    do(opened(path, journal=dying), "a", AddNote(Note("not saved", AT)))
    dying._folder = None  # its process is gone: nothing is written any more
    os.close(dying._file)
    workspace = opened(path, journal=Journal(folder, path))
    (message,) = workspace.recover(recover(folder, path))
    assert "recovered" in message
    assert workspace.dataset.projects["a"].notes[0].text == "not saved"
    workspace.save_now()
    workspace.close()
    assert "not saved" in path.read_text()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("draft", "is_kept"), [("not saved", False), ("not saved, and more", True)]
)
def test_a_recovered_note_is_no_draft_any_more(
    path: Path, draft: str, is_kept: bool
) -> None:
    folder = path.parent / "state" / "journal"
    dying = Journal(folder, path)
    dying.add([Edit("a", AddNote(Note("not saved", AT)))])
    os.close(dying._file)
    workspace = opened(path, journal=Journal(folder, path))
    workspace.drafts.save(Draft("a", None, "", draft))
    workspace.recover(recover(folder, path))
    assert (workspace.drafts.get("a") is not None) == is_kept
    workspace.close()


def test_recovering_what_is_in_the_file_already_changes_nothing(path: Path) -> None:
    folder = path.parent / "state" / "journal"
    dying = Journal(folder, path)
    dying.add([Edit("b", AddTags(("watch",))), Edit("b", AddNote(Note("theirs", AT)))])
    os.close(dying._file)
    workspace = opened(path, journal=Journal(folder, path))
    assert workspace.recover(recover(folder, path)) == ()
    assert path.read_text() == TEXT
