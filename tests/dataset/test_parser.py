from __future__ import annotations

from datetime import date

import pytest

from hunnan_tui.core.errors import DataError, Level
from hunnan_tui.core.model import Fact
from hunnan_tui.dataset.parser import Parsed, assign_project_keys, parse

HEAD = """\
[dataset]
currency = "CNY"

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

[[announcements]]
id = "total"
sources = ["page-1"]
"""


GOOD = '[[projects]]\nid = "a"\nname = "A"\n'


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
        ('investment = "15 €"', "investment is a text (it should be an amount"),
        ('investment = "15 bn"', "note: a text: 15,000,000,000 (`hunnan-tui amounts`"),
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
    assert assign_project_keys(["a", "a", "a#2", None, "", "a"]) == [
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


@pytest.mark.parametrize(
    "digits",
    [
        "9223372036854775808",
        "-9223372036854775809",
        "0x" + "F" * 4000,
        "9" * 5000,
        "+" + "1_234" * 1200,
    ],
    ids=["64 bits", "negative", "hexadecimal", "decimal", "grouped"],
)
@pytest.mark.parametrize(
    "line",
    [
        "investment = {}",
        "mine = {}",
        "mine = [1, {{ deep = [{}] }}]",
        "mine.deep.er = {}",
        "facts = [{{ label = 'x', mine = {} }}]",
        "needs = [{{ kind = 'x', mine = {} }}]",
        "[projects.mine]\ndeep = {}",
        "[[projects.notes]]\ntext = 'x'\nmine = {}",
        "[mine]\ndeep = {}",
        "[dataset]\nmine = {}",
        "[[announcements]]\nid = 'a'\nprojects = {}",
    ],
)
def test_an_integer_of_more_than_64_bits_is_an_error_and_the_rest_is_read(
    digits: str, line: str
) -> None:
    text = f'[[projects]]\nid = "a"\nname = "A"\n{line.format(digits)}\n'
    result = parsed(text)
    errors = [problem for problem in result.problems if problem.level is Level.ERROR]
    assert ["64 bits" in error.message for error in errors] == [True]
    assert errors[0].line == text[: text.index(digits)].count("\n") + 1
    assert result.dataset.projects["a"].name == "A"


@pytest.mark.parametrize("number", [2**63 - 1, 0, 10**18])
def test_an_integer_of_64_bits_is_read(number: int) -> None:
    text = (
        f'[[projects]]\nid = "a"\nname = "A"\ninvestment = {number}\nmine = {-number}'
    )
    result = parsed(text)
    assert result.dataset.projects["a"].investment == number
    assert all(problem.level is not Level.ERROR for problem in result.problems)


def test_digits_in_texts_and_comments_are_no_integers() -> None:
    many = "9" * 5000
    text = f'[[projects]] # {many}\nid = "a"\nname = "{many}"\nmine = {many}\n'
    result = parsed(text)
    assert result.dataset.projects["a"].name == many
    assert result.dataset.projects["a"].other[0][1].startswith("a number of about 49")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("investment = -5_000_000_000", "investment"),
        ("investment_usd = -1", "investment_usd"),
    ],
)
def test_a_negative_amount_is_an_error_and_no_amount(line: str, value: str) -> None:
    text = f'[[projects]]\nid = "a"\nname = "A"\n{line}\n'
    result = parsed(text)
    (problem,) = result.problems
    assert (problem.level, problem.line) == (Level.ERROR, 4)
    assert "negative" in problem.message
    project = result.dataset.projects["a"]
    assert getattr(project, value) is None
    assert project.faulty == ((value, line.partition(" = ")[2].replace("_", "")),)


def test_negative_figures_of_an_announcement_are_errors() -> None:
    text = """[[announcements]]
id = "a"
projects = -1
investment = -2
breakdown = [{ label = "x", projects = -3, investment = -4 }]
"""
    result = parsed(text)
    assert [problem.line for problem in result.problems] == [3, 4, 5, 5]
    assert all(problem.level is Level.ERROR for problem in result.problems)
    (announcement,) = result.dataset.announcements.values()
    assert (announcement.projects, announcement.investment) == (None, None)


def own_problems(lines: str) -> list[str]:
    """Return the problems of a project with these lines behind its name, from line 4."""
    return problems(f'[[projects]]\nid = "a"\nname = "A"\n{lines}\n')


