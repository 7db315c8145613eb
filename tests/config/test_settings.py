"""Mistakes in config.toml are told with their lines, and the rest is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.settings import FILE, Settings, load_settings
from hunnan_tui.config.settings_problems import check_theme, summarize_problems
from hunnan_tui.core.errors import Level
from hunnan_tui.core.model import View


def load(folder: Path, text: str | bytes) -> Settings:
    data = text.encode() if isinstance(text, str) else text
    (folder / FILE).write_bytes(data)
    return load_settings(folder)


@pytest.mark.parametrize(
    ("written", "line", "message", "hint"),
    [
        ('thme = "nord"', 1, "unknown key 'thme'", "did you mean theme?"),
        (
            "Kitty-Keys = true",
            1,
            "unknown key 'Kitty-Keys'",
            "did you mean kitty_keys?",
        ),
        ("\ncolour = 3", 2, "unknown key 'colour'", "there is theme, author, ascii"),
        ("a.b.c = 1", 1, "unknown key 'a'", "there is theme"),
        ("\n[ascii_only.x]", 2, "unknown key 'ascii_only'", ""),
        ('[settings]\ntheme="x"', 1, "unknown key 'settings'", "above all headers"),
        ("theme = 3", 1, "theme is a whole number", "it should be a text in quotes"),
        ('author = ["李"]', 1, "author is a list", "it should be a text in quotes"),
        ("# \nascii = 'yes'", 2, "ascii is a text", "true or false, without quotes"),
        ("kitty_keys = 1", 1, "kitty_keys is a whole number", "true or false"),
        ('silent_days = "9"', 1, "silent_days is a text", "a whole number"),
        ("silent_days = true", 1, "silent_days is true or false", "a whole number"),
        ("silent_days = 0", 1, "silent_days is out of range", "from 2 to 99999"),
        ('[views]\nname = "x"', 1, "views is no list of tables", "write [[views]]"),
        ('views = ["x"]', 1, "one of the views is no table", "write [[views]]"),
        ('[[views]]\nquery = "x"', 1, "one of the views has no name", "left out"),
        ('[[views]]\nname = " "', 1, "one of the views has no name", "left out"),
        ("[[views]]\nname = 3", 2, "name is a whole number", "a text in quotes"),
        (
            '[[views]]\nname = "x"\nqurey = "y"',
            3,
            "unknown key 'qurey'",
            "did you mean query?",
        ),
        (
            '[[views]]\nname = "x"\ntheme = "nord"',
            3,
            "unknown key 'theme'",
            "put it above the first [[...]]",
        ),
        (
            '[[views]]\nname = "x"\n[[views]]\nname = "X"',
            4,
            "two of the views have the name 'X'",
            "rename one of them",
        ),
        ('views = [{name = "x"}, {nam = "y"}]', 1, "unknown key 'nam'", "mean name?"),
        ('[[template]]\nname = "x"', 1, "unknown key 'template'", "mean templates?"),
        ('[templates]\ncall = "x"', 1, "templates is no list of tables", ""),
        ('[[templates]]\nname = "x"', 1, "one of the templates has no text", ""),
        (
            '[[templates]]\nname = "x"\ntext = "{projct} {x}"',
            3,
            "{projct} is not filled in",
            "did you mean {project}?",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_meant(
    tmp_path: Path, written: str, line: int, message: str, hint: str
) -> None:
    told = load(tmp_path, written).problems
    problem = next(each for each in told if each.message == message)
    assert problem.line == line
    assert hint in problem.hint
    assert problem.file == str(tmp_path / FILE)
    assert problem.level is Level.WARNING


def test_the_rest_is_used(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        'thme = 1\nauthor = "李"\nascii = 3\nsilent_days = 30\n'
        '[[views]]\nname = "A"\nquery = 3\n[[views]]\n[[views]]\nname = "B"\n'
        '[[templates]]\nname = "T"\ntext = "t"\ntxt = ""\n',
    )
    assert (settings.author, settings.ascii, settings.silent_days) == ("李", False, 30)
    assert settings.views == (View("A"), View("B"))
    assert settings.templates == (("T", "t"),)
    assert [problem.line for problem in settings.problems] == [1, 3, 7, 8, 14]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (b"theme = ", (1, 9)),
        (b'author = "x"\ntheme = nord\n', (2, 9)),
        (b"\xef\xbb\xbfascii = true\nascii = true\n", (2, 13)),
        (b'author = "\xff"', (1, 11)),
        (b"theme = 1\n<<<<<<< ours\nx = 1\n=======\n>>>>>>> b\n", (2, 1)),
        (b"theme = " + b"9" * 5_000, (0, 0)),
    ],
)
def test_what_is_no_toml_is_told_with_its_place_and_nothing_of_it_is_used(
    tmp_path: Path, written: bytes, place: tuple[int, int]
) -> None:
    settings = load(tmp_path, written)
    first = settings.problems[0]
    assert (first.line, first.column) == place
    assert first.level is Level.ERROR
    assert "the file is not used" in first.message
    assert settings._replace(problems=()) == Settings(tmp_path / FILE)
    assert summarize_problems(settings.problems) == str(first)


def test_a_theme_that_there_is_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    settings = load(tmp_path, 'author = "x"\ntheme = "Nrod"\n')
    assert settings.problems == ()
    (problem,) = check_theme(settings, ("nord", "gruvbox"))
    assert (problem.line, problem.hint) == (
        2,
        "did you mean nord? There is gruvbox, nord",
    )
    assert check_theme(settings, ("Nrod",)) == ()


def test_very_many_are_counted(tmp_path: Path) -> None:
    settings = load(tmp_path, "".join(f"x{number} = 1\n" for number in range(2_000)))
    assert len(settings.problems) == 51
    assert settings.problems[-1].message == "and 1,950 more"
    assert summarize_problems(settings.problems).count("\n") == 4


def test_controls_in_a_key_reach_no_terminal(tmp_path: Path) -> None:
    (problem,) = load(tmp_path, '"a\\u001b[31m\\n" = 1').problems
    assert "\x1b" not in str(problem)
    assert "\n" not in str(problem)


KEY = st.sampled_from(
    ["theme", "author", "ascii", "kitty_keys", "silent_days", "views", "templates", "x"]
)


@given(st.dictionaries(KEY, st.sampled_from(['"x"', "1", "true", "[]", "{}", "[{}]"])))
def test_whatever_is_written_each_key_is_used_or_told(
    tmp_path_factory: pytest.TempPathFactory, written: dict[str, str]
) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in written.items())
    settings = load(tmp_path_factory.getbasetemp(), text)
    told = {problem.line for problem in settings.problems}
    for line, (key, value) in enumerate(written.items(), 1):
        is_used = getattr(settings, key, None) != getattr(Settings(), key, None)
        assert is_used != (line in told) or value == "[]", (key, value)
