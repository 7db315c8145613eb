"""Funnel, matrix and largest projects: what they count is what the file says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli

from hunnan_tui.analysis.pipeline import build_funnel, build_matrix, measure_largest
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.store import Store

DATA = Path(__file__).parents[2] / "data"
Read = tuple[list[dict[str, Any]], Index, int]


@pytest.fixture(scope="module", params=["projects.toml", "shenyang.toml"])
def read(request: pytest.FixtureRequest) -> Read:
    path = DATA / request.param
    index = Index(Store(path).load().dataset)
    return tomli.loads(path.read_text())["projects"], index, index.everything


def amount(projects: list[dict[str, Any]]) -> int:
    """Return the sum of amounts without those of parts whose whole is among them."""
    amounts = {project["id"]: project.get("investment", 0) for project in projects}
    return sum(
        project.get("investment", 0)
        for project in projects
        if not amounts.get(project.get("part_of", ""))
    )


def test_the_funnel_has_each_project_at_its_stage(read: Read) -> None:
    projects, index, mask = read
    found = build_funnel(index, mask)
    stages = Counter(project.get("stage", "") for project in projects)
    steps = (*found.steps, *found.strays)
    assert {
        step.stage: step.count.projects for step in steps if step.count.projects
    } == (stages)
    assert found.all.projects == len(projects)
    assert found.all.investment == amount(projects)
    assert found.all.not_stated == sum(
        "investment" not in project for project in projects
    )
    order = [step.stage for step in found.steps]
    for place, step in enumerate(found.steps):
        assert step.reached == sum(stages[each] for each in order[place:])


def test_the_matrix_has_a_project_in_each_of_its_industries(read: Read) -> None:
    projects, index, mask = read
    found = build_matrix(index, mask)
    counted = [
        (industry, project.get("stage", ""), project)
        for project in projects
        for industry in project.get("industries") or [""]
    ]
    expected = Counter((industry, stage) for industry, stage, _ in counted)
    assert {place: each.projects for place, each in found.cells.items()} == expected
    for row, _ in found.rows:
        here = [each for industry, _, each in counted if industry == row]
        assert found.by_row[row].projects == len(here)
        assert found.by_row[row].investment == amount(here)
    for column, _ in found.columns:
        here = [project for project in projects if project.get("stage", "") == column]
        assert found.by_column[column].projects == len(here)
        assert found.by_column[column].investment == amount(here)
    assert found.several == len(counted) - len(projects)


def test_the_largest_are_a_part_of_all_stated_amounts(read: Read) -> None:
    projects, index, mask = read
    wholes = [project for project in projects if "part_of" not in project]
    amounts = sorted((each.get("investment", 0) for each in wholes), reverse=True)
    for each in measure_largest(index, mask):
        assert each.investment == sum(amounts[: each.number])
        assert each.share == each.investment / amount(projects)
    assert [each.number for each in measure_largest(index, mask)] == [1, 3, 10]


def test_of_no_project_everything_is_nothing(read: Read) -> None:
    _, index, _ = read
    assert build_funnel(index, 0).all.projects == 0
    assert build_matrix(index, 0).rows == ()
    assert measure_largest(index, 0) == ()
