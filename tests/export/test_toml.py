from __future__ import annotations

from pathlib import Path

import pytest
import tomli
from hypothesis import given

from hunnan_tui.core.errors import Level
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.parser import parse
from hunnan_tui.export.formats.registry import FORMATS
from hunnan_tui.export.selection import Selection
from tests.export.cases import (
    DAY,
    HOSTILE,
    hostile_dataset,
    whole,
)
from tests.strategies import datasets, examples

DATA = Path(__file__).parents[2] / "data"


def read_back(dataset: Dataset, *, own: bool = True) -> Dataset:
    parsed = parse(FORMATS["toml"].encode(whole(dataset, own=own)))
    errors = [problem for problem in parsed.problems if problem.level is Level.ERROR]
    assert errors == []
    return parsed.dataset


@pytest.mark.parametrize("name", ["projects.toml", "shenyang.toml"])
def test_the_shipped_projects_come_back_without_a_problem(name: str) -> None:
    dataset = parse((DATA / name).read_bytes()).dataset
    parsed = parse(FORMATS["toml"].encode(whole(dataset)))
    assert parsed.problems == ()
    assert parsed.dataset.projects == dataset.projects
    assert list(parsed.dataset.projects) == list(dataset.projects)
    assert parsed.dataset.stages == dataset.stages
    assert parsed.dataset.industries == dataset.industries
    assert dict(parsed.dataset.sources).items() <= dict(dataset.sources).items()


def test_only_the_sources_of_the_projects_come_along() -> None:
    dataset = parse((DATA / "projects.toml").read_bytes()).dataset
    key = "aecc-gas-turbine-base"
    text = FORMATS["toml"].encode(Selection(dataset, [key], DAY))
    parsed = parse(text)
    project = dataset.projects[key]
    cited = {*project.sources, *(event.source for event in project.events)}
    cited |= {fact.source for fact in project.facts}
    assert parsed.problems == ()
    assert set(parsed.dataset.sources) == cited - {""}
    assert list(parsed.dataset.projects) == [key]


@given(datasets())
def test_any_projects_come_back(dataset: Dataset) -> None:
    back = read_back(dataset).projects
    assert list(back) == list(dataset.projects)
    for key, project in dataset.projects.items():
        name = project.name if project.name.strip() else "-"
        assert back[key] == project._replace(name=name)


@examples(20)
@given(datasets())
def test_what_the_reader_added_stays_at_home_unless_asked_for(
    dataset: Dataset,
) -> None:
    for project in read_back(dataset, own=False).projects.values():
        assert project.annotations == Annotations()


def test_hostile_text_comes_back_and_nothing_of_it_is_obeyed() -> None:
    text = FORMATS["toml"].encode(whole(hostile_dataset())).decode()
    assert not UNSAFE.search(text)
    read = tomli.loads(text)["projects"]
    for project, written in zip(read, HOSTILE, strict=True):
        expected = written.encode("utf-8", "replace").decode().replace("??", "?")
        if "\ud800" not in written:
            assert project["name"] == expected
            assert project["tags"] == [expected]
        else:
            assert "\ufffd lone \ufffd" in project["name"]


def test_projects_get_ids_of_their_own_where_the_file_has_none() -> None:
    twins = {
        "twin": Project("twin", "twin", "One"),
        "twin#2": Project("twin#2", "twin", "Two"),
        "#3": Project("#3", "", "Three"),
    }
    assert list(read_back(Dataset(projects=twins)).projects) == list(twins)


def test_a_value_that_could_not_be_read_is_told_in_a_comment() -> None:
    project = Project("a", "a", "A", faulty=(("investment", "lots\nof = 'it'"),))
    text = FORMATS["toml"].encode(whole(Dataset(projects={"a": project}))).decode()
    assert "# not readable as written: investment = lots of = 'it'\n" in text
    assert parse(text.encode()).problems == ()