@pytest.mark.parametrize(
    ("lines", "line", "expected"),
    [
        ('notes = [{ text = "x", at = "May" }]', 4, "error: at is a text"),
        ('notes = [{ text = "x", at = 07:30:00 }]', 4, "error: at is a time"),
        ('notes = [{ text = "x", by = ["me"] }]', 4, "error: by is a list"),
        ('notes = [{ text = "x" }, { text = 5 }]', 4, "error: text is a whole number"),
        ('notes = [{ text = "x" }, { by = "me" }]', 4, "error: no text"),
        ('[[projects.notes]]\ntext = "x"\nat = 2024', 6, "error: at is a whole number"),
        ('[[projects.notes]]\ntext = "x"\nby = true', 6, "error: by is true or false"),
        ('[[projects.notes]]\ntext = "x"\nby_ = "me"', 6, "warning: unknown key 'by_'"),
        ('needs = [{ kind = "x", what = 5 }]', 4, "error: what is a whole number"),
        ('needs = [{ kind = "x", state = false }]', 4, "error: state is true or false"),
        (
            'needs = [{ kind = "x", state = "done" }]',
            4,
            "warning: unknown state 'done'",
        ),
        ('needs = [{ kind = "x", since = 2023 }]', 4, "error: since is a whole number"),
        (
            'needs = [{ kind = "x", since = "soon" }]',
            4,
            "warning: no such date: 'soon'",
        ),
        (
            'needs = [{ kind = "x", since = 2023-02-01T00:00:00 }]',
            4,
            "error: since is a date with a time",
        ),
        ('needs = [{ kind = "x", owner = 1 }]', 4, "error: owner is a whole number"),
        ('[[projects.needs]]\nkind = "x"\n\nwhat = 1.5', 7, "what is a decimal number"),
        ('tags = [\n"x",\n5,\n]', 6, "error: tags is not a list of texts"),
        ("follow_up = 1823-05-01", 4, "warning: a follow-up before 1900"),
        ("facts = [{ label = 5 }]", 4, "error: label is a whole number"),
        ('[[projects.facts]]\nlabel = "x"\nvalue = 5', 6, "value is a whole number"),
        ('[[projects.events]]\nwhat = "x"\ndate = 2023', 6, "date is a whole number"),
        ('[[projects.parties]]\nname = "x"\nrole = []', 6, "role is a list"),
        ('[[sources]]\nid = "s"\nkind = 5', 6, "kind is a whole number"),
        ('[[stages]]\nid = "s"\nname = 5', 6, "name is a whole number"),
        ('[[industries]]\nid = "s"\ndefinition = 5', 6, "definition is a whole number"),
        ('[[views]]\nname = "v"\nquery = 5', 6, "query is a whole number"),
        (
            '[[announcements]]\nid = "s"\nbreakdown = [\n{ label = "x", projects = "5" },\n]',
            7,
            "projects is a text",
        ),
    ],
)
def test_a_wrong_value_of_a_small_table_is_told_with_its_line(
    lines: str, line: int, expected: str
) -> None:
    messages = [problem for problem in own_problems(lines) if expected in problem]
    assert [each.split(":")[1] for each in messages] == [str(line)]


@pytest.mark.parametrize("at", ["2024-05-01", "2024-05-01T00:00:00Z"])
def test_a_note_has_the_day_that_it_states(at: str) -> None:
    text = (
        f'[[projects]]\nid = "a"\nname = "A"\n[[projects.notes]]\nat = {at}\ntext = "x"'
    )
    result = parsed(text)
    assert not result.problems
    (note,) = result.dataset.projects["a"].notes
    assert note.day == date(2024, 5, 1)
    assert note.written_at.startswith("2024-05-01")


