"""Commands of the user's own are read as far as they can be run, and faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.config.settings import load_settings
from hunnan_tui.config.user_commands import (
    UnfilledError,
    UserCommand,
    fill_arguments,
)

GOOD = '[[commands]]\nkey = "ctrl+o"\ntitle = "Map"\nrun = ["open", "{url}"]\n'
VALUES = {"id": "a", "name": "A b; $(c)", "url": "", "file": "/d.toml"}


def load(tmp_path: Path, text: str) -> tuple[tuple[UserCommand, ...], list[str]]:
    (tmp_path / "config.toml").write_text(text)
    settings = load_settings(tmp_path)
    told = [f"{each.line}: {each.message} ({each.hint})" for each in settings.problems]
    return settings.commands, told


def test_a_command_is_read_with_its_arguments(tmp_path: Path) -> None:
    commands, told = load(tmp_path, GOOD + "suspend = true\n")
    assert told == []
    (command,) = commands
    assert command[:4] == ("Map", ("open", "{url}"), "ctrl+o", True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("commands = 3\n", "1: commands is no list of tables"),
        ("commands = [3]\n", "1: one of the commands is no table"),
        (
            '[[commands]]\nkey = "x"\nrun = ["a"]\n',
            "1: one of the commands has no title",
        ),
        (
            '[[commands]]\nkey = "x"\ntitle = "T"\n',
            "1: one of the commands runs nothing",
        ),
        (
            '[[commands]]\ntitle = "T"\nrun = ["a"]\n',
            "1: one of the commands has no key",
        ),
        (GOOD.replace('["open", "{url}"]', '"open {url}"'), "4: run is a text"),
        (GOOD.replace('["open", "{url}"]', "[]"), "4: run is empty"),
        (GOOD.replace('"{url}"', "1"), "4: run has something that is no text"),
        (GOOD.replace('"open"', '"{name}"'), "4: run does not begin with a program"),
        (GOOD.replace('"open"', '" "'), "4: run does not begin with a program"),
        (GOOD.replace("{url}", "\\u0000"), "4: run has a NUL character"),
        (GOOD.replace('"ctrl+o"', "3"), "2: key is a whole number"),
    ],
)
def test_what_cannot_be_run_is_left_out_and_told(
    tmp_path: Path, text: str, message: str
) -> None:
    commands, told = load(tmp_path, text)
    assert commands == ()
    assert len(told) == 1, told
    assert told[0].startswith(message), told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "suspend = 1\n", "5: suspend is a whole number"),
        (GOOD + 'titel = "T"\n', "5: unknown key 'titel' (did you mean title?"),
        (GOOD.replace("{url}", "{urll}"), "4: {urll} is not filled in"),
    ],
)
def test_the_rest_of_a_command_is_used(tmp_path: Path, text: str, message: str) -> None:
    commands, told = load(tmp_path, text)
    assert [command.title for command in commands] == ["Map"]
    assert len(told) == 1, told
    assert told[0].startswith(message), told


def make(*arguments: str) -> UserCommand:
    return UserCommand("T", ("program", *arguments), "x")


def test_words_are_filled_in_and_nothing_else() -> None:
    command = make("--name={name}", "{id}:{file}", "{other} {} {0}", "a b")
    assert fill_arguments(command, VALUES) == [
        "program",
        "--name=A b; $(c)",
        "a:/d.toml",
        "{other} {} {0}",
        "a b",
    ]


def test_what_a_project_has_not_is_not_run_with() -> None:
    with pytest.raises(UnfilledError, match="it has no url"):
        fill_arguments(make("{url}"), VALUES)


@given(st.text(max_size=8), st.text(max_size=8))
def test_data_never_becomes_an_option_and_is_never_filled_in_again(
    name: str, id: str
) -> None:
    values = {**VALUES, "name": name, "id": id}
    try:
        _, argument, other = fill_arguments(make("{name}", "--id={id}"), values)
    except UnfilledError:
        assert not name or not id or name.startswith("-")
        return
    assert argument == name
    assert not argument.startswith("-")
    assert other == f"--id={id}"
