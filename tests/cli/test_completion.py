"""Shells complete commands, options, files and values; nothing of a dataset is run."""

from __future__ import annotations

import shlex
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.cli.catalog import BY_NAME, FIRST_WORDS, GROUPS
from hunnan_tui.cli.command import Choices
from hunnan_tui.cli.completion.scripts import SCRIPTS
from hunnan_tui.cli.completion.shell_words import (
    quote_for_bash,
    quote_for_powershell,
    split_line,
)
from tests.cli.conftest import Run
from tests.cli.hostile_values import HOSTILE, write_dataset

BREAKS = " \t\n\"'@><=;|&(:"
"""What COMP_WORDBREAKS is in bash, if nobody changes it."""
Ask = Callable[..., list[str]]


@pytest.fixture
def ask(run: Run) -> Ask:
    """Return the candidates for words, of which the last one is being typed."""

    def ask(*words: str) -> list[str]:
        ran = run("completion", "words", "fish", *words)
        assert (ran.code, ran.err) == (0, "")
        return [line.split("\t")[0] for line in ran.out.splitlines()]

    return ask


@pytest.fixture
def hostile(home: Path) -> None:
    """A dataset with hostile ids and tags, in the current folder."""
    write_dataset(home, (*HOSTILE, "a\nb", "\x1b[31m"))


def test_the_first_word_is_a_command_a_group_or_a_dataset(ask: Ask, path: Path) -> None:
    assert {*FIRST_WORDS, "projects.toml"} == {*ask("")}
    assert ask("sta") == ["stats", "stage"]
    assert ask("proj") == [path.name]


def test_each_group_has_its_commands(ask: Ask) -> None:
    for group in GROUPS:
        seconds = [name.split()[1] for name in BY_NAME if name.startswith(f"{group} ")]
        assert ask(group, "") == seconds


def test_each_option_is_completed_and_its_choices_are(ask: Ask) -> None:
    for name, command in BY_NAME.items():
        flags = {flag for option in command.all_options for flag in option.flags}
        assert {*ask(*name.split(), "-")} == flags | {"--help", "--version"}
        for option in command.all_options:
            if isinstance(option.choices, Choices):
                flag = option.flags[-1]
                assert ask(*name.split(), flag, "") == [*option.choices]
                assert ask(*name.split(), f"{flag}=") == [
                    f"{flag}={choice}" for choice in option.choices
                ]


def test_an_option_that_is_given_is_not_offered_again(ask: Ask) -> None:
    assert "--format" not in ask("list", "--format", "csv", "--")
    assert "--query" not in ask("list", "-q", "x", "--")
    assert "--file" in ask("list", "-f", "x.toml", "--")
    assert ask("list", "--", "--for") == []


@pytest.mark.usefixtures("path")
def test_words_are_ids_tags_stages_fields_and_datasets(ask: Ask) -> None:
    assert "bare" in ask("show", "")
    assert ask("show", "ba") == ["bare"]
    assert ask("show", "bare", "pro") == ["projects.toml"]
    assert "energy" in ask("need", "add", "bare", "")
    assert "energy" in ask("need", "add", "-q", "x", "")
    assert "bare" not in ask("need", "add", "-q", "x", "")
    assert "stage=" in ask("set", "bare", "")
    stages = ask("stage", "bare", "")[:2]
    assert ask("set", "bare", "stage=")[:2] == [f"stage={stage}" for stage in stages]
    tags = ask("tag", "rename", "")
    assert "watch" in tags
    assert ask("tag", "add", "bare", "") == tags
    assert ask("tag", "add", "bare", "x", "") == [*tags, "projects.toml"]
    assert ask("list", "-q", "#wa") == ["#watch"]
    assert ask("list", "-q", "'stage:x #wa") == ["stage:x #watch"]
    assert ask("list", "-q", "stag") == ["stage:", "stage_date:"]
    assert f"stage:{stages[0]}" in ask("list", "-q", "stage:")
    assert ask("export", "x.csv", "--columns", "id,nam")[0] == "id,name"
    assert ask("--view", "D") == ["Due"]
    assert ask("completion", "") == [*SCRIPTS]


