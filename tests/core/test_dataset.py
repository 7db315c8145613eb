from __future__ import annotations

import pytest

from hunnan_tui.dataset import Parsed, parse, project_keys
from hunnan_tui.errors import DataError, Level
from hunnan_tui.model import Fact

HEAD = """\
[[industries]]
id = "it"
name = "Information technology"

[[stages]]
id = "signed"
name = "Signed"

[[sources]]
id = "page-1"
title = "A page"
url = "https://example.org/"
"""


def parsed(text: str) -> Parsed:
    return parse(text.encode(), "f.toml")


def problems(text: str) -> list[str]:
    return [str(problem) for problem in parsed(text).problems]


def refused(data: bytes) -> str:
    with pytest.raises(DataError) as error:
        parse(data, "f.toml")
    return str(error.value)


def test_a_whole_project_is_read() -> None:
    text = (
        HEAD
        + """
[[projects]]
id = "a"
name = "A"
name_zh = "甲"
industries = ["it"]
industries_basis = "stated"
stage = "signed"
stage_date = 2023-03-08
investment = 15_000_000_000
parties = [{ name = "Firm", role = "developer" }]
sources = ["page-1"]
events = [{ date = "2023-03", what = "Signed", stage = "signed", source = "page-1" }]
tags = ["watch"]
follow_up = 2026-12-01

[[projects.notes]]
at = 2026-11-23T09:12:00+08:00
text = "Called"
"""
    )
    result = parsed(text)
    project = result.dataset.projects["a"]
    assert not result.problems
    assert project.stage_date == "2023-03-08"
    assert project.events[0].date == "2023-03"
    assert project.investment == 15_000_000_000
    assert project.tags == ("watch",)
    assert project.notes[0].text == "Called"


def test_what_is_absent_is_not_stated() -> None:
    project = parsed('[[projects]]\nid = "a"\nname = "A"').dataset.projects["a"]
    assert project.investment is None
    assert project.stage == ""


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"# only a comment\n"])
def test_an_empty_file_is_an_empty_dataset(data: bytes) -> None:
    assert parse(data).dataset.projects == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('investment = "15 bn"', "investment is a text (it should be an amount"),
        ("investment = 1.5", "investment is a decimal number"),
        ("investment = 0", "warning: an amount of 0"),
        ("name_zh = 5", "name_zh is a whole number"),
        ('industries = "it"', "industries is a text"),
        ('industries = ["xy"]', "warning: unknown industries: 'xy'"),
        (
            'stage = "singed"',
            "warning: unknown stage: 'singed' (did you mean 'signed'?)",
        ),
        (
            'sources = ["page-2"]',
            "warning: unknown sources: 'page-2' (did you mean 'page-1'?)",
        ),
        ('stage_date = "soon"', "warning: no such date: 'soon'"),
        ('tags = "watch"', "error: tags is not a list of texts"),
        ('follow_up = "fri"', "error: follow_up is not a date"),
        ('notes = ["x"]', "error: notes is not a list of tables"),
        ('stgae = "signed"', "unknown key 'stgae' (did you mean 'stage'?)"),
        ('colour = "red"', "note: unknown key 'colour'"),
        ('parties = [{ role = "x" }]', "error: no name"),
        ('industries_basis = "guess"', "warning: unknown word 'guess'"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(line: str, expected: str) -> None:
    text = f'{HEAD}\n[[projects]]\nid = "a"\nname = "A"\n{line}\n'
    (problem,) = problems(text)
    assert problem.startswith(f"f.toml:{text.count(chr(10))}:")
    assert expected in problem
    assert parsed(text).dataset.projects["a"].name == "A"


def test_all_problems_come_in_one_go_in_the_order_of_the_file() -> None:
    text = '[[projects]]\nid = 5\nname = "A"\nstage = "x"\n[[projects]]\nname = "B"\n'
    lines = [problem.line for problem in parsed(text).problems]
    assert lines == sorted(lines)
    assert len(lines) >= 3


def test_a_project_with_a_wrong_field_shows_it_as_written() -> None:
    text = '[[projects]]\nid = "a"\nname = "A"\ninvestment = 1.5\ncolour = "red"\n'
    project = parsed(text).dataset.projects["a"]
    assert project.faulty == (("investment", "1.5"),)
    assert project.other == (("colour", "red"),)


def test_projects_of_one_id_are_both_kept() -> None:
    text = '[[projects]]\nid = "a"\nname = "A"\n[[projects]]\nid = "a"\nname = "B"\n'
    assert [p.name for p in parsed(text).dataset.projects.values()] == ["A", "B"]
    assert "f.toml:5:1: error: the id 'a' is taken" in problems(text)[0]


def test_a_project_without_an_id_is_shown_and_locked() -> None:
    project = parsed('[[projects]]\nname = "A"\n').dataset.projects["#1"]
    assert project.name == "A"
    assert project.locked


def test_keys_are_unique() -> None:
    assert project_keys(["a", "a", "a#2", None, "", "a"]) == [
        "a",
        "a#2",
        "a#2#2",
        "#4",
        "#5",
        "a#3",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x = ", "f.toml:1:5: error:"),
        (b'a = 1\nb = "x', "f.toml:2:7: error:"),
        (b"a = 1\nname = '\xba\xfe'\n", "f.toml:2:9: error: not UTF-8"),
        ("a = 1\n".encode("utf-16"), "looks like UTF-16"),
        (b"<<<<<<< HEAD\na = 1\n=======\n", "Git conflict at line 1"),
        (b"\0" * 100, "NUL bytes"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b'{"projects": []}', "JSON"),
        (b"version https://git-lfs.github.com/spec/v1\noid x\n", "git lfs pull"),
        (b"a = " + b"[" * 500, "nested"),
        (b"a" + b".a" * 20_000 + b" = 1", "f.toml:1:"),
        (b"a = " + b"9" * 5000, "f.toml"),
    ],
)
def test_a_file_that_is_not_toml_is_refused_in_one_line(
    data: bytes, expected: str
) -> None:
    message = refused(data)
    assert expected in message
    assert message.startswith("f.toml")
    assert "\n" not in message


@pytest.mark.parametrize(
    "text",
    [
        "projects = 5",
        'projects = ["x"]',
        "[projects.a]\nname = 'A'",
        "dataset = 3",
        "industries = 'x'",
        "[[industries]]\nname = 'no id'",
    ],
)
def test_a_wrong_shape_is_a_problem_and_not_a_crash(text: str) -> None:
    assert any(p.level is Level.ERROR for p in parsed(text).problems)


def test_a_fact_without_a_value_is_a_fact() -> None:
    text = "[[projects]]\nid = 'a'\nname = 'A'\nfacts = [{ label = 'Halls' }]"
    read = parsed(text)
    assert read.problems == ()
    assert read.dataset.projects["a"].facts == (Fact("Halls"),)


def test_hostile_text_stays_as_it_is_written() -> None:
    name = r"[/x] [@click=app.quit]x[/] \u001b[31m \u202e"
    project = parsed(f'[[projects]]\nid = "a"\nname = "{name}"').dataset.projects["a"]
    assert project.name == name.replace(r"\u001b", "\x1b").replace(r"\u202e", "\u202e")


def test_numbers_too_large_to_print_are_shown_as_such() -> None:
    text = f'[[projects]]\nid = "a"\nname = "A"\nx = 0x{"f" * 20_000}\n'
    assert "digits" in parsed(text).dataset.projects["a"].other[0][1]
