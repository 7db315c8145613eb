"""What `check` says of fields of the user's own: the field, the line, what to do."""

from __future__ import annotations

import pytest

from hunnan_tui.dataset.incremental import read_blocks
from hunnan_tui.dataset.parser import parse

HEAD = '[dataset]\ncurrency = "CNY"\n'


def find_problems(text: str) -> list[str]:
    parsed = parse(text.encode(), "f.toml")
    blocks, _ = read_blocks(text.encode(), "f.toml")
    assert blocks.problems == parsed.problems
    return [str(problem).removeprefix("f.toml:") for problem in parsed.problems]


def check_project(lines: str, declared: str = "") -> list[str]:
    project = f'[[projects]]\nid = "a"\nname = "A"\n{lines}\n'
    return find_problems(HEAD + declared + project)


@pytest.mark.parametrize(
    "lines", ['colour = "red"', "plan = 5", 'facts = [{label = "责任人", value = "x"}]']
)
def test_a_field_of_the_users_own_is_no_problem(lines: str) -> None:
    assert check_project(lines) == []


def test_a_slip_and_the_name_of_a_schema_field_are_problems() -> None:
    (slip,) = check_project('stgae = "x"')
    assert slip == "6:1: warning: unknown key 'stgae' (did you mean 'stage'?)"
    (name,) = check_project("amount = 5")
    assert name.startswith("6:1: warning: 'amount' is called like the field 'invest'")
    declared = '[[fields]]\nid = "stgae"\n'
    assert check_project('stgae = "x"', declared) == []


def test_a_doubtful_key_of_many_projects_is_told_twenty_times() -> None:
    projects = "".join(
        f'[[projects]]\nid = "p{n}"\nname = "P {n}"\nstages = "x"\n' for n in range(60)
    )
    assert len(find_problems(HEAD + projects)) == 20


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (
            'id = "x"\ntype = "money"',
            "5:1: warning: unknown word 'money' (one of: text",
        ),
        ('id = "x"\nchoices = ["a"]', "5:1: warning: choices of a field that is of no"),
        (
            'id = "x"\ntype = "text"\nchoices = ["a"]',
            "6:1: warning: choices of a field that is a text",
        ),
        (
            'id = "x"\ntype = "choice"\nchoices = ["a", "A"]',
            "6:1: warning: a choice stands twice",
        ),
        (
            'id = "stage"',
            "4:1: warning: a field called like one of the schema: 'stage'",
        ),
        ('id = "x"\nname_zh = "投资额"', "5:1: warning: a field called like one of"),
        ('id = "—"', "4:1: warning: an id without a letter or a digit"),
        (
            'id = "x"\ntype = "amount"\nunit = "fish"',
            "6:1: warning: 'fish' is no unit of money",
        ),
        ('name = "x"', "3:1: error: no id"),
        ('id = "x"\ncolour = 1', "5:1: note: unknown key 'colour'"),
        ('id = "x"\ntype = 5', "5:1: error: type is a whole number"),
    ],
)
def test_what_is_wrong_with_a_declaration(declared: str, expected: str) -> None:
    (problem,) = check_project("", f"[[fields]]\n{declared}\n")
    assert problem.startswith(expected)


def test_two_fields_of_one_name() -> None:
    declared = (
        '[[fields]]\nid = "a_b"\n[[fields]]\nid = "A-B"\n[[fields]]\nid = "a_b"\n'
    )
    same, twice = check_project("", declared)
    assert same.startswith("6:1: warning: 'A-B' is the field 'a_b' already")
    assert twice.startswith("8:1: error: the id 'a_b' is taken")


@pytest.mark.parametrize(
    ("type_", "good", "bad", "expected"),
    [
        ("number", "12.5", "x", "x is no number: 'x' (write 1200 or 12.5)"),
        ("amount", "3.2亿", "5 eggs", "x is no amount: '5 eggs' (write 5000.5万元"),
        ("amount", "3.2亿", "$5m", "x is no amount: '$5m'"),
        ("date", "2023年3月", "soon", "x is no date: 'soon' (write 2023-03-08"),
        ("link", "https://a.b", "a.b", "x is no address: 'a.b' (an address begins"),
        ("choice", "low", "odd", "x has no choice 'odd' (one of: low, high)"),
        ("text", "x", "", ""),
        ("person", "x", "", ""),
    ],
)
def test_a_value_that_does_not_fit_is_told(
    type_: str, good: str, bad: str, expected: str
) -> None:
    choices = 'choices = ["low", "high"]\n' if type_ == "choice" else ""
    declared = f'[[fields]]\nid = "x"\ntype = "{type_}"\n{choices}'
    line = 9 + bool(choices)
    assert check_project(f'x = "{good}"', declared) == []
    as_key = check_project(f'x = "{bad}"', declared)
    as_fact = check_project(f'facts = [{{ label = "X", value = "{bad}" }}]', declared)
    if not bad:
        assert as_key == as_fact == []
        return
    assert as_key[0].startswith(f"{line}:1: warning: {expected}")
    assert as_fact[0].startswith(f"{line}:")
    assert expected in as_fact[0]


def test_fields_that_are_no_tables_are_errors() -> None:
    (problem,) = find_problems(f'fields = 5\n{HEAD}[[projects]]\nid="a"\nname="A"\n')
    assert problem.startswith("1:1: error: fields is not a list of tables")
