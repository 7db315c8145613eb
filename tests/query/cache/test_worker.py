"""What a survey says of a file is what reading the file gives; a bad one is not used."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.model import Annotations
from hunnan_tui.dataset.incremental import NotInBlocksError
from hunnan_tui.dataset.parser import parse
from hunnan_tui.query.cache import chunks, packing, protocol
from hunnan_tui.query.cache.builder import build_index
from hunnan_tui.query.cache.checksums import InvalidIndexError, hash_text
from hunnan_tui.query.cache.chunks import read_chunks
from hunnan_tui.query.cache.packing import (
    FileIndex,
    check_header,
    is_probably_current,
    unpack,
    write_cache,
)
from hunnan_tui.query.cache.process import IndexProcess
from hunnan_tui.query.cache.protocol import make_header
from hunnan_tui.query.cache.reader import CachedFile, read_snapshot
from hunnan_tui.query.cache.receiver import IndexReceiver
from hunnan_tui.query.cache.storage import MAX_FILES, open_cache, save_cache
from hunnan_tui.query.engine.base_columns import CACHED_COLUMNS
from hunnan_tui.query.engine.counts import FACETS
from hunnan_tui.query.engine.index import Index
from tests.strategies import examples

HEAD = """[dataset]
title = "T"
[[stages]]
id = "signed"
[[sources]]
id = "s"
date = "2023-03"
kind = "media"
"""
PROJECTS = (
    '[[projects]]\nid = "a"\nname = "Gas 航发"\nstage = "signed"\nsources = ["s"]\n',
    '[[projects]]\nid = "b"\nname = "B"\ninvestment = 15_000\ntags = ["x", "ｘ"]\n',
    '[[projects]]\nid = "p"\nname = "P"\ninvestment = 5_000\npart_of = "b"\n',
    '[[projects]]\nid = "own"\nname = "Own"\nleader = "李"\nplan = 12.5\n'
    'facts = [{ label = "面积（亩）", value = "5" }]\nrisks = ["low", "high"]\n',
    '[[projects]]\nname = "no id"\nstage = "unknown"\nsources = ["nowhere"]\n',
    '[[projects]]\nid = "n"\nname = "N"\nfollow_up = 2026-12-01\n'
    'events = [{ date = "2023", what = "w", stage = "signed" }, { what = "v" }]\n'
    'needs = [{ kind = "energy", what = "kV", state = "open" }]\n'
    '[[projects.notes]]\nat = 2026-11-23T09:12:00+08:00\ntext = "\\u0000 | note"\n',
)
STAMP = (1, 2, 3)
texts = st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=8).map("".join)


def build_lines(path: Path) -> list[bytes]:
    lines: list[bytes] = []
    build_index(path, lines.append)
    return lines


def make_header_of(text: bytes) -> dict[str, Any]:
    return make_header(len(text), hash_text(text))


def receive(text: bytes, lines: list[bytes]) -> IndexReceiver:
    receiver = IndexReceiver(text, make_header_of(text))
    for line in lines:
        receiver.receive(line)
    return receiver


def build_file_index(path: Path) -> FileIndex:
    return receive(path.read_bytes(), build_lines(path)).finish()


def write_bytes(file_index: FileIndex, text: bytes) -> bytes:
    file = BytesIO()
    write_cache(file, file_index, CachedFile(text, STAMP, None), FACETS, lambda: None)
    return file.getvalue()


def read_cache(cached: bytes, text: bytes) -> FileIndex:
    contents, chunks = read_chunks(BytesIO(cached))
    check_header(CachedFile(text, STAMP, None), contents)
    return unpack(text, contents, chunks)


def assert_matches(file_index: FileIndex, text: bytes, name: str) -> None:
    """Assert that a survey says what the parse of the whole text does."""
    parsed, expected = file_index.parsed, parse(text, name)
    assert parsed == expected
    assert list(parsed.dataset.projects) == list(expected.dataset.projects)
    projects = expected.dataset.projects.values()
    annotated = [line.key for line in projects if line.annotations != Annotations()]
    assert list(parsed.dataset.list_annotated_keys()) == annotated
    index, plain = file_index.index, Index(expected.dataset)
    plain.prepare()
    plain.prepare_pinyin()
    plain_own = plain.find_own_fields()
    assert index.has_pinyin
    assert index.make_overview(FACETS) == plain.make_overview(FACETS)
    assert index.list_keys(index.everything) == plain.list_keys(plain.everything)
    fields = [own._replace(field=own.field._replace(compute=None)) for own in plain_own]
    assert fields == [
        own._replace(field=own.field._replace(compute=None))
        for own in index.find_own_fields()
    ]
    for column in CACHED_COLUMNS:
        assert index.columns.get(column) == plain.columns.get(column)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "f.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    return path


@given(texts)
def test_it_says_what_the_file_says(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "survey.toml"
    path.write_text(HEAD + text)
    data = path.read_bytes()
    file_index = build_file_index(path)
    assert_matches(file_index, data, str(path))
    assert_matches(read_cache(write_bytes(file_index, data), data), data, str(path))


def test_the_process_writes_the_same(path: Path) -> None:
    assert list(IndexProcess(path).read_lines()) == build_lines(path)


@pytest.mark.parametrize("text", ["", "x = 1", "projects = []", "[[projects]]\nx = "])
def test_a_file_that_is_no_large_dataset_has_none(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(InvalidIndexError):
        list(IndexProcess(path).read_lines())
    with pytest.raises(NotInBlocksError):
        build_lines(path)


def test_a_process_that_is_stopped_gives_no_survey(path: Path) -> None:
    process = IndexProcess(path)
    process.stop()
    with pytest.raises(InvalidIndexError):
        list(process.read_lines())


def test_the_process_ends_when_nobody_reads(path: Path) -> None:
    path.write_text(
        HEAD + "".join(PROJECTS[1].replace('"b"', f'"b{n}"') for n in range(5000))
    )
    command = [sys.executable, "-m", "hunnan_tui.query.cache.worker", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(30) != 0


@given(st.data())
def test_a_damaged_or_cut_off_one_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    text = path.read_bytes()
    lines = b"".join(build_lines(path))
    place = data.draw(st.integers(0, len(lines) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda line: line != lines[place]))
    damaged = lines[:place] + bytes([changed]) + lines[place + 1 :]
    for wrong in (damaged, lines[:place]):
        with pytest.raises(InvalidIndexError):
            receive(text, wrong.splitlines(keepends=True)).finish()


def test_that_of_another_text_is_not_used(path: Path) -> None:
    lines, file_index, text = (
        build_lines(path),
        build_file_index(path),
        path.read_bytes(),
    )
    with pytest.raises(InvalidIndexError):
        receive(text + b"\n", lines)
    with pytest.raises(InvalidIndexError):
        read_cache(write_bytes(file_index, text), text + b"\n")


def test_a_file_that_was_not_touched_is_likely_the_same(path: Path) -> None:
    text = path.read_bytes()
    contents, _ = read_chunks(BytesIO(write_bytes(build_file_index(path), text)))
    assert is_probably_current(CachedFile(text, STAMP, None), contents)
    assert not is_probably_current(CachedFile(text, (1, 2, 4), None), contents)
    assert not is_probably_current(CachedFile(text + b"\n", STAMP, None), contents)
    assert not is_probably_current(CachedFile(text, STAMP, None), {})


def test_that_of_another_version_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, file_index, text = (
        build_lines(path),
        build_file_index(path),
        path.read_bytes(),
    )
    cached = write_bytes(file_index, text)
    monkeypatch.setattr(protocol, "FORMAT_VERSION", protocol.FORMAT_VERSION + 1)
    with pytest.raises(InvalidIndexError):
        receive(text, lines)
    with pytest.raises(InvalidIndexError):
        read_cache(cached, text)
    contents, _ = read_chunks(BytesIO(cached))
    assert not is_probably_current(CachedFile(text, STAMP, None), contents)


@given(st.data())
@examples(100)
def test_a_damaged_or_cut_off_kept_one_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    text = path.read_bytes()
    cached = write_bytes(build_file_index(path), text)
    place = data.draw(st.integers(0, len(cached) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda line: line != cached[place]))
    damaged = cached[:place] + bytes([changed]) + cached[place + 1 :]
    for wrong in (damaged, cached[:place], cached[place + 1 :]):
        with pytest.raises(InvalidIndexError):
            read_cache(wrong, text)


def test_one_in_many_pieces_and_blocks_says_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "_PIECE_ROWS", 2)
    monkeypatch.setattr(chunks, "_BLOCK", 100)
    text = path.read_bytes()
    assert_matches(
        read_cache(write_bytes(build_file_index(path), text), text), text, str(path)
    )


def test_an_index_follows_an_edit_before_and_after_it_is_unpacked(path: Path) -> None:
    text = path.read_bytes()
    file_index = read_cache(write_bytes(build_file_index(path), text), text)
    project = file_index.parsed.dataset.projects["b"]
    edited = project._replace(annotations=project.annotations._replace(tags=("水电",)))
    dataset = file_index.parsed.dataset.with_projects({"b": edited})
    before = file_index.index.update(dataset, {"b"})
    file_index.unpack()
    after = file_index.index.update(dataset, {"b"})
    plain = Index(dataset)
    plain.prepare()
    plain.prepare_pinyin()
    for index in (before, after):
        assert index.make_overview(FACETS) == plain.make_overview(FACETS)
        for name in CACHED_COLUMNS:
            assert index.columns.get(name) == plain.columns.get(name)


def test_writing_one_can_be_ended(path: Path) -> None:
    file_index, text = build_file_index(path), path.read_bytes()

    def look() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_cache(BytesIO(), file_index, CachedFile(text, STAMP, None), FACETS, look)


class TestCache:
    @staticmethod
    def save_cache(cache: Path | None, path: Path, text: bytes = b"a") -> None:
        def write(file: BinaryIO) -> None:
            file.write(text)

        save_cache(cache, path, write)

    @staticmethod
    def cached(cache: Path | None, path: Path) -> bytes | None:
        file = open_cache(cache, path)
        if file is None:
            return None
        with file:
            return file.read()

    def test_gives_what_was_kept(self, tmp_path: Path, path: Path) -> None:
        cache = tmp_path / "cache"
        assert self.cached(cache, path) is None
        self.save_cache(cache, path, b"one")
        self.save_cache(cache, path, b"two")
        assert self.cached(cache, path) == b"two"

    def test_keeps_nothing_that_came_to_no_end(
        self, tmp_path: Path, path: Path
    ) -> None:
        def write(file: BinaryIO) -> None:
            file.write(b"a")
            raise KeyboardInterrupt

        cache = tmp_path / "cache"
        with pytest.raises(KeyboardInterrupt):
            save_cache(cache, path, write)
        assert self.cached(cache, path) is None
        assert [*cache.iterdir()] == []

    def test_that_cannot_be_written_keeps_nothing(self, path: Path) -> None:
        self.save_cache(path / "x", path)
        self.save_cache(None, path)
        assert self.cached(path / "x", path) is self.cached(None, path) is None

    def test_forgets_the_oldest(self, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        for n in range(MAX_FILES + 3):
            self.save_cache(cache, tmp_path / f"{n}.toml")
        assert len([*cache.iterdir()]) == MAX_FILES
        assert self.cached(cache, tmp_path / f"{MAX_FILES + 2}.toml") == b"a"

    def test_what_is_found_says_whether_anything_was_kept(
        self, tmp_path: Path, path: Path
    ) -> None:
        cache = tmp_path / "cache"
        text = path.read_bytes()
        updated = read_snapshot(path, cache)
        assert (updated.text, updated.cached) == (text, None)
        self.save_cache(cache, path, b"no survey")
        assert read_snapshot(path, cache).cached is None
        self.save_cache(cache, path, write_bytes(build_file_index(path), text))
        updated = read_snapshot(path, cache)
        assert updated.hash == hash_text(text)
        assert updated.cached is not None
