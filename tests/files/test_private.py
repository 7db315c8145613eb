"""What stands in the place of the program's own state is input like any other."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunnan_tui.config import dialog_state
from hunnan_tui.config.paths import Paths
from hunnan_tui.config.query_history import load_queries
from hunnan_tui.config.session import Session, load_session, save_session
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.changes import AddTags, Edit
from hunnan_tui.files.atomic import restore_file
from hunnan_tui.files.private import (
    ensure_private_folder,
    hash_path,
    write_json,
    write_private,
)
from hunnan_tui.files.set_aside import set_aside, take_messages
from hunnan_tui.query.cache.storage import open_cache, save_cache
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.edit_json import dump_edit, parse_edit
from hunnan_tui.storage.last_seen import count_last_seen, load_last_seen, save_last_seen
from hunnan_tui.storage.recovery import recover
from hunnan_tui.storage.store import Store
from tests.strategies import examples

NOBODY = 2_000_000_000
TEXT = b'[[projects]]\nid = "a"\nname = "A"\n'


def _make_sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 20 * 2**30)


OBSTACLES: dict[str, Callable[[Path], object]] = {
    "pipe": os.mkfifo,
    "folder": Path.mkdir,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "circle": lambda path: path.symlink_to(path.name),
    "sparse": _make_sparse,
    "deep": lambda path: path.write_bytes(b"[" * 100_000),
}


@pytest.fixture(autouse=True)
def _nothing_to_tell() -> Iterator[None]:
    take_messages()
    yield
    take_messages()


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    path = tmp_path / "projects.toml"
    path.write_bytes(TEXT)
    return path


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    folder = tmp_path / "hunnan-tui"
    return Paths(folder, folder, folder, folder)


def _write(file: BinaryIO) -> None:
    file.write(b"kept")


def read_session(paths: Paths, path: Path) -> bool:
    return load_session(paths.sessions, path) == Session()


def read_queries(paths: Paths, _: Path) -> bool:
    return load_queries(paths.state) == []


def read_unfinished(paths: Paths, path: Path) -> bool:
    return dialog_state.DialogStates(paths.dialogs, path).restore() is None


def read_drafts(paths: Paths, path: Path) -> bool:
    return not Drafts(paths.drafts, path).list_all()


def read_seen(paths: Paths, path: Path) -> bool:
    store = Store(path)
    store.load()
    return load_last_seen(paths.last_seen, store) is None


def read_cache(paths: Paths, path: Path) -> bool:
    file = open_cache(paths.cache, path)
    if file is not None:
        file.close()
    return True


def read_journal(paths: Paths, path: Path) -> bool:
    recovered = recover(paths.journal, path)
    recovered.forget()
    return recovered.edits == ()


READERS: dict[str, tuple[Callable[[Paths, Path], bool], str]] = {
    "session": (read_session, "sessions/{name}.json"),
    "queries": (read_queries, "queries.json"),
    "unfinished": (read_unfinished, f"unfinished/{{name}}.{NOBODY}.json"),
    "drafts": (read_drafts, "drafts/{name}/0.json"),
    "seen": (read_seen, "seen/{name}.toml"),
    "journal": (read_journal, f"journal/{{name}}.{NOBODY}-0.jsonl"),
}


@pytest.mark.parametrize("kind", OBSTACLES)
@pytest.mark.parametrize("reader", READERS)
def test_an_obstacle_is_set_aside_and_told_once(
    paths: Paths, dataset: Path, reader: str, kind: str
) -> None:
    read, name = READERS[reader]
    assert paths.state is not None
    path = paths.state / name.format(name=hash_path(dataset))
    path.parent.mkdir(parents=True)
    OBSTACLES[kind](path)
    assert read(paths, dataset)
    if (reader, kind) == ("seen", "deep"):
        return  # a text like any other, which is no dataset
    messages = [*take_messages()]
    if (reader, kind) != ("journal", "deep"):  # has told it by itself
        assert len(messages) == 1
        assert str(path) in messages[0]
    assert not os.path.lexists(path)
    assert read(paths, dataset)
    assert take_messages() == ()


@pytest.mark.parametrize("kind", OBSTACLES)
def test_settings_that_cannot_be_read_are_told_and_stay(
    paths: Paths, kind: str
) -> None:
    assert paths.config is not None
    paths.config.mkdir()
    path = paths.config / "config.toml"
    OBSTACLES[kind](path)
    assert "is not used" in str(load_settings(paths.config).problems)
    assert os.path.lexists(path)


@pytest.mark.parametrize("kind", OBSTACLES)
def test_a_cache_and_a_backup_never_block(
    paths: Paths, dataset: Path, kind: str
) -> None:
    save_cache(paths.cache, dataset, _write)
    assert paths.cache is not None
    (cache_file,) = paths.cache.glob("*.survey")
    cache_file.unlink()
    OBSTACLES[kind](cache_file)
    assert read_cache(paths, dataset)
    save_cache(paths.cache, dataset, _write)
    file = open_cache(paths.cache, dataset)
    assert file is not None
    with file:
        assert file.read() == b"kept"
    assert paths.backups is not None
    paths.backups.mkdir()
    for ending in ("old", "new"):
        name = f"{hash_path(dataset)}.{NOBODY}-0.{ending}"
        OBSTACLES[kind](paths.backups / name)
    if kind != "deep":
        assert "could not be written back" in restore_file(dataset, paths.backups)
    assert dataset.read_bytes() == TEXT


def test_what_is_written_takes_the_place_of_anything(paths: Paths) -> None:
    assert paths.sessions is not None
    for number, put in enumerate(OBSTACLES.values()):
        path = paths.sessions / f"{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path)
        write_json(path, {"a": number})
        assert json.loads(path.read_text()) == {"a": number}
        assert path.stat().st_mode & 0o777 == 0o600
    left = [each.name for each in paths.sessions.iterdir() if "tmp" in each.name]
    assert left == []


def test_what_a_killed_process_left_is_removed(paths: Paths) -> None:
    assert paths.sessions is not None
    ensure_private_folder(paths.sessions)
    (paths.sessions / f".a.json.{NOBODY}-00000000.tmp").touch()
    write_private(paths.sessions / "a.json", b"{}")
    assert [each.name for each in paths.sessions.iterdir()] == ["a.json"]


def test_nothing_is_written_over_when_it_is_set_aside(tmp_path: Path) -> None:
    for text in ("first", "second"):
        (tmp_path / "a").write_text(text)
        set_aside(tmp_path / "a", "why")
    texts = {each.read_text() for each in tmp_path.iterdir()}
    assert texts == {"first", "second"}
    assert len(take_messages()) == 2


def test_a_folder_of_ours_makes_way_for_itself_alone(tmp_path: Path) -> None:
    other = tmp_path / "mine"
    other.touch()
    with pytest.raises(FileExistsError):
        ensure_private_folder(other)
    ours = tmp_path / "hunnan-tui" / "sessions"
    ours.parent.mkdir()
    ours.touch()
    assert ensure_private_folder(ours).is_dir()
    assert "no folder" in take_messages()[0]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(st.characters(), max_size=5)
    | st.sampled_from(["\ud800", "\x1b]0;x\x07", "#/(/", "2026-01-01T00:00:00"]),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(st.text(max_size=3), each, max_size=3)
    ),
    max_leaves=6,
)
KNOWN: dict[str, Any] = {
    "session": Session("q", (("name", True),), (("a", "b"),), ("v", "q"))._asdict(),
    "unfinished": {"kind": "k", "keys": ["a"], "typed": "x", "add": [], "remove": []},
    "drafts": {"draft": 1, "key": "a", "at": None, "old": "", "text": "typed"},
    "queries": ["a"],
    "journal": {"n": 1, "edit": dump_edit(Edit("a", AddTags(("b",))))},
    "edit": dump_edit(Edit("a", AddTags(("b",)))),
}


@given(
    st.sampled_from([*KNOWN]),
    st.sampled_from(["session", "unfinished", "drafts", "queries", "edit", ""]),
    st.data(),
)
@examples(150)
def test_a_value_of_the_wrong_kind_is_no_error(
    reader: str, base: str, data: st.DataObject
) -> None:
    value: Any = data.draw(VALUES)
    if isinstance(KNOWN.get(base), dict):
        field = data.draw(st.sampled_from([*KNOWN[base]]))
        value = {**KNOWN[base], field: value}
    with TemporaryDirectory() as folder:
        _read_value(reader, value, Path(folder))


@given(VALUES, st.sampled_from([*KNOWN["session"]]))
@example(float("inf"), "current")
@examples(100)
def test_a_session_holds_texts_that_can_be_shown(value: Any, field: str) -> None:
    with TemporaryDirectory() as name:
        folder, path = Path(name) / "sessions", Path(name) / "projects.toml"
        save_session(folder, path, Session("kept"))
        (file,) = folder.iterdir()
        file.write_text(json.dumps({**KNOWN["session"], field: value}))
        session = load_session(folder, path)
        json.dumps(session._asdict(), ensure_ascii=False).encode()
        assert "\x1b" not in session.query


def _read_value(reader: str, value: Any, folder: Path) -> None:
    if reader == "edit":
        try:
            parse_edit(value)
        except (ValueError, TypeError):
            return
        return
    read, name = READERS[reader]
    dataset = folder / "projects.toml"
    dataset.write_bytes(TEXT)
    paths = Paths(state=folder / "hunnan-tui")
    assert paths.state is not None
    path = paths.state / name.format(name=hash_path(dataset))
    path.parent.mkdir(parents=True)
    header = ""
    if reader == "journal":
        real = os.path.realpath(dataset)
        header = json.dumps({"journal": 1, "dataset": real}) + "\n"
    path.write_text(header + json.dumps(value) + "\n")
    read(paths, dataset)
    shutil.rmtree(paths.state)


def test_what_was_seen_is_counted(paths: Paths, dataset: Path) -> None:
    store = Store(dataset)
    store.load()
    save_last_seen(paths.last_seen, store)
    assert count_last_seen(paths.last_seen, dataset)[0] == 1
    assert count_last_seen(None, dataset) == (0, None)
