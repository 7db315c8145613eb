"""The queries that were typed are there at the next start, each once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hunnan_tui.config.query_history import (
    FILE,
    MOST_QUERIES,
    load_queries,
    save_query,
)
from hunnan_tui.core.model import Dataset
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.engine.examples import make_examples
from hunnan_tui.query.engine.index import Index

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.posix
def test_the_newest_is_last_and_each_is_there_once(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    for query in ("a", "航发", "a", '[/x] "'):
        save_query(folder, query)
    assert load_queries(folder) == ["航发", "a", '[/x] "']
    assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_only_the_last_are_kept(tmp_path: Path) -> None:
    for number in range(MOST_QUERIES + 5):
        save_query(tmp_path, str(number))
    assert load_queries(tmp_path) == [str(n) for n in range(5, MOST_QUERIES + 5)]


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"7", b"[1, null]"])
def test_a_broken_file_is_an_empty_one(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert load_queries(tmp_path) == []
    save_query(tmp_path, "a")
    assert load_queries(tmp_path) == ["a"]


def test_without_a_folder_nothing_is_kept() -> None:
    save_query(None, "a")
    assert load_queries(None) == []


@pytest.mark.parametrize("name", ["projects.toml", "shenyang.toml", ""])
def test_each_example_is_a_query_without_an_error(name: str) -> None:
    dataset = parse((DATA / name).read_bytes()).dataset if name else Dataset()
    index = Index(dataset)
    made = make_examples(dataset)
    assert len(made) == 10
    for query, _ in made:
        parsed = index.parse(query, today=date(2026, 11, 23))
        if name:
            assert not parsed.has_error, query
