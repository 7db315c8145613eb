"""What is decided in the app changes one line of a map, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.importing.app_process import run_request
from hunnan_tui.importing.decisions import Decision, decide, rewrite_map
from hunnan_tui.importing.import_map import read_map

MAP = """\
# mine
map = 1

[table]
header = [1]

[columns]
"项目名称" = "name"  # a known word: 甲 # 乙
"额" = { to = "investment", unit = "?" }  # ask the bureau
plan.x = "-"
"a \\"b\\"" = "-"

[stages]
# the order of life
"在建" = "construction"
"停工" = "?"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "t.csv.map.toml"
    file.write_text(MAP.replace("plan.x", '"plan.x"'), "utf-8")
    return file


@pytest.mark.parametrize(
    ("decision", "line"),
    [
        (
            Decision("columns", "额", {"to": "investment", "unit": "万元"}),
            '"额" = { to = "investment", unit = "万元" }  # ask the bureau',
        ),
        (Decision("columns", "plan.x", {"to": "plan"}), '"plan.x" = "plan"'),
        (Decision("columns", 'a "b"', {"to": "x"}), '"a \\"b\\"" = "x"'),
        (Decision("stages", "停工", {"to": "paused"}), '"停工" = "paused"'),
    ],
)
def test_one_line_changes_and_comments_stay(
    decision: Decision, line: str, path: Path
) -> None:
    text = path.read_text("utf-8")
    made = decide(read_map(path), decision)
    changed = rewrite_map(text, made, decision)
    before, after = text.splitlines(), changed.splitlines()
    assert len(before) == len(after)
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [line]
    path.write_text(changed, "utf-8")
    assert read_map(path) == made


def test_a_column_that_no_line_has_makes_the_map_anew(path: Path) -> None:
    decision = Decision("columns", "新", {"to": "place"})
    made = decide(read_map(path), decision)
    path.write_text(rewrite_map(path.read_text("utf-8"), made, decision), "utf-8")
    assert read_map(path) == made


def test_a_map_is_written_with_the_import_and_not_before(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("项目名称,额,停\n甲,5,x\n", "utf-8")
    made = tmp_path / "t.csv.map.toml"
    made.write_text(
        '# mine\nmap = 1\n[columns]\n"项目名称" = "name"\n'
        '"额" = { to = "investment", unit = "?" }  # ask\n"停" = "-"\n',
        "utf-8",
    )
    before = made.read_text("utf-8")
    request = {
        "table": str(table),
        "data": "",
        "decisions": [["columns", "额", {"to": "investment", "unit": "万元"}]],
    }
    found = run_request(request)
    assert found["preview"]["questions"] == []
    assert made.read_text("utf-8") == before
    target = tmp_path / "new.toml"
    run_request({**request, "write": "new", "target": str(target)})
    assert made.read_text("utf-8") == before.replace("?", "万元")
    assert "investment = 50_000" in target.read_text("utf-8")
