"""Each dataset has a notes file of its own; that of earlier versions is taken over."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.notes_files import move_notes, name_notes_file
from hunnan_tui.storage.open_workspace import (
    Files,
    find_files,
    open_workspace,
    read_dataset,
)
from hunnan_tui.storage.workspace import Workspace

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
SHARED = """\
# mine
[[projects]]
id = "a"
tags = ["one"]  # why
[[projects.notes]]
at = 2026-11-23T09:12:00Z
text = "on a"

# of the other place
[[projects]]
id = "z"
tags = ["two"]
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    kinds = ("config", "state", "cache", "data")
    return {f"XDG_{kind.upper()}_HOME": str(tmp_path / kind) for kind in kinds}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "hunnan-tui" / "projects.notes.toml"
    path.parent.mkdir(parents=True)
    path.write_text(SHARED)
    return path


def dataset(folder: Path, *keys: str) -> Path:
    """A dataset whose projects have no place for edits."""
    folder.mkdir(exist_ok=True)
    path = folder / "projects.toml"
    rows = ", ".join(f'{{ id = "{key}", name = "{key}" }}' for key in keys)
    path.write_text(f"projects = [{rows}]\n")
    return path


def files(path: Path, environ: dict[str, str]) -> Files:
    return find_files(str(path), None, environ, path.parent)


def opened(path: Path, environ: dict[str, str]) -> tuple[Workspace, str]:
    workspace, messages = open_workspace(files(path, environ))
    workspace.close()
    return workspace, "\n".join(messages)


def tags(path: Path) -> dict[str, list[str]]:
    return {
        each["id"]: each.get("tags", [])
        for each in tomli.loads(path.read_text()).get("projects", [])
    }


def test_two_datasets_of_one_name_have_two_notes_files(tmp_path: Path) -> None:
    one, two = dataset(tmp_path / "one", "a"), dataset(tmp_path / "two", "a")
    assert name_notes_file(tmp_path, one) != name_notes_file(tmp_path, two)


@pytest.mark.posix
def test_all_links_to_a_dataset_have_the_same_one(tmp_path: Path) -> None:
    path = dataset(tmp_path / "one", "a")
    link = tmp_path / "other-name.toml"
    link.symlink_to(path)
    folder = tmp_path / "linked"
    folder.symlink_to(path.parent)
    expected = name_notes_file(tmp_path, path)
    assert name_notes_file(tmp_path, link) == expected
    assert name_notes_file(tmp_path, folder / "projects.toml") == expected


def test_a_long_name_still_makes_a_file_name(tmp_path: Path) -> None:
    path = dataset(tmp_path / "one", "a").rename(tmp_path / ("项" * 80 + ".toml"))
    name_notes_file(tmp_path, path).touch()


@pytest.mark.posix
def test_the_one_of_earlier_versions_is_moved_and_told(
    tmp_path: Path, environ: dict[str, str], shared: Path
) -> None:
    path = dataset(tmp_path / "one", "a", "z", "other")
    workspace, messages = opened(path, environ)
    assert workspace.store.notes is not None
    assert str(workspace.store.notes) in messages
    assert str(shared) in messages
    assert workspace.store.notes.read_text() == SHARED
    assert not shared.exists()
    assert workspace.dataset.projects["a"].tags == ("one",)
    assert opened(path, environ)[1] == ""


@pytest.mark.posix
def test_of_two_datasets_each_takes_what_is_its_own(
    tmp_path: Path, environ: dict[str, str], shared: Path
) -> None:
    one, two = dataset(tmp_path / "one", "a"), dataset(tmp_path / "two", "z", "b")
    none = dataset(tmp_path / "none", "n")
    assert opened(none, environ)[1] == ""
    assert shared.read_text() == SHARED
    first, messages = opened(one, environ)
    assert "One entry stays there" in messages
    assert tags(first.store.target) == {"a": ["one"]}
    assert "# why" in first.store.target.read_text()
    assert tags(shared) == {"z": ["two"]}
    second, _ = opened(two, environ)
    assert tags(second.store.target) == {"z": ["two"]}
    assert not shared.exists()


def test_who_comes_second_with_the_same_ids_gets_nothing(
    tmp_path: Path, environ: dict[str, str], shared: Path
) -> None:
    one, two = dataset(tmp_path / "one", "a", "z"), dataset(tmp_path / "two", "a", "z")
    opened(one, environ)
    second, messages = opened(two, environ)
    assert messages == ""
    assert second.dataset.projects["a"].tags == ()


@pytest.mark.posix
def test_who_only_reads_sees_it_and_moves_nothing(
    tmp_path: Path, environ: dict[str, str], shared: Path
) -> None:
    path = dataset(tmp_path / "one", "a")
    read, _ = read_dataset(files(path, environ))
    assert read.projects["a"].notes[0].text == "on a"
    assert shared.read_text() == SHARED
    assert [*shared.parent.iterdir()] == [shared]


@pytest.mark.posix
def test_a_file_that_cannot_be_moved_is_used_where_it_is(
    tmp_path: Path,
    environ: dict[str, str],
    shared: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    monkeypatch.setattr(Path, "rename", fail)
    path = dataset(tmp_path / "one", "a", "z")
    workspace, messages = opened(path, environ)
    assert "cannot be moved" in messages
    assert workspace.store.target == shared
    assert workspace.dataset.projects["a"].tags == ("one",)


@pytest.mark.posix
def test_drafts_and_unsaved_edits_come_along(
    tmp_path: Path, environ: dict[str, str], shared: Path
) -> None:
    state = tmp_path / "state" / "hunnan-tui"
    drafts = Drafts(state / "drafts", shared)
    drafts.save(Draft("a", AT, "on a", "half-written"))
    drafts.save(Draft("foreign", None, "", "of another dataset"))
    dying = Journal(state / "journal", shared)
    dying.add([Edit("a", AddTags(("unsaved",)))])
    os.close(dying._file)  # its process is gone
    workspace, _ = opened(dataset(tmp_path / "one", "a", "z"), environ)
    draft = workspace.drafts.get("a", AT)
    assert draft is not None
    assert draft.text == "half-written"
    assert workspace.dataset.projects["a"].tags == ("one", "unsaved")
    left = [draft.key for draft in Drafts(state / "drafts", shared).list_all()]
    assert left == ["foreign"]


keys = st.sampled_from("abcdef")


@given(held=st.lists(keys, unique=True), ours=st.sets(keys), crlf=st.booleans())
def test_whatever_is_moved_nothing_is_lost_or_doubled(
    held: list[str], ours: set[str], crlf: bool
) -> None:
    blocks = {
        key: f'[[projects]]\nid = "{key}"\ntags = ["{key}"] # kept {key}\n\n'
        for key in held
    }
    text = "format = 1\n" + "".join(blocks.values())
    with tempfile.TemporaryDirectory() as folder:
        shared, notes = Path(folder) / "s.toml", Path(folder) / "new" / "n.toml"
        shared.write_bytes(text.replace("\n", "\r\n" if crlf else "\n").encode())
        move_notes(shared, notes, ours)
        left = tags(shared) if shared.exists() else {}
        moved = tags(notes) if notes.exists() else {}
        assert set(moved) == set(held) & ours
        assert set(left) == set(held) - ours
        both = b"".join(p.read_bytes() for p in (shared, notes) if p.exists()).decode()
        assert all(both.count(f"# kept {key}") == 1 for key in held)
