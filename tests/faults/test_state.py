"""Anything may stand in the place of the program's own state."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.session import Session
from hunnan_tui.files.private import hash_path
from tests.faults.conftest import OpenTerminal

MARK = "\x1b]0;mark\x07"
"""What would name the window of the terminal that obeys it."""
DEEP = b"[" * 1000 + b"]" * 1000
NOBODY = 2_000_000_000
"""The number of no process."""
JSON: dict[str, Any] = {
    "session": Session("a")._asdict(),
    "queries": ["a"],
    "unfinished": {
        "kind": "tags.edit",
        "keys": ["a"],
        "typed": "x",
        "add": ["y"],
        "remove": [],
    },
    "draft": {"draft": 1, "key": "a", "at": None, "old": "", "text": "typed"},
}


def state_files(path: Path, environ: dict[str, str]) -> dict[str, Path]:
    """Return where each part of the state of a dataset is."""
    paths = find_paths(environ)
    state, name = paths.state, hash_path(path)
    assert state is not None
    assert paths.cache is not None
    assert paths.config is not None
    survey = blake2b(os.fsencode(os.path.realpath(path)), digest_size=16).hexdigest()
    return {
        "session": state / "sessions" / f"{name}.json",
        "queries": state / "queries.json",
        "seen": state / "seen" / f"{name}.toml",
        "seen notes": state / "seen" / f"{name}.notes.toml",
        "unfinished": state / "unfinished" / f"{name}.{NOBODY}.json",
        "draft": state / "drafts" / name / "0123456789.json",
        "journal": state / "journal" / f"{name}.{NOBODY}-00000000.jsonl",
        "backup": state / "backups" / f"{name}.{NOBODY}-00000000.old",
        "backup's text": state / "backups" / f"{name}.{NOBODY}-00000000.new",
        "cache": paths.cache / f"{survey}.survey",
        "config": paths.config / "config.toml",
    }


def make_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 20 * 2**30)


def with_text(text: str) -> Callable[[Path], None]:
    """Return what writes a part of the state in which every text is this one."""

    def put(path: Path) -> None:
        kind = next((name for name in JSON if name in str(path)), "session")
        path.write_text(json.dumps(_replaced(JSON[kind], text)))

    return put


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(each, text) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_replaced(each, text) for each in value]
    return text if isinstance(value, str) else value


OBSTACLES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": lambda path: (path / "within").mkdir(parents=True),
    "device": lambda path: path.symlink_to("/dev/zero"),
    "sparse": make_sparse,
    "deep": lambda path: path.write_bytes(DEEP),
    "NULs": lambda path: path.write_bytes(b"\0" * 1000),
    "control characters": with_text(MARK),
    "half a character": with_text("\ud800"),
    "pattern": with_text("#/(/"),
}


@pytest.mark.parametrize("turn", range(3))
def test_what_stands_in_place_of_the_state_is_set_aside_and_told_once(
    path: Path, environ: dict[str, str], terminal: OpenTerminal, turn: int
) -> None:
    files = state_files(path, environ)
    kinds = list(OBSTACLES)
    for number, each in enumerate(files.values()):
        each.parent.mkdir(0o700, parents=True, exist_ok=True)
        OBSTACLES[kinds[(number + 3 * turn) % len(kinds)]](each)
    opened = terminal()
    opened.type("q")
    assert opened.ended() == 0
    assert MARK.encode() not in opened.output
    assert json.loads(files["session"].read_text())["view"]
    files["config"].rename(files["config"].with_name("away"))
    again = terminal()
    again.type("q")
    assert again.ended() == 0
    assert b"is not used" not in again.output


def test_what_stands_in_place_of_its_folders_is_set_aside(
    path: Path, environ: dict[str, str], terminal: OpenTerminal
) -> None:
    folders = {file.parent for file in state_files(path, environ).values()}
    for folder in sorted(folders, reverse=True):
        folder.parent.mkdir(0o700, parents=True, exist_ok=True)
        if not folder.exists():
            os.mkfifo(folder)
    opened = terminal()
    opened.type("w")
    opened.shows(" saved ")
    opened.type("q")
    assert opened.ended() == 0
    assert '"watch"' in path.read_text()


def test_the_query_of_the_last_session_may_be_none(
    path: Path, environ: dict[str, str], terminal: OpenTerminal
) -> None:
    session = state_files(path, environ)["session"]
    session.parent.mkdir(0o700, parents=True)
    query = '#/(/ /[/ (( sort: "'
    session.write_text(json.dumps(Session(query, view=("v", query))._asdict()))
    opened = terminal()
    opened.type("q")
    assert opened.ended() == 0
