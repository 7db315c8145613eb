"""What a survey says of a file is what reading the file gives; a bad one is not used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunnan_tui.dataset import parse
from hunnan_tui.loading import NotInBlocksError
from hunnan_tui.query import Index
from hunnan_tui.query.stated import STATED
from hunnan_tui.survey import lines as survey_lines
from hunnan_tui.survey.cache import KEPT, keeping, kept_lines
from hunnan_tui.survey.gathering import Gathering
from hunnan_tui.survey.lines import BrokenSurveyError
from hunnan_tui.survey.process import Surveyor
from hunnan_tui.survey.surveying import survey

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
texts = st.lists(st.sampled_from(PROJECTS), min_size=1, max_size=8).map("".join)


def surveyed(path: Path) -> list[bytes]:
    said: list[bytes] = []
    survey(path, said.append)
    return said


def gathered(text: bytes, said: list[bytes]) -> Gathering:
    gathering = Gathering(text)
    for each in said:
        gathering.take(each)
    return gathering


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "f.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    return path


@given(texts)
@settings(max_examples=40, deadline=None)
def test_it_says_what_the_file_says(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "survey.toml"
    path.write_text(HEAD + text)
    data = path.read_bytes()
    gathering = gathered(data, surveyed(path))
    parsed, whole = gathering.whole(), parse(data, str(path))
    assert parsed == whole
    assert list(parsed.dataset.projects) == list(whole.dataset.projects)
    index, plain = gathering.index(parsed.dataset), Index(whole.dataset)
    plain.prepare()
    plain.prepare_pinyin()
    assert index.has_pinyin
    for name in (*STATED, ("said", "")):
        column = index._tables.columns.get(name)
        assert column == plain._tables.columns.get(name)


def test_the_process_writes_the_same(path: Path) -> None:
    assert list(Surveyor(path).lines()) == surveyed(path)


@pytest.mark.parametrize("text", ["", "x = 1", "projects = []", "[[projects]]\nx = "])
def test_a_file_that_is_no_large_dataset_has_none(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(BrokenSurveyError):
        list(Surveyor(path).lines())
    with pytest.raises(NotInBlocksError):
        surveyed(path)


def test_a_process_that_is_stopped_gives_no_survey(path: Path) -> None:
    surveyor = Surveyor(path)
    surveyor.stop()
    with pytest.raises(BrokenSurveyError):
        list(surveyor.lines())


def test_the_process_ends_when_nobody_reads(path: Path) -> None:
    path.write_text(
        HEAD + "".join(PROJECTS[1].replace('"b"', f'"b{n}"') for n in range(5000))
    )
    command = [sys.executable, "-m", "hunnan_tui.survey", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait(30) != 0


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_or_cut_off_one_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    path.write_text(HEAD + "".join(PROJECTS))
    text = path.read_bytes()
    said = b"".join(surveyed(path))
    place = data.draw(st.integers(0, len(said) - 1))
    changed = data.draw(st.integers(0, 255).filter(lambda each: each != said[place]))
    damaged = said[:place] + bytes([changed]) + said[place + 1 :]
    for wrong in (damaged, said[:place]):
        with pytest.raises(BrokenSurveyError):
            gathered(text, wrong.splitlines(keepends=True)).whole()


def test_that_of_another_text_is_not_used(path: Path) -> None:
    said = surveyed(path)
    with pytest.raises(BrokenSurveyError):
        gathered(path.read_bytes() + b"\n", said)


def test_that_of_another_version_is_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = surveyed(path)
    monkeypatch.setattr(survey_lines, "FORM", survey_lines.FORM + 1)
    with pytest.raises(BrokenSurveyError):
        gathered(path.read_bytes(), said)


class TestCache:
    def test_gives_the_lines_that_were_kept(self, tmp_path: Path, path: Path) -> None:
        cache = tmp_path / "cache"
        assert list(kept_lines(cache, path)) == []
        assert list(keeping(cache, path, [b"a\n", b"b\n"])) == [b"a\n", b"b\n"]
        assert list(kept_lines(cache, path)) == [b"a\n", b"b\n"]

    def test_keeps_nothing_that_came_to_no_end(
        self, tmp_path: Path, path: Path
    ) -> None:
        cache = tmp_path / "cache"
        lines = keeping(cache, path, [b"a\n", b"b\n"])
        next(lines)
        lines.close()  # type: ignore[attr-defined]  # a generator
        assert list(kept_lines(cache, path)) == []
        assert [*cache.iterdir()] == []

    def test_that_cannot_be_written_passes_lines_on(self, path: Path) -> None:
        assert list(keeping(path / "x", path, [b"a\n"])) == [b"a\n"]
        assert list(keeping(None, path, [b"a\n"])) == [b"a\n"]
        assert list(kept_lines(None, path)) == []

    def test_forgets_the_oldest(self, tmp_path: Path) -> None:
        cache = tmp_path / "cache"
        for n in range(KEPT + 3):
            list(keeping(cache, tmp_path / f"{n}.toml", [b"a\n"]))
        assert len([*cache.iterdir()]) == KEPT
        assert list(kept_lines(cache, tmp_path / f"{KEPT + 2}.toml")) == [b"a\n"]
