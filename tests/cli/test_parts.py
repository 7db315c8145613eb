"""Projects that are part of another, in what the commands print and find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

DATA = """\
[dataset]
currency = "CNY"

[[projects]]
id = "runway"
name = "Second runway"
part_of = "hub"
investment = 4_000_000_000

[[projects]]
id = "hub"
name = "Airport hub"
name_zh = "空港枢纽"
investment = 9_000_000_000

[[projects]]
id = "metro"
name = "Metro"
investment = 6_000_000_000

[[announcements]]
id = "all"
statement = "Everything"
projects = 2
investment = 30_000_000_000
names = ["hub", "runway"]
"""


@pytest.fixture
def file(home: Path) -> Path:
    path = home / "projects.toml"
    path.write_text(DATA)
    return path


@pytest.mark.usefixtures("file")
def test_a_list_has_parts_under_their_whole_and_adds_their_amounts_once(
    run: Run,
) -> None:
    ran = run("list", "--format", "table")
    assert [line.split()[0] for line in ran.out.splitlines()[1:]] == [
        *("hub", "runway", "metro")
    ]
    assert "└ Second runway" in ran.out
    assert ran.err == "3 of 3 projects, 15 bn CNY, 1 part not added again\n"
    ran = run("list", "--format", "table", "-q", "-hub")
    assert "Second runway (part of hub)" in ran.out
    assert ran.err == "2 of 3 projects, 10 bn CNY\n"
    ran = run("list", "--format", "table", "-q", "sort:-invest")
    assert [line.split()[0] for line in ran.out.splitlines()[1:]] == [
        *("hub", "metro", "runway")
    ]
    assert run("list", "--format", "ids").out.split() == ["hub", "runway", "metro"]


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("part_of:hub", ["runway"]),
        ("part_of=空港枢纽", ["runway"]),
        ("part_of:airport", ["runway"]),
        ("has:part_of", ["runway"]),
        ("no:part_of", ["hub", "metro"]),
    ],
)
def test_parts_are_found(query: str, found: list[str], run: Run) -> None:
    assert run("list", "--format", "ids", "-q", query).out.split() == found


@pytest.mark.usefixtures("file")
def test_whole_and_part_name_each_other(run: Run) -> None:
    assert "Part of: Airport hub (hub)" in run("show", "runway").out
    assert "Parts (1)\n- Second runway (runway): 4 bn yuan\n" in run("show", "hub").out
    record = json.loads(run("show", "runway", "--format", "json").out)
    assert record["part_of"] == "hub"
    columns = run("export", "-", "--format", "csv").out.splitlines()[0].split(",")
    assert "part_of" in columns


@pytest.mark.usefixtures("file")
def test_every_figure_leaves_parts_out_and_says_so(run: Run) -> None:
    counted = json.loads(run("stats", "--format", "json").out)
    assert counted["all"] == {
        "projects": 3,
        "investment": 15 * 10**9,
        "not_stated": 0,
        "not_added": 1,
    }
    assert [each["investment"] for each in counted["largest"]] == [9 * 10**9]
    assert "15 bn yuan in all, 1 part not added again." in run("stats").out
    assert "investment 15 bn yuan, 1 part not added again." in run("report").out
    assert "not added again: each is part of a project" in run("report").out
    covered = run("coverage").out
    assert "2 projects, 9 bn yuan" in covered
    assert "1 part not added again" in covered
    (itemised,) = json.loads(run("coverage", "--format", "json").out)
    assert itemised["computed"]["share_of_investment"] == pytest.approx(0.3)
    assert itemised["itemised"]["not_added"] == 1
    grouped = run("list", "--format", "table", "-q", "group:part_of").out
    assert "Airport hub: 1 · 4 bn" in grouped


def test_a_difference_names_what_became_a_part(file: Path, run: Run) -> None:
    older = file.with_name("older.toml")
    older.write_text(DATA.replace('part_of = "hub"\n', ""))
    assert "Airport hub (hub)" in run("diff", str(older), str(file)).out


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ('"hubb"', "9:1: warning: unknown part_of: 'hubb' (did you mean 'hub'?)"),
        ('"runway"', "9:1: warning: part of itself (it counts as part of nothing"),
        ("3", "9:1: error: part_of is a whole number (it should be a text in quotes)"),
        ('["hub"]', "9:1: error: part_of is a list (it should be a text in quotes)"),
        ('"gone"', "unknown part_of: 'gone'"),
    ],
)
def test_check_names_a_whole_that_cannot_be(
    whole: str, said: str, file: Path, run: Run
) -> None:
    text = DATA.replace('part_of = "hub"', f"part_of = {whole}", 1)
    file.write_text(text.replace('id = "runway"', '# a line\n\nid = "runway"', 1))
    ran = run("check")
    assert ran.code == 1
    assert said in ran.out, ran.out


def test_check_names_each_member_of_a_cycle(file: Path, run: Run) -> None:
    file.write_text(DATA.replace('id = "hub"', 'id = "hub"\npart_of = "runway"'))
    lines = [line for line in run("check").out.splitlines() if "part of '" in line]
    assert len(lines) == 2
    counted = json.loads(run("stats", "--format", "json").out)["all"]
    assert counted["investment"] == 19 * 10**9
    assert "└" not in run("list", "--format", "table").out