CONFLICT = "<<<<<<< HEAD\nThey sign in May.\n=======\nIn June.\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f'notes = [{{ text = """\n{CONFLICT}""" }}]', [5]),
        (f'summary = """\n{CONFLICT}\n{CONFLICT}"""', [5, 11]),
        (f"summary = '''\n{CONFLICT}'''\nmine = '''\n{CONFLICT}'''", [5, 12]),
        ("# <<<<<<< HEAD\n# a\n# =======\n# b\n# >>>>>>> x\n", [4]),
        ('summary = """\n<<<<<<<\n======="""', [5]),
        ('summary = """\nMay\n=======\nJune\n>>>>>>> theirs\n"""', [6]),
        ('summary = """\n<<<<<<< a\n||||||| base\n=======\n>>>>>>> b\n"""', [5]),
        ('summary = """\nHeading\n=======\n>>>>>>>>> nine\n"""', []),
        ('summary = """\n>>>>>>> quoted\nHeading\n=======\n"""', []),
        ('summary = "<<<<<<< HEAD"', []),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_conflict_in_a_text_that_parses_is_told(
    text: str, lines: list[int], newline: str
) -> None:
    whole = f'[[projects]]\nid = "a"\nname = "A"\n{text}\n'.replace("\n", newline)
    conflicts = [
        problem
        for problem in parsed(whole).problems
        if "Git conflict" in problem.message
    ]
    assert [each.line for each in conflicts] == lines


def test_each_conflict_of_a_file_that_is_no_toml_is_told() -> None:
    message = refused(f'{CONFLICT}\n[dataset]\ntitle = "x"\n{CONFLICT}'.encode())
    assert [line.split(":")[1] for line in message.splitlines()] == ["1", "9"]


def test_a_heading_is_no_conflict_where_something_else_is_wrong() -> None:
    message = refused(b'title = """\nHeading\n=======\n"""\nx = \n')
    assert "Git" not in message
    assert message.startswith("f.toml:5:")


STAGES = "".join(
    f'[[stages]]\nid = "{stage}"\n' for stage in ("planned", "signed", "built")
)


def told_of(text: str, word: str) -> list[tuple[int, Level]]:
    """Return the line and the level of the problems that have a word in them."""
    found = parsed(text).problems
    return [(each.line, each.level) for each in found if word in each.message]


@pytest.mark.parametrize(
    ("uses", "is_used"),
    [
        ('sources = ["s"]', True),
        ('facts = [{ label = "x", source = "s" }]', True),
        ('events = [{ what = "x", source = "s" }]', True),
        ('[[announcements]]\nid = "t"\nsources = ["s"]', True),
        ('caveat = "s"', False),
        ('sources = ["other"]', False),
    ],
)
def test_a_source_that_nothing_uses_is_told(uses: str, *, is_used: bool) -> None:
    text = f'[[sources]]\nid = 5\n[[sources]]\nid = "s"\n{GOOD}{uses}\n'
    expected = [] if is_used else [(4, Level.NOTE)]
    assert told_of(text, "nothing uses the source 's'") == expected


@pytest.mark.parametrize("code", ["RMB", "cny", "XXX", "XTS", "ABC", "$", "元", "EURO"])
def test_a_currency_that_is_none_is_told(code: str) -> None:
    text = f'[dataset]\ncurrency = "{code}"\n{GOOD}'
    assert told_of(text, "no currency has") == [(2, Level.WARNING)]


@pytest.mark.parametrize("code", ["CNY", "EUR", "USD", "KES", "PLN", "JPY"])
def test_a_currency_is_none_to_tell_of(code: str) -> None:
    assert problems(f'[dataset]\ncurrency = "{code}"\n{GOOD}investment = 1') == []


@pytest.mark.parametrize(
    ("head", "amount"),
    [
        ("", "investment = 5"),
        ('[dataset]\ntitle = "x"\n', "investment = 5"),
        ('[dataset]\ncurrency = ""\n', "investment = 5"),
        ("", '[[announcements]]\nid = "t"\ninvestment = 5'),
        (
            "",
            '[[announcements]]\nid = "t"\nbreakdown = [{ label = "x", investment = 5 }]',
        ),
    ],
)
def test_amounts_in_no_currency_are_told(head: str, amount: str) -> None:
    assert told_of(f"{head}{GOOD}{amount}", "no currency is") == [(1, Level.NOTE)]


def test_without_amounts_no_currency_is_missed() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    "name", ["Big", "a_b", "a b", "-a", "a-", "a--b", "é", "项目", "a/b"]
)
@pytest.mark.parametrize(
    "table", ["projects", "sources", "stages", "industries", "announcements"]
)
def test_an_id_that_is_not_in_kebab_case_is_told(table: str, name: str) -> None:
    text = f'[[{table}]]\nname = "x"\nid = "{name}"\n'
    assert told_of(text, "kebab-case") == [(3, Level.NOTE)]


@pytest.mark.parametrize("other", ["A", " a ", "Ａ"])
def test_two_projects_of_one_name_are_told(other: str) -> None:
    text = f'{GOOD}[[projects]]\nid = "b"\nname = "{other}"\n'
    assert told_of(text, "'a' has the name") == [(6, Level.NOTE)]


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        (
            'stage = "signed"\nstage_date = "2023-08"\n'
            'events = [{ what = "x", stage = "built", date = "2022" }]',
            [11],
        ),
        (
            '[[projects.events]]\nwhat = "x"\nstage = "built"\ndate = "2022"\n'
            '[[projects.events]]\nwhat = "y"\nstage = "planned"\ndate = "2023-01"\n'
            '[[projects.events]]\nwhat = "z"\nstage = "signed"\ndate = "2022-06"\n',
            [17],
        ),
        (
            'stage = "built"\nstage_date = "2023"\nevents = [\n{ what = "x", stage = "signed", date = 2024-01-01 },\n]',
            [13],
        ),
        (
            'stage = "built"\nstage_date = "2023"\nevents = [{ what = "x", stage = "signed", date = "2023-12" }]',
            [],
        ),
        (
            'stage = "signed"\nstage_date = "2023"\nevents = [{ what = "x", stage = "signed", date = "2024" }]',
            [],
        ),
        (
            'stage = "signed"\nstage_date = "soon"\nevents = [{ what = "x", stage = "built", date = "2020" }]',
            [],
        ),
        (
            'stage = "signed"\nstage_date = "2023"\nevents = [{ what = "x", stage = "odd", date = "2020" }]',
            [],
        ),
    ],
)
def test_a_stage_dated_later_than_a_later_one_is_told(
    lines: str, at: list[int]
) -> None:
    text = f"{STAGES}{GOOD}{lines}\n"
    problems = told_of(text, "is dated")
    assert problems == [(line, Level.WARNING) for line in at]


def test_problems_of_tables_behind_a_broken_one_have_their_own_lines() -> None:
    text = '[[sources]]\nid = 5\n[[sources]]\nid = "s"\nurl = "ftp://x"\n'
    text += '[[announcements]]\n[[announcements]]\nid = "t"\nnames = ["q"]\n'
    assert told_of(text, "not a web address") == [(5, Level.WARNING)]
    assert told_of(text, "unknown names") == [(9, Level.WARNING)]


@pytest.mark.parametrize("name", ["sources", "stages", "announcements", "industries"])
@pytest.mark.parametrize("value", ["5", '"x"', "[5]", "{ id = 'x' }"])
def test_tables_of_a_wrong_shape_are_told_once(name: str, value: str) -> None:
    (problem,) = parsed(f"{name} = {value}\n{GOOD}").problems
    assert (problem.level, problem.line) == (Level.ERROR, 1)


@pytest.mark.parametrize(
    ("text", "currency", "amount", "qualifier"),
    [
        ("3.2亿", "CNY", 320_000_000, ""),
        ("约3.2亿元", "CNY", 320_000_000, "about"),
        ("5亿以上", "CNY", 500_000_000, "over"),
        ("12.5 bn", "", 12_500_000_000, ""),
        ("$5m", "USD", 5_000_000, ""),
        ("1,200,000", "CNY", 1_200_000, ""),
        ("$5m", "CNY", None, ""),
        ("3.2亿元", "USD", None, ""),
        ("12.5", "CNY", None, ""),
        ("0", "CNY", None, ""),
        ("-3亿", "CNY", None, ""),
        ("soon", "CNY", None, ""),
        ("99999999999亿", "CNY", None, ""),
        ("", "CNY", None, ""),
    ],
)
def test_an_amount_that_is_a_text_is_read(
    text: str, currency: str, amount: int | None, qualifier: str
) -> None:
    about = f'[dataset]\ncurrency = "{currency}"\n' if currency else ""
    result = parse(f'{about}{GOOD}investment = "{text}"\n'.encode(), "f.toml")
    (project,) = result.dataset.projects.values()
    assert (project.investment, project.investment_qualifier) == (amount, qualifier)
    levels = [p.level for p in result.problems if "currency" not in p.message]
    assert levels == [Level.ERROR if amount is None else Level.NOTE]
    assert bool(project.faulty) == (amount is None)


def test_amounts_of_announcements_and_dollars_are_read_as_texts_too() -> None:
    text = """
[dataset]
currency = "CNY"
[[announcements]]
id = "t"
statement = "T"
investment = "855亿"
investment_usd = "12.3 bn"
breakdown = [{ label = "x", investment = "391亿" }, { label = "y", investment = "?" }]
"""
    result = parse(text.encode(), "f.toml")
    (found,) = result.dataset.announcements.values()
    assert (found.investment, found.investment_usd) == (85_500_000_000, 12_300_000_000)
    assert [part.investment for part in found.breakdown] == [39_100_000_000, None]
    assert [p.level for p in result.problems] == [Level.NOTE] * 3 + [Level.ERROR]
