"""A cache that another version has written is opened, not believed, and made anew."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from hunnan_tui.dataset import incremental
from hunnan_tui.dataset.parser import parse
from hunnan_tui.files.io import read_stamp
from hunnan_tui.files.set_aside import take_messages
from hunnan_tui.query.cache import opening
from hunnan_tui.query.cache.builder import build_index
from hunnan_tui.query.cache.chunks import read_chunks, write_chunks
from hunnan_tui.query.cache.opening import open_indexed
from hunnan_tui.query.cache.packing import check_header, is_probably_current
from hunnan_tui.query.cache.protocol import FORMAT_VERSION, make_header
from hunnan_tui.query.cache.reader import read_snapshot
from hunnan_tui.query.cache.storage import save_cache
from hunnan_tui.query.engine.index import Index

OLDER = Path(__file__).parents[2] / "storage" / "older_state"
WRONG = b'[dataset]\n\n[[projects]]\nid = "a"\nname = "Wrong"\ntags = ["wrong"]\n'
HEADINGS: dict[str, dict[str, Any]] = {
    "the first form": {"form": 1},
    "an earlier form": {"form": FORMAT_VERSION - 1},
    "a later form": {"form": FORMAT_VERSION + 1},
    "no form": {"form": None},
    "an older program": {"version": "0.0.9"},
    "other columns": {"columns": []},
    "other texts": {"texts": ["name"]},
}
"""What of the heading another version has written otherwise."""


class HereBuilt:
    """Builds an index as the process of the program does, in this one."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read_lines(self) -> list[bytes]:
        lines: list[bytes] = []
        build_index(self._path, lines.append)
        return lines


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(incremental, "LARGE", 1)
    monkeypatch.setattr(opening, "IndexProcess", HereBuilt)
    path = tmp_path / "projects.toml"
    path.write_bytes((OLDER / "projects.toml").read_bytes())
    return path


def put(folder: Path, path: Path, content: bytes) -> None:
    """Let a file be the cache of a dataset."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    save_cache(folder, path, write)


def assert_made_anew(path: Path, folder: Path) -> None:
    """Assert that a command finds what the file says, and the next one in the cache."""
    for turn in range(2):
        snapshot, found = open_indexed(path, folder, may_build=not turn)
        expected = parse(path.read_bytes(), str(path))
        plain = Index(expected.dataset)
        assert found.parsed == expected
        assert found.index.make_overview(()) == plain.make_overview(())
        for key in plain.list_keys(plain.everything):
            assert found.parsed.dataset.projects[key] == expected.dataset.projects[key]
        assert take_messages() == ()
    assert snapshot.cached is not None
    check_header(snapshot, snapshot.cached[0])
    assert [file.suffix for file in folder.iterdir()] == [".survey"]


def test_one_that_an_earlier_version_has_written(path: Path, tmp_path: Path) -> None:
    put(tmp_path / "cache", path, (OLDER / "cache.survey").read_bytes())
    snapshot = read_snapshot(path, tmp_path / "cache")
    assert snapshot.cached is not None
    assert snapshot.cached[0]["heading"]["form"] < FORMAT_VERSION
    assert_made_anew(path, tmp_path / "cache")


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The cache of a file that says something else."""
    folder = tmp_path_factory.mktemp("wrong")
    path = folder / "projects.toml"
    path.write_bytes(WRONG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incremental, "LARGE", 1)
        patch.setattr(opening, "IndexProcess", HereBuilt)
        open_indexed(path, folder / "cache")
    (file,) = (folder / "cache").iterdir()
    return file.read_bytes()


def rewrite(cached: bytes, path: Path, changed: dict[str, Any]) -> bytes:
    """Return a cache that claims to be that of a file, but for a part of its heading."""
    contents, chunks = read_chunks(BytesIO(cached))
    snapshot = read_snapshot(path, None)
    heading = make_header(len(snapshot.text), snapshot.hash) | changed
    stamp = list(read_stamp(path))
    file = BytesIO()
    pieces = ((name, bytes(piece)) for name in chunks for piece in chunks[name])
    write_chunks(file, contents | {"heading": heading, "stamp": stamp}, pieces)
    return file.getvalue()


@pytest.mark.parametrize("changed", HEADINGS.values(), ids=HEADINGS)
def test_one_with_any_other_heading(
    path: Path,
    tmp_path: Path,
    cached: bytes,
    changed: dict[str, Any],
) -> None:
    put(tmp_path / "cache", path, rewrite(cached, path, changed))
    snapshot = read_snapshot(path, tmp_path / "cache")
    assert snapshot.cached is not None
    assert not is_probably_current(snapshot, snapshot.cached[0])
    assert_made_anew(path, tmp_path / "cache")


def test_the_others_differ_by_their_heading_alone(
    path: Path, tmp_path: Path, cached: bytes
) -> None:
    put(tmp_path / "cache", path, rewrite(cached, path, {}))
    snapshot = read_snapshot(path, tmp_path / "cache")
    assert snapshot.cached is not None
    assert is_probably_current(snapshot, snapshot.cached[0])
    check_header(snapshot, snapshot.cached[0])
