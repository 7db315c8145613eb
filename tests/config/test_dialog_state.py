"""What was begun in a dialog outlives its process, and nothing else does."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from hunnan_tui.config.dialog_state import DialogState, DialogStates

STATE = DialogState("tags.edit", ("a", "乙"), "wat", ("new",), ("old",))
NOBODY = 2**22 + 1
"""A number that no process has."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "unfinished"


def left_by_the_dead(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.rename(
            path.with_name(path.name.replace(f".{os.getpid()}.", f".{NOBODY}."))
        )


def test_it_is_taken_up_once_when_its_process_is_gone(folder: Path) -> None:
    data = folder / "d.toml"
    DialogStates(folder, data).save(STATE)
    assert DialogStates(folder, data).restore() is None  # we are still alive
    left_by_the_dead(folder)
    assert DialogStates(folder, data).restore() == STATE
    assert DialogStates(folder, data).restore() is None


def test_what_was_saved_or_thrown_away_is_forgotten(folder: Path) -> None:
    states = DialogStates(folder, folder / "d.toml")
    states.save(STATE)
    states.discard()
    states.save(STATE)
    states.save(DialogState("tags.edit", ("a",), " "))
    assert [*folder.iterdir()] == []


def test_that_of_another_dataset_is_left_alone(folder: Path) -> None:
    DialogStates(folder, folder / "d.toml").save(STATE)
    left_by_the_dead(folder)
    assert DialogStates(folder, folder / "e.toml").restore() is None
    assert DialogStates(folder, folder / "d.toml").restore() == STATE


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": 1}', "\xff" * 9])
def test_a_file_that_cannot_be_read_is_none(folder: Path, text: str) -> None:
    states = DialogStates(folder, folder / "d.toml")
    states.save(STATE)
    left_by_the_dead(folder)
    (file,) = folder.iterdir()
    file.write_text(text)
    assert states.restore() is None


@pytest.mark.posix
def test_only_the_owner_can_read_it_and_no_folder_keeps_nothing(folder: Path) -> None:
    DialogStates(folder, folder / "d.toml").save(STATE)
    (file,) = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert json.loads(file.read_text()) == json.loads(json.dumps(asdict(STATE)))
    nowhere = DialogStates(None, folder / "d.toml")
    nowhere.save(STATE)
    nowhere.discard()
    assert nowhere.restore() is None
