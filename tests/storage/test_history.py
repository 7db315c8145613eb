from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hunnan_tui.core.changes import AddTags, Edit, Transaction
from hunnan_tui.storage import history
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.history import History
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    path = tmp_path / "p.toml"
    path.write_text(
        "".join(f'[[projects]]\nid = "{k}"\nname = "{k}"\n\n' for k in "abc")
    )
    opened = Workspace(
        Store(path), Journal(None, path), Drafts(None, path), now=lambda: NOW
    )
    opened.load()
    return opened


def tag(workspace: Workspace, keys: str, name: str) -> None:
    edits = tuple(Edit(key, AddTags((name,))) for key in keys)
    workspace.apply(Transaction(f"tag {name}", edits))


def told(workspace: Workspace) -> list[tuple[str, int, bool]]:
    return [(m.label, m.projects, m.is_undone) for m in workspace.history.entries]


def test_steps_stand_newest_first_with_what_they_changed(workspace: Workspace) -> None:
    tag(workspace, "ab", "x")
    tag(workspace, "abc", "x")
    newest, oldest = workspace.history.entries
    assert (newest.projects, set(newest.keys)) == (1, {"c"})
    assert (oldest.projects, set(oldest.keys)) == (2, {"a", "b"})
    assert newest.at == NOW


def test_a_step_that_changes_nothing_is_none(workspace: Workspace) -> None:
    tag(workspace, "a", "x")
    tag(workspace, "a", "X")
    assert told(workspace) == [("tag x", 1, False)]


def test_undo_and_redo_mark_the_step_and_add_none(workspace: Workspace) -> None:
    tag(workspace, "a", "x")
    tag(workspace, "a", "y")
    workspace.undo()
    assert told(workspace) == [("tag y", 1, True), ("tag x", 1, False)]
    workspace.undo()
    workspace.redo()
    assert told(workspace) == [("tag y", 1, True), ("tag x", 1, False)]
    workspace.redo()
    assert told(workspace) == [("tag y", 1, False), ("tag x", 1, False)]
    workspace.undo()
    assert told(workspace) == [("tag y", 1, True), ("tag x", 1, False)]


def test_saving_leaves_the_history_alone(workspace: Workspace) -> None:
    tag(workspace, "a", "x")
    workspace.undo()
    before = told(workspace)
    workspace.save_now()
    assert told(workspace) == before


def test_old_steps_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_ENTRIES", 3)
    kept = History()
    for number in range(5):
        kept.add(number, str(number), NOW, ["a"])
    kept.mark(0, undone=True)
    assert [made.label for made in kept.entries] == ["4", "3", "2"]


def test_a_step_on_very_many_projects_keeps_their_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(history, "MOST_KEYS", 2)
    kept = History()
    kept.add(1, "tag", NOW, ["a", "b", "c"])
    (made,) = kept.entries
    assert (made.projects, made.keys) == (3, frozenset())
