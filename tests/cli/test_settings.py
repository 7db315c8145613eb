"""What is wrong in the settings is told on standard error, a line each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "config" / "hunnan-tui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_where_names_the_file_and_its_problems(run: Run, config: Path) -> None:
    assert f"config          {config} (there is none)\n" in run("where").out
    config.write_text('theme = "nrod"\nsilent_day = 30\n')
    ran = run("where")
    assert ran.code == 0
    assert f"config          {config} (2 problems)\n" in ran.out
    assert re.sub(r" There is [^)]*", " There is …", ran.err).splitlines() == [
        f"{config}:1:1: warning: there is no theme 'nrod' (did you mean nord? There is …)",
        f"{config}:2:1: warning: unknown key 'silent_day' (did you mean silent_days? There is …)",
    ]
    config.write_text('theme = "nord"\n')
    ran = run("where")
    assert f"config          {config}\n" in ran.out
    assert ran.err == ""


@pytest.mark.usefixtures("path")
def test_a_command_that_uses_them_tells_them_and_goes_on(
    run: Run, config: Path
) -> None:
    config.write_text("athor = 3\n")
    ran = run("note", "add", "bare", "text")
    assert ran.code == 0
    assert f"{config}:1:1: warning: unknown key 'athor'" in ran.err
    config.write_text("author = \n")
    ran = run("note", "add", "bare", "text")
    assert f"{config}:1:10: error: the file is not used: Invalid value" in ran.err


@pytest.mark.usefixtures("path")
def test_where_tells_a_view_whose_query_makes_no_sense(run: Run, config: Path) -> None:
    config.write_text(
        '[[views]]\nquery = "stage:sigend"\n[[views]]\nname = "Good"\nquery = "#watch"\n'
        '[[views]]\nname = "Bad"\nquery = "stag:signed"\n'
    )
    ran = run("where")
    lines = [line.removeprefix(f"{config}:") for line in ran.err.splitlines()]
    assert [line.split(" (")[0] for line in lines] == [
        "1:1: warning: one of the views has no name",
        "2:1: warning: the query of this view makes no sense",
        "8:1: warning: the query of this view makes no sense",
    ]
    assert "did you mean stage" in lines[2]
    missing = run("where", "-f", "missing.toml")
    assert missing.err.count("\n") == 1


def test_a_command_that_uses_none_tells_none(run: Run, config: Path) -> None:
    config.write_text("athor = 3\n")
    assert run("list", "-q", "id:none").err == ""


@pytest.mark.parametrize(
    "words",
    [
        ("tag", "add", "bare", "x"),
        ("note", "add", "bare", "text"),
        ("follow", "bare", "none"),
        ("set", "bare", "place=East"),
        ("stage", "bare", "signed"),
        ("add", "New"),
        ("source", "add", "--title", "New"),
        ("tag", "rename", "watch", "x"),
    ],
)
def test_read_only_settings_keep_commands_from_editing(
    words: tuple[str, ...], run: Run, config: Path, path: Path
) -> None:
    before = path.read_bytes()
    config.write_text("read_only = true\n")
    ran = run(*words)
    assert (ran.code, ran.out) == (3, "")
    assert "config.toml says read_only = true" in ran.err
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == [path]
