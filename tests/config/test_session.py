from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.session import Session, load_session, save_session

LEFT = Session(
    "stage>=signed 燃气",
    (("invest", True), ("name_zh", False)),
    (("industry", "it"), ("tag", "a b")),
    ("Mine", "stage:signed"),
    "p-1",
    ("industry", "due"),
)
DATASET = Path("projects.toml")


def test_what_was_left_is_found_again(tmp_path: Path) -> None:
    save_session(tmp_path / "state" / "sessions", DATASET, LEFT)
    assert load_session(tmp_path / "state" / "sessions", DATASET) == LEFT


def test_a_session_of_before_there_were_columns_is_read(tmp_path: Path) -> None:
    save_session(tmp_path, DATASET, LEFT)
    (path,) = tmp_path.iterdir()
    record = json.loads(path.read_text())
    del record["columns"]
    path.write_text(json.dumps(record))
    assert load_session(tmp_path, DATASET) == LEFT._replace(columns=())


def test_each_dataset_has_a_session_of_its_own(tmp_path: Path) -> None:
    save_session(tmp_path, DATASET, LEFT)
    assert load_session(tmp_path, Path("others.toml")) == Session()


def test_the_last_one_counts_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    save_session(tmp_path, DATASET, LEFT)
    save_session(tmp_path, DATASET, Session("new"))
    assert load_session(tmp_path, DATASET) == Session("new")
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_folder_nothing_is_kept() -> None:
    save_session(None, DATASET, LEFT)
    assert load_session(None, DATASET) == Session()


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_session(tmp_path / "file" / "sessions", DATASET, LEFT)
    assert load_session(tmp_path / "file" / "sessions", DATASET) == Session()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"query": 1}',
        b'{"query": "", "sort": 5, "choice": [], "view": ["", ""], "current": ""}',
        b'{"query": "", "sort": [], "choice": [["a"]], "view": [], "current": ""}',
        b'{"query": "", "sort": [], "choice": [], "view": ["", ""], "current": "",'
        b' "columns": [1]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_broken_session_is_the_beginning(tmp_path: Path, text: bytes) -> None:
    save_session(tmp_path, DATASET, LEFT)
    (path,) = tmp_path.iterdir()
    path.write_bytes(text)
    assert load_session(tmp_path, DATASET) == Session()


@given(st.binary(max_size=60), st.integers(0, 300))
def test_no_damage_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("sessions")
    save_session(folder, DATASET, LEFT)
    (path,) = folder.iterdir()
    text = path.read_bytes()
    path.write_bytes(text[:place] + junk + text[place + len(junk) :])
    assert isinstance(load_session(folder, DATASET), Session)
