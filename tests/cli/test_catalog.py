"""Every command is declared once, and what is declared of it is so."""

from __future__ import annotations

import shlex
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from hunnan_tui.cli.catalog import BY_NAME, COMMANDS, GROUPS, OPEN
from hunnan_tui.cli.command import Command
from hunnan_tui.cli.parser import parse
from tests.cli.conftest import Run

DATA = Path(__file__).parents[2] / "data" / "projects.toml"
EVERY = pytest.mark.parametrize(
    "command", [OPEN, *COMMANDS], ids=lambda each: each.name or "open"
)


@EVERY
def test_its_function_exists(command: Command) -> None:
    module, _, function = command.function.rpartition(".")
    assert callable(getattr(import_module(f"hunnan_tui.cli.{module}"), function))


@EVERY
def test_its_help_names_its_options_and_two_examples(
    command: Command, run: Run
) -> None:
    ran = run(*command.name.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    for option in command.all_options:
        assert all(flag in ran.out for flag in option.flags)
    for example in command.examples:
        assert f"  hunnan-tui {example}".rstrip() + "\n" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 90


@EVERY
def test_its_examples_are_parsed_as_that_command(command: Command) -> None:
    for example in command.examples:
        assert parse(shlex.split(example)).command is command


@pytest.mark.parametrize(
    "command",
    [
        command
        for command in COMMANDS
        if command.name not in ("import", "serve", "blame")
    ],
    ids=lambda each: each.name,
)
def test_its_examples_work(command: Command, home: Path, run: Run) -> None:
    for name in ("projects.toml", "one.toml", "two.toml"):
        (home / name).write_bytes(DATA.read_bytes())
    for tag_or_note in (
        ("tag", "add", "-q", "aecc", "watch"),
        ("note", "add", "aecc-gas-turbine-base", "text"),
        ("need", "add", "aecc-gas-turbine-base", "energy", "110 kV"),
    ):
        assert run(*tag_or_note).code == 0
    if command.group == "git":
        subprocess.run(["git", "init", "-q", str(home)], check=True)  # noqa: S607
    for example in command.examples:
        argv = shlex.split(example)
        ran = run(*argv, stdin=b"text")
        fine = (0, 4) if argv[:2] in (["note", "edit"], ["note", "remove"]) else (0, 1)
        assert ran.code in fine, (example, ran.err)


def test_a_group_lists_its_commands(run: Run) -> None:
    assert GROUPS == ("git", "tag", "note", "need", "source")
    for group in GROUPS:
        printed = run(group, "--help").out
        for name, command in BY_NAME.items():
            assert (command.summary in printed) == (command.group == group), name


def test_help_lists_all_commands(run: Run) -> None:
    printed = run("--help").out
    for command in COMMANDS:
        assert f"  {command.name:<12} {command.summary}\n" in printed