@pytest.mark.usefixtures("path")
def test_notes_and_needs_are_those_of_the_project(ask: Ask, run: Run) -> None:
    assert run("need", "add", "bare", "water").code == 0
    assert run("need", "add", "bare", "energy").code == 0
    assert run("need", "meet", "bare", "energy").code == 0
    assert run("note", "add", "bare", "Called").code == 0
    assert ask("need", "meet", "bare", "") == ["water"]
    assert ask("need", "reopen", "bare", "") == ["energy"]
    assert {"water", "labour"} <= {*ask("need", "add", "bare", "")}
    (at,) = ask("note", "edit", "bare", "")
    assert run("note", "edit", "bare", at, "Called twice").code == 0
    assert ask("note", "remove", "none", "") == []


def test_the_dataset_is_the_one_that_the_line_names(
    ask: Ask, home: Path, path: Path
) -> None:
    other = home / "other.toml"
    other.write_text("[[projects]]\nid = 'elsewhere'\nname = 'N'\n")
    assert ask("show", "-f", "other.toml", "") == ["elsewhere"]
    assert "bare" in ask("show", "-f", str(path), "-f", "other.toml", "")


def test_files_are_completed_and_hidden_ones_when_asked_for(
    ask: Ask, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "sub").mkdir()
    for name in ("t.csv", ".hidden", "sub/a.toml", "sub/b.txt", "-o"):
        (home / name).touch()
    assert {*ask("import", "")} == {"sub/", "t.csv"}
    assert ask("import", ".h") == [".hidden"]
    assert ask("list", "-f", "sub/") == ["sub/a.toml"]
    assert ask("import", "none/x") == []
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    assert ask("import", "~/su") == ["~/sub/"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fish",),
        ("bash",),
        ("csh", "x"),
        ("powershell", "%%%"),
        ("fish", "show", "-f", "missing.toml", ""),
        ("fish", "show", "-f", "broken.toml", ""),
        ("fish", "show", "-f", "/dev/stdin", ""),
        ("fish", "show", "-f", ".", ""),
        ("fish", "tag", "nonsense", "x", ""),
        ("fish", "list", "-q", '("', ""),
        ("fish", "list", "-q", 'stage:("'),
        ("fish", "show", "-f", "a.toml", "--notes", "\udcff", ""),
        ("bash", "hunnan-tui 'show \\", BREAKS),
    ],
)
def test_whatever_is_wrong_it_is_silent(run: Run, home: Path, words: list[str]) -> None:
    (home / "broken.toml").write_bytes(b"\xff[[")
    ran = run("completion", "words", *words)
    assert (ran.code, ran.err) == (0, "")


def test_a_script_is_printed_for_each_shell_and_no_other(run: Run) -> None:
    for shell in SCRIPTS:
        assert "completion words" in run("completion", shell).out
    for words in (("csh",), (), ("bash", "zsh")):
        ran = run("completion", *words)
        assert (ran.code, ran.out) == (2, "")


@pytest.mark.usefixtures("hostile")
def test_powershell_gets_words_that_it_reads_as_they_are(run: Run) -> None:
    typed = b64encode(b"show\n").decode()
    rows = [
        line.split("\t")
        for line in run("completion", "words", "powershell", typed).out.splitlines()
    ]
    ids = [value for _, value, _ in rows]
    assert [*HOSTILE] == ids[: len(HOSTILE)]
    for quoted, value, _ in rows:
        if quoted != value:
            assert quoted[0] == quoted[-1] == "'"
            for mark in "'‘’‚‛":
                assert quoted[1:-1].replace(mark * 2, "").count(mark) == 0


LINES = st.text(st.sampled_from("ab '\"\\$`!;&|<>#~*?[]{}()=:é签\t"), max_size=12)


@given(LINES)
def test_what_bash_is_given_is_read_as_the_value(value: str) -> None:
    quoted = quote_for_bash(value)
    assert quoted is not None
    if value and "\t" not in value:
        assert shlex.split(quoted) == [value]
    assert split_line(f"x {quoted}").current == value
    for quote in "'\"":
        inner = quote_for_bash(value, quote)
        assert inner is None or split_line(f"x {quote}{inner}").current == value


@given(LINES)
def test_a_line_is_split_as_a_shell_does(line: str) -> None:
    try:
        wanted = shlex.split(f"{line}x")
    except ValueError:
        return  # a quotation mark is open
    words, current, *_ = split_line(f"{line}x")
    assert [*words, current] == wanted


def test_words_that_powershell_knows_stay_plain() -> None:
    assert quote_for_powershell("stage:signed") == "stage:signed"
    assert quote_for_powershell("a'b") == "'a''b'"
