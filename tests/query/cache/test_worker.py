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
from hunnan_tui.query.cache import chunks
from hunnan_tui.query.cache import packing as kept
from hunnan_tui.query.cache import protocol as survey_lines
from hunnan_tui.query.cache.builder import survey
from hunnan_tui.query.cache.checksums import BrokenSurveyError, hash_of
from hunnan_tui.query.cache.chunks import read_chunks
from hunnan_tui.query.cache.packing import (
    Survey,
    check,
    is_likely,
    unkept,
    write_kept,
)
from hunnan_tui.query.cache.process import Surveyor
from hunnan_tui.query.cache.protocol import heading
from hunnan_tui.query.cache.reader import Found, find
from hunnan_tui.query.cache.receiver import Gathering
from hunnan_tui.query.cache.storage import KEPT, keep, open_kept
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
    survey(path, lines.append)
    return lines


def heading_of(text: bytes) -> dict[str, Any]:
    return heading(len(text), hash_of(text))


def gathered(text: bytes, lines: list[bytes]) -> Gathering:
    gathering = Gathering(text, heading_of(text))
    for each in lines:
        gathering.take(each)
    return gathering


def whole(path: Path) -> Survey:
    return gathered(path.read_bytes(), build_lines(path)).whole()


def written(survey: Survey, text: bytes) -> bytes:
    file = BytesIO()
    write_kept(file, survey, Found(text, STAMP, None), FACETS, lambda: None)
    return file.getvalue()


def read(kept: bytes, text: bytes) -> Survey:
    contents, chunks = read_chunks(BytesIO(kept))
    check(Found(text, STAMP, None), contents)
    return unkept(text, contents, chunks)


def assert_says(survey: Survey, text: bytes, name: str) -> None:
    """Assert that a survey says what the parse of the whole text does."""
    parsed, wanted = survey.parsed, parse(text, name)
    assert parsed == wanted
    assert list(parsed.dataset.projects) == list(wanted.dataset.projects)
    projects = wanted.dataset.projects.values()
    annotated = [each.key for each in projects if each.annotations != Annotations()]
    assert list(parsed.dataset.annotated_keys()) == annotated
    index, plain = survey.index, Index(wanted.dataset)
    plain.prepare()
    plain.prepare_pinyin()
    assert index.has_pinyin
    assert index.overview(FACETS) == plain.overview(FACETS)
    assert index.list_keys(index.everything) == plain.list_keys(plain.everything)
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
    survey = whole(path)
    assert_says(survey, data, str(path))
    assert_says(read(written(survey, data), data), data, str(path))


def test_the_process_writes_the_same(path: Path) -> None:
    assert list(Surveyor(path).lines()) == build_lines(path)


