"""Undo after a restart: what this reader did last, and nothing that others did since."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    Change,
    ChangeNote,
    SetFollowUp,
)
from hunnan_tui.core.model import Note
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.storage import transaction_log
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace
from tests.storage.test_losses import (
    AT,
    DAY,
    TEXT,
    WRITES,
    Desk,
    changes,
    do,
    parts,
)
from tests.strategies import examples


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "projects.toml").write_text(TEXT)
    return Desk(tmp_path)


def log_of(desk: Desk) -> Path:
    (path,) = (desk.folder / "state" / "steps").glob("*.steps")
    return path


def undo(workspace: Workspace) -> str:
    label = workspace.undo()
    workspace.save_now()
    return label


@pytest.mark.parametrize("write", WRITES, ids=lambda change: change.kind)
def test_the_last_step_is_taken_back_after_a_restart(desk: Desk, write: Change) -> None:
    do(desk.opened(), "a", write)
    again = desk.opened()
    assert undo(again) == "step"
    assert desk.path.read_text() == TEXT
    assert again.redo() == "step"
    assert again.undo() == "step"
    assert again.undo() == ""


def test_steps_are_taken_back_the_last_one_first_over_several_starts(
    desk: Desk,
) -> None:
    do(desk.opened(), "a", AddTags(("one",)))
    do(desk.opened(), "a", AddTags(("two",)))
    third = desk.opened()
    do(third, "a", AddTags(("three",)))
    undo(third)
    undo(third)
    assert third.dataset.projects["a"].tags == ("theirs", "one")
    fourth = desk.opened()
    undo(fourth)
    assert fourth.dataset.projects["a"].tags == ("theirs",)
    assert desk.opened().undo() == ""


def test_a_step_that_was_made_again_can_be_taken_back_again(desk: Desk) -> None:
    first = desk.opened()
    do(first, "a", AddTags(("one",)))
    undo(first)
    first.redo()
    first.save_now()
    again = desk.opened()
    undo(again)
    assert desk.path.read_text() == TEXT
    assert desk.opened().undo() == ""


@pytest.mark.parametrize(
    ("write", "old", "new"),
    [
        (SetFollowUp(DAY), "2026-12-01", "2027-05-05"),
        (AddNote(Note("mine", AT)), '"mine"', '"mine, and theirs"'),
        (ChangeNote(AT, "mine", "more"), '"more"', '"more, and theirs"'),
    ],
)
@pytest.mark.parametrize("restarted", [True, False])
def test_what_others_have_changed_since_stays(
    desk: Desk, write: Change, old: str, new: str, restarted: bool
) -> None:
    workspace = desk.opened()
    if isinstance(write, ChangeNote):
        do(workspace, "a", AddNote(Note("mine", AT)))
    do(workspace, "a", write)
    theirs = desk.path.read_text().replace(old, new)
    desk.path.write_text(theirs)
    if restarted:
        workspace = desk.opened()
    else:
        workspace.load(workspace.store.poll())
    assert undo(workspace) == ""
    (message,) = workspace.last_refused
    assert "Left as it is on a" in message
    assert desk.path.read_text() == theirs


def test_what_is_left_of_a_step_is_taken_back(desk: Desk) -> None:
    workspace = desk.opened()
    do(workspace, "a", SetFollowUp(DAY))
    do(workspace, "b", AddTags(("x",)), SetFollowUp(DAY))
    head, _, tail = desk.path.read_text().rpartition("2026-12-01")
    desk.path.write_text(f"{head}2026-12-02{tail}")
    again = desk.opened()
    assert again.dataset.projects["b"].follow_up == date(2026, 12, 2)
    assert undo(again) == "step"
    assert again.last_refused
    assert again.dataset.projects["b"].tags == ()
    assert again.dataset.projects["b"].follow_up == date(2026, 12, 2)


def test_a_project_that_is_gone_or_locked_is_left_alone(desk: Desk) -> None:
    do(desk.opened(), "b", AddTags(("x",)))
    desk.path.write_text(desk.path.read_text().replace('"b"', '"c"'))
    gone = desk.opened()
    assert gone.undo() == ""
    assert "Left as it is on b" in gone.last_refused[0]
    text = desk.path.read_text().replace('"c"', '"b"').replace('["x"]', '"x"')
    desk.path.write_text(text)
    locked = desk.opened()
    assert locked.undo() == ""
    assert desk.path.read_text() == text


def test_a_step_that_was_never_saved_is_not_taken_back(desk: Desk) -> None:
    from hunnan_tui.core.changes import Edit, Transaction

    do(desk.opened(), "a", AddTags(("one",)))
    desk.opened().apply(Transaction("unsaved", (Edit("a", AddTags(("two",))),)))
    assert desk.opened().undo() == "step"


@pytest.mark.posix
def test_only_the_reader_can_read_it(desk: Desk) -> None:
    do(desk.opened(), "a", AddTags(("one",)))
    path = log_of(desk)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction_log, "LARGEST", 5_000)
    workspace = desk.opened()
    for number in range(60):
        do(workspace, "a", AddTags((f"tag-{number}",)))
    assert log_of(desk).stat().st_size <= 5_000
    again = desk.opened()
    assert undo(again) == "step"
    assert "tag-59" not in again.dataset.projects["a"].tags
    assert "tag-58" in again.dataset.projects["a"].tags


def test_behind_a_step_that_is_too_large_nothing_is_taken_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction_log, "LARGEST_STEP", 1_000)
    do(desk.opened(), "a", AddTags(("one",)))
    do(desk.opened(), "a", AddNote(Note("long " * 400, AT)))
    do(desk.opened(), "a", AddTags(("two",)))
    again = desk.opened()
    assert undo(again) == "step"
    assert again.undo() == ""
    assert again.dataset.projects["a"].tags == ("theirs", "one")


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"\xff\x00\x1b[31m",
        b"[" * 2_000,
        b'{"step": 1, "act": [], "label": "", "edits": [], "undo": []}',
        b'{"saved": {}, "undo": 3}',
        b'{"step": "x", "act": "do", "label": "\\ud800", "saved": true,'
        b' "edits": [], "undo": [[["a"], [{"kind": "add-tags", "tags": ["\\ud800"]}]]]}',
        b'{"step": "x", "act": "do", "label": "", "saved": true, "edits": [], "undo":'
        b' [[["a"], [{"kind": "delete-note", "at": null, "text": 7}]]]}',
    ],
)
def test_a_damaged_line_costs_that_line(desk: Desk, line: bytes) -> None:
    do(desk.opened(), "a", AddTags(("one",)))
    path = log_of(desk)
    path.write_bytes(path.read_bytes() + line)  # torn: no line end
    do(desk.opened(), "a", AddTags(("two",)))
    again = desk.opened()
    assert (undo(again), undo(again), again.undo()) == ("step", "step", "")
    assert desk.path.read_text() == TEXT


@pytest.mark.parametrize("what", ["fifo", "folder", "link", "text", "huge"])
@pytest.mark.posix
def test_what_is_in_its_place_and_is_no_log_is_set_aside(desk: Desk, what: str) -> None:
    do(desk.opened(), "a", AddTags(("one",)))
    path = log_of(desk)
    path.unlink()
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(desk.path)
    elif what == "text":
        path.write_text("a note of somebody's")
    else:
        with path.open("wb") as file:
            file.truncate(5 * transaction_log.LARGEST)
    workspace = desk.opened()
    assert workspace.undo() == ""
    assert workspace.find_losses() == ()
    do(workspace, "a", AddTags(("two",)))
    assert "is not used" in "".join(take_messages())
    assert undo(desk.opened()) == "step"
    assert "two" not in desk.path.read_text()


def test_that_of_a_newer_version_is_left_alone_and_told(desk: Desk) -> None:
    do(desk.opened(), "a", AddTags(("one",)))
    path = log_of(desk)
    header = json.loads(path.read_text().partition("\n")[0])
    newer = json.dumps(header | {"steps": transaction_log.VERSION + 1}) + "\nof then\n"
    path.write_text(newer)
    workspace = desk.opened()
    do(workspace, "a", AddTags(("two",)))
    assert path.read_text() == newer
    assert "newer version" in workspace.log_problem


def test_a_folder_that_cannot_be_made_is_told_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    log = TransactionLog(tmp_path / "file" / "steps", tmp_path / "p.toml")
    log.mark_saved([("1", ())])
    assert "undo ends with the program" in log.problem
    assert log.read() == ()


@examples(30)
@given(
    steps=st.lists(st.tuples(st.sampled_from("ab"), changes, st.booleans()), max_size=8)
)
def test_all_steps_of_all_starts_can_be_taken_back(
    steps: list[tuple[str, Change, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.path.write_text(TEXT)
        workspace = desk.opened()
        before = {
            key: parts(each.annotations)
            for key, each in workspace.dataset.projects.items()
        }
        for key, change, is_restarted in steps:
            do(workspace, key, change)
            if is_restarted:
                workspace = desk.opened()
        workspace = desk.opened()
        while undo(workspace):
            assert workspace.last_refused == ()
        after = {
            key: parts(each.annotations)
            for key, each in workspace.dataset.projects.items()
        }
        assert after == before
