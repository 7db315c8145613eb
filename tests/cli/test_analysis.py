"""What `stats` and `coverage` print for a small dataset, compared with golden files.

GOLDEN=write writes the files anew: look at the difference before it is committed.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli

from hunnan_tui.core.text import UNSAFE
from tests.cli.conftest import GOLDEN, Run

DATA = Path(__file__).parents[2] / "data"
FILE = "announced.toml"
COMMANDS = {
    "stats.txt": ("stats", FILE),
    "stats-none.txt": ("stats", FILE, "-q", "nothingatall"),
    "stats.md": ("stats", FILE, "--format", "md", "-q", "industry:energy"),
    "stats.json": ("stats", FILE, "--format", "json"),
    "coverage.txt": ("coverage", FILE),
    "coverage.md": ("coverage", FILE, "--format", "md"),
    "coverage.json": ("coverage", FILE, "--format", "json"),
}


@pytest.fixture(autouse=True)
def announced(home: Path) -> Path:
    """The golden dataset with published totals."""
    file = home / FILE
    file.write_bytes((GOLDEN / FILE).read_bytes())
    return file


@pytest.mark.parametrize("name", COMMANDS)
def test_prints_as_in_the_golden_file(name: str, run: Run) -> None:
    ran = run(*COMMANDS[name])
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(ran.out.encode())
    assert ran.out.encode() == golden.read_bytes()
    assert ran.code == 0
    assert not UNSAFE.search(ran.out)
    assert not UNSAFE.search(ran.err)


def test_a_query_without_sense_is_refused(run: Run) -> None:
    ran = run("stats", FILE, "-q", "invest>lots")
    assert (ran.code, ran.out) == (2, "")


def test_a_file_without_published_totals_says_so(home: Path, run: Run) -> None:
    (home / "bare.toml").write_text('[[projects]]\nid = "a"\nname = "A"\n')
    assert "no published totals" in run("coverage", "bare.toml").out


def test_the_figures_of_the_report_of_2023(run: Run) -> None:
    output = run("coverage", str(DATA / "projects.toml")).out
    part = output[output.index("Hunnan signed 49 projects") :].split("\n\n")[1]
    assert "Announced: 49 projects, 85.5 bn yuan (stated)" in part
    assert "Itemised here: 1 project, 15 bn yuan" in part
    assert "17.5 % by value (computed)" in part
    assert "48 projects, 70.5 bn yuan, 1.47 bn each on average (computed)" in part
    assert "12.32 bn dollars (stated), 6.94 yuan each (computed)" in part


@pytest.mark.parametrize("name", ["projects.toml", "shenyang.toml"])
def test_stats_are_those_of_a_count_of_the_file(name: str, run: Run) -> None:
    path = DATA / name
    counted = json.loads(run("stats", str(path), "--format", "json").out)
    projects = tomli.loads(path.read_text())["projects"]
    assert _figures(counted["all"]) == _counted(projects)
    for field in ("stage", "district"):
        found = {each[field]: _figures(each) for each in counted[f"{field}s"]}
        values = {project.get(field) for project in projects}
        assert values <= set(found)
        for value, figures in found.items():
            here = [project for project in projects if project.get(field) == value]
            assert figures == _counted(here), value
    cells = Counter(
        (industry, project.get("stage"))
        for project in projects
        for industry in project.get("industries") or [None]
    )
    rows = counted["industries_by_stage"]
    assert {(e["industry"], e["stage"]): e["projects"] for e in rows} == cells


def _figures(count: dict[str, Any]) -> dict[str, int | None]:
    return {name: count[name] for name in ("projects", "investment", "not_stated")}


def _counted(projects: list[dict[str, Any]]) -> dict[str, int | None]:
    amounts = {
        project["id"]: project["investment"]
        for project in projects
        if "investment" in project
    }
    return {
        "projects": len(projects),
        "investment": _add_once(amounts, projects) if amounts else None,
        "not_stated": len(projects) - len(amounts),
    }


def _add_once(amounts: dict[str, int], projects: list[dict[str, Any]]) -> int:
    """Return the sum of amounts without those of parts whose whole is among them."""
    wholes = {project["id"]: project.get("part_of") for project in projects}
    return sum(
        amount for key, amount in amounts.items() if wholes.get(key) not in amounts
    )


@pytest.mark.parametrize("name", ["projects.toml", "shenyang.toml"])
def test_coverage_is_that_of_a_count_of_the_file(name: str, run: Run) -> None:
    path = DATA / name
    data = tomli.loads(path.read_text())
    projects = {project["id"]: project for project in data["projects"]}
    amounts = {key: each.get("investment") for key, each in projects.items()}
    by_id = {
        e["id"]: e
        for e in json.loads(run("coverage", str(path), "--format", "json").out)
    }
    assert set(by_id) == {announcement["id"] for announcement in data["announcements"]}
    for announcement in data["announcements"]:
        ids = [each for each in announcement.get("names", []) if each in amounts]
        named = [amounts[each] for each in ids]
        stated = [each for each in named if each is not None]
        known = {each: amount for each in ids if (amount := amounts[each]) is not None}
        added = _add_once(known, [projects[each] for each in ids])
        found = by_id[announcement["id"]]
        assert found["itemised"]["investment"] == (added if stated else None)
        assert found["itemised"]["not_stated"] == len(named) - len(stated)
        assert len(found["itemised"]["ids"]) == len(named)
        share = found["computed"]["share_of_investment"]
        assert found["stated"]["measure"] == announcement.get("measure", "total")
        assert share is None or share <= 1
        if announcement.get("measure", "total") != "total" or not stated:
            assert share is None
        elif added <= announcement.get("investment", 0):
            assert share == pytest.approx(added / announcement["investment"])
        if announcement.get("projects", 0) >= len(named) and "projects" in announcement:
            rest = announcement["projects"] - len(named)
            assert found["computed"]["rest_projects"] == rest