@pytest.mark.parametrize("text", ["", "x = 1", "projects = []", "[[projects]]\nx = "])
def test_a_file_that_is_no_large_dataset_has_none(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(BrokenSurveyError):
        list(Surveyor(path).lines())
    with pytest.raises(NotInBlocksError):
        build_lines(path)


def test_a_process_that_is_stopped_gives_no_survey(path: Path) -> None:
    surveyor = Surveyor(path)
    surveyor.stop()
    with pytest.raises(BrokenSurveyError):
        list(surveyor.lines())


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
    changed = data.draw(st.integers(0, 255).filter(lambda each: each != lines[place]))
    damaged = lines[:place] + bytes([changed]) + lines[place + 1 :]
    for wrong in (damaged, lines[:place]):
        with pytest.raises(BrokenSurveyError):
            gathered(text, wrong.splitlines(keepends=True)).whole()


def test_that_of_another_text_is_not_used(path: Path) -> None:
    lines, survey, text = build_lines(path), whole(path), path.read_bytes()
    with pytest.raises(BrokenSurveyError):
        gathered(text + b"\n", lines)
    with pytest.raises(BrokenSurveyError):
        read(written(survey, text), text + b"\n")


def test_a_file_that_was_not_touched_is_likely_the_same(path: Path) -> None:
    text = path.read_bytes()
    contents, _ = read_chunks(BytesIO(written(whole(path), text)))
    assert is_likely(Found(text, STAMP, None), contents)
    assert not is_likely(Found(text, (1, 2, 4), None), contents)
    assert not is_likely(Found(text + b"\n", STAMP, None), contents)
    assert not is_likely(Found(text, STAMP, None), {})


def test_that_of_another_version_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, survey, text = build_lines(path), whole(path), path.read_bytes()
    kept = written(survey, text)
    monkeypatch.setattr(survey_lines, "FORM", survey_lines.FORM + 1)
    with pytest.raises(BrokenSurveyError):
        gathered(text, lines)
    with pytest.raises(BrokenSurveyError):
        read(kept, text)
    contents, _ = read_chunks(BytesIO(kept))
    assert not is_likely(Found(text, STAMP, None), contents)


@given(st.data())
@examples(100)
def test_a_damaged_or_cut_off_kept_one_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    text = path.read_bytes()
    kept = written(whole(path), text)
    place = data.draw(st.integers(0, len(kept) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda each: each != kept[place]))
    damaged = kept[:place] + bytes([changed]) + kept[place + 1 :]
    for wrong in (damaged, kept[:place], kept[place + 1 :]):
        with pytest.raises(BrokenSurveyError):
            read(wrong, text)


def test_one_in_many_pieces_and_blocks_says_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_ROWS", 2)
    monkeypatch.setattr(chunks, "_BLOCK", 100)
    text = path.read_bytes()
    assert_says(read(written(whole(path), text), text), text, str(path))


def test_an_index_follows_an_edit_before_and_after_it_is_unpacked(path: Path) -> None:
    text = path.read_bytes()
    survey = read(written(whole(path), text), text)
    project = survey.parsed.dataset.projects["b"]
    edited = project._replace(annotations=project.annotations._replace(tags=("水电",)))
    dataset = survey.parsed.dataset.with_projects({"b": edited})
    before = survey.index.update(dataset, {"b"})
    survey.unpack()
    after = survey.index.update(dataset, {"b"})
    plain = Index(dataset)
    plain.prepare()
    plain.prepare_pinyin()
    for index in (before, after):
        assert index.overview(FACETS) == plain.overview(FACETS)
        for name in CACHED_COLUMNS:
            assert index.columns.get(name) == plain.columns.get(name)


def test_writing_one_can_be_ended(path: Path) -> None:
    survey, text = whole(path), path.read_bytes()

    def look() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_kept(BytesIO(), survey, Found(text, STAMP, None), FACETS, look)


class TestCache:
    @staticmethod
    def keep(cache: Path | None, path: Path, text: bytes = b"a") -> None:
        def write(file: BinaryIO) -> None:
            file.write(text)

        keep(cache, path, write)

    @staticmethod
    def kept(cache: Path | None, path: Path) -> bytes | None:
        file = open_kept(cache, path)
        if file is None:
            return None
        with file:
            return file.read()

    def test_gives_what_was_kept(self, tmp_path: Path, path: Path) -> None:
        cache = tmp_path / "cache"
        assert self.kept(cache, path) is None
        self.keep(cache, path, b"one")
        self.keep(cache, path, b"two")
        assert self.kept(cache, path) == b"two"

    def test_keeps_nothing_that_came_to_no_end(
        self, tmp_path: Path, path: Path
    ) -> None:
        def write(file: BinaryIO) -> None:
            file.write(b"a")
            raise KeyboardInterrupt

        cache = tmp_path / "cache"
        with pytest.raises(KeyboardInterrupt):
            keep(cache, path, write)
        assert self.kept(cache, path) is None
        assert [*cache.iterdir()] == []

    def test_that_cannot_be_written_keeps_nothing(self, path: Path) -> None:
        self.keep(path / "x", path)
        self.keep(None, path)
        assert self.kept(path / "x", path) is self.kept(None, path) is None

    def test_forgets_the_oldest(self, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        for n in range(KEPT + 3):
            self.keep(cache, tmp_path / f"{n}.toml")
        assert len([*cache.iterdir()]) == KEPT
        assert self.kept(cache, tmp_path / f"{KEPT + 2}.toml") == b"a"

    def test_what_is_found_says_whether_anything_was_kept(
        self, tmp_path: Path, path: Path
    ) -> None:
        cache = tmp_path / "cache"
        text = path.read_bytes()
        found = find(path, cache)
        assert (found.text, found.kept) == (text, None)
        self.keep(cache, path, b"no survey")
        assert find(path, cache).kept is None
        self.keep(cache, path, written(whole(path), text))
        found = find(path, cache)
        assert found.hash == hash_of(text)
        assert found.kept is not None
