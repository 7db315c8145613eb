"""What `check` tells, and that the other commands go on beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

GOOD = '[[projects]]\nid = "a"\nname = "A"\n'
BY_HAND = GOOD + '[[projects.notes]]\nat = 2024-01-02\ntext = "by hand"\n'


def test_a_note_of_a_day_is_found_and_shown_by_its_day(home: Path, run: Run) -> None:
    (home / "projects.toml").write_text(BY_HAND)
    assert run("check").code == 0
    assert run("list", "--format", "ids", "-q", "noted:2024").out == "a\n"
    assert run("list", "--format", "ids", "-q", "noted:2023").out == ""
    assert run("note", "list", "a").out == "a\t2024-01-02\tby hand\n"
    assert "2024-01-02\n  by hand" in run("show", "a").out
    (note,) = json.loads(run("show", "a", "--format", "json").out)["notes"]
    assert note == {"text": "by hand", "at": "2024-01-02"}


@pytest.mark.parametrize("name", ["2024-01-02", "#1"])
def test_a_note_of_a_day_stays_one_when_its_text_changes(
    name: str, home: Path, run: Run
) -> None:
    path = home / "projects.toml"
    path.write_text(BY_HAND)
    assert run("note", "edit", "a", name, "another text").code == 0
    assert path.read_text() == BY_HAND.replace("by hand", "another text")


def test_two_notes_of_a_day_are_told_apart(home: Path, run: Run) -> None:
    (home / "projects.toml").write_text(
        BY_HAND + '[[projects.notes]]\nat = 2024-01-02\ntext = "more"\n'
    )
    assert run("note", "list", "a").out == "a\t#1\tby hand\na\t#2\tmore\n"
    assert run("note", "remove", "a", "#2").code == 0
    assert run("note", "list", "a").out == "a\t2024-01-02\tby hand\n"


@pytest.mark.parametrize("digits", ["0x" + "F" * 4000, "9" * 5000, "9" * 20])
def test_an_integer_of_more_than_64_bits_ends_no_command(
    digits: str, home: Path, run: Run
) -> None:
    path = home / "projects.toml"
    path.write_text(f"{GOOD}investment = {digits}\nmine = [{digits}]\n")
    ran = run("check")
    assert ran.code == 1
    assert ran.out.count("64 bits") == 2
    for command in ("list", "stats", "coverage"):
        assert run(command).code == 0
    assert run("show", "a").code == 0
    assert json.loads(run("list", "--format", "json").out)[0]["id"] == "a"
    ran = run("tag", "add", "a", "x")
    assert (ran.code, ran.err) == (0, "tag x: 1 project\n") or "64 bits" in ran.err
    with path.open("a") as file:
        file.write(GOOD.replace("a", "b"))
    assert run("tag", "add", "b", "x").code == 0
    assert digits in path.read_text()
    assert json.loads(run("show", "b", "--format", "json").out)["tags"] == ["x"]


def test_a_negative_amount_is_in_no_sum(home: Path, run: Run) -> None:
    (home / "projects.toml").write_text(
        GOOD + "investment = -5\n" + GOOD.replace("a", "b") + "investment = 7\n"
    )
    assert run("check").code == 1
    counted = json.loads(run("stats", "--format", "json").out)["all"]
    assert counted == {"projects": 2, "investment": 7, "not_stated": 1, "not_added": 0}


FORMS = ("csv", "tsv", "md", "html", "json", "jsonl", "toml")
SHOWN = (
    ("list", "--format", "table"),
    ("list", "--format", "md"),
    ("show", "a"),
    ("stats",),
    ("stats", "--format", "md"),
    ("stats", "--format", "json"),
    ("coverage",),
    ("coverage", "--format", "json"),
    *(("export", "-", "--format", form) for form in FORMS),
)
"""What prints amounts."""
TOTALS = """
[[announcements]]
id = "total"
statement = "Many"
projects = 9
investment = 9000
investment_usd = 1000
names = ["a"]
"""


@pytest.mark.parametrize("argv", SHOWN, ids=" ".join)
def test_amounts_stand_alone_where_no_currency_is_stated(
    argv: tuple[str, ...], home: Path, run: Run
) -> None:
    (home / "projects.toml").write_text(GOOD + "investment = 1000\n" + TOTALS)
    ran = run(*argv)
    assert ran.code == 0
    for name in ("yuan", "CNY", "None", "()", " ,", "  in all"):
        assert name not in ran.out + ran.err


@pytest.mark.parametrize("argv", SHOWN, ids=" ".join)
def test_what_nobody_states_is_never_0(
    argv: tuple[str, ...], home: Path, run: Run
) -> None:
    (home / "projects.toml").write_text(
        f'[dataset]\ncurrency = "EUR"\n{GOOD}{TOTALS}'.replace("9000", "9_111")
    )
    ran = run(*argv)
    assert ran.code == 0
    out = ran.out + ran.err
    assert "0 EUR" not in out
    assert '"investment": 0' not in out


def test_a_list_without_amounts_says_so(home: Path, run: Run) -> None:
    other = '[[projects]]\nid = "b"\nname = "B"\ninvestment = 1\n'
    (home / "projects.toml").write_text(GOOD + other)
    output = run("list", "--format", "table", "-q", "id=a").err
    assert output == "1 of 2 projects, investment not stated\n"
    (home / "projects.toml").write_text(GOOD)
    assert run("list", "--format", "table").err == "1 of 1 projects\n"
    output = run("list", "--format", "table", "-q", "nothing").err
    assert output.startswith("0 of 1 projects\n")
    counted = json.loads(run("stats", "--format", "json").out)
    assert counted["currency"] is None
    assert counted["all"] == {
        "projects": 1,
        "investment": None,
        "not_stated": 1,
        "not_added": 0,
    }
