"""Fields of the user's own on the command line: columns, sums, files, differences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hunnan_tui.dataset.parser import parse
from tests.cli.conftest import Run

TEXT = """\
[dataset]
currency = "CNY"
[[fields]]
id = "annual_plan"
name = "Plan of the year"
name_zh = "年度计划投资"
type = "amount"
[[fields]]
id = "risk"
type = "choice"
choices = ["low", "high"]
[[projects]]
id = "a"
name = "A"
investment = 5_000_000_000
annual_plan = 120_000_000
risk = "low"
leader = "李明"
area = 12.5
facts = [{ label = "Land", value = "500 mu" }]
[[projects]]
id = "b"
name = "B"
risk = "high"
leader = "王芳"
area = -3
facts = [
  { label = "年度计划投资（万元）", value = "5000.5" },
  { label = "Land", value = "90 mu" },
]
[[projects]]
id = "c"
name = "C"
part_of = "a"
leader = "李明"
annual_plan = 20_000_000
"""


@pytest.fixture
def path(home: Path) -> Path:
    file = home / "projects.toml"
    file.write_text(TEXT)
    return file


def test_a_table_has_its_columns_and_its_sums(path: Path, run: Run) -> None:
    query = "group:leader show:年度计划投资,land,area sort:risk-"
    ran = run("list", "--format", "table", "-q", query)
    lines = ran.out.splitlines()
    assert lines[0].split() == ["id", "name", "annual_plan", "land", "area"]
    # the plan of a part is not added again where that of its whole is
    figures = "Plan of the year 120 m · Land 500 mu · area 12.5"
    assert lines[2] == f"李明: 2 · 5 bn, 1 unknown · {figures}"
    assert lines[3].split() == ["a", "A", "120", "m", "500", "mu", "12.5"]
    figures = "Plan of the year 50 m · Land 90 mu · area -3"
    assert lines[6] == f"王芳: 1 · not stated · {figures}"
    assert ran.err.endswith(", Plan of the year 170 m, Land 590 mu, area 9.5\n")


def test_columns_go_into_files_as_numbers(path: Path, run: Run) -> None:
    def export(*argv: str) -> str:
        return run("export", "-", *argv).out

    names = "name,年度计划投资,Land,leader"
    assert export("--format", "csv", "--columns", names).splitlines() == [
        "name,annual_plan,land (mu),leader",
        "A,120000000,500,李明",
        "C,20000000,,李明",
        "B,50005000,90,王芳",
    ]
    every = export("--format", "csv").splitlines()[0]
    assert every.endswith(",annual_plan,risk,leader,area")
    (first, *_) = export(
        "--format", "jsonl", "-q", "show:annual_plan,area"
    ).splitlines()
    assert json.loads(first) == {"name": "A", "annual_plan": 120_000_000, "area": 12.5}
    table = export("--format", "md", "--columns", names)
    assert "| Name | Plan of the year (yuan) | Land (mu) | leader |" in table
    again = parse(export("--format", "toml").encode()).dataset
    assert again.fields == parse(TEXT.encode()).dataset.fields
    listed = run("list", "--format", "csv").out.splitlines()
    assert listed[0].endswith(",annual_plan,risk,leader,area")
    assert listed[1].endswith(",120000000,low,李明,12.5")


def test_an_unknown_column_is_refused_with_what_was_meant(path: Path, run: Run) -> None:
    ran = run("export", "-", "--format", "csv", "--columns", "name,leadr")
    assert (ran.code, ran.out) == (2, "")
    assert "There is no column 'leadr': did you mean leader?" in ran.err


def test_stats_add_them_up(path: Path, run: Run) -> None:
    assert "Plan of the year          3   170 m" in run("stats").out
    figures = json.loads(run("stats", "--format", "json").out)["fields"]
    assert figures == [
        {"field": "annual_plan", "projects": 3, "sum": 170_005_000},
        {"field": "area", "projects": 2, "sum": 9.5},
        {"field": "land", "projects": 2, "sum": 590, "unit": "mu"},
    ]


def test_show_and_diff_call_them_by_their_names(path: Path, run: Run) -> None:
    assert "- Plan of the year: 120 m yuan\n- risk: low" in run("show", "a").out
    new = path.with_name("new.toml")
    text = TEXT.replace("120_000_000", "130_000_000").replace('leader = "王芳"\n', "")
    new.write_text(text.replace('name_zh = "年', 'name_zh = "本年'))
    out = run("diff", str(path), str(new)).out
    assert "A [a]: Plan of the year: 120 m yuan → 130 m yuan" in out
    assert "leader: 王芳 → –" in out
    assert "fields of your own" in out
