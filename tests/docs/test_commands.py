"""The commands in the documents run on the shipped data, and each is documented."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from hunnan_tui.cli import main
from hunnan_tui.cli.catalog import BY_NAME, FIRST_WORDS, OPEN
from hunnan_tui.cli.parser import parse
from hunnan_tui.core.errors import HunnanError
from tests.docs.pages import PAGES, ROOT, read_blocks, read_rows

COMMANDS_PAGE = ROOT / "docs" / "command-line.md"
CLI = ROOT / "src" / "hunnan_tui" / "cli"
_EXITS = re.compile(r"# exits with (\d+)")


def read_commands(path: Path) -> list[tuple[str, int]]:
    """Return the commands of a page, each with its exit status."""
    commands = []
    for block in read_blocks(path, "sh"):
        for line in block.text.splitlines():
            command = re.sub(r"\s+# .*$", "", line).strip()
            if re.search(r"(^|\| )hunnan-tui\b", command):
                status = _EXITS.search(line)
                commands.append((command, int(status[1]) if status else 0))
    return commands


def opens_the_app(command: str) -> bool:
    words = shlex.split(command)
    if words[0] != "hunnan-tui" or words[1:2] == ["--help"]:
        return False
    if words[1:2] == ["serve"]:  # in browsers
        return True
    if words[1:] and words[1] in FIRST_WORDS:
        return False
    return bool(parse(words[1:]).command is OPEN)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command has done."""

    code: int
    out: str
    err: str


Shell = Callable[[str], Ran]

_CSV = re.compile(r"```csv\n(.*?)```", re.DOTALL)
"""A table that a page shows, and then imports as `ledger.csv`."""


@pytest.fixture
def shell(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """Run commands in a folder with the shipped data, and nothing of the user's.

    Only those with pipes and the like need a shell, which starts a process for each.
    """
    folder = tmp_path / "here"
    shutil.copytree(ROOT / "data", folder / "data")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)  # noqa: S607
    for page in PAGES:
        for ledger in _CSV.findall(page.read_text("utf-8")):
            (folder / "ledger.csv").write_text(ledger, "utf-8")
            with xlsxwriter.Workbook(folder / "ledger.xlsx") as workbook:
                sheet = workbook.add_worksheet()
                for number, row in enumerate(csv.reader(ledger.splitlines())):
                    sheet.write_row(number, 0, row)
    monkeypatch.chdir(folder)
    for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    monkeypatch.setenv("PATH", programs)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("HUNNAN_TUI_DATA", raising=False)

    def run(command: str) -> Ran:
        program, *words = shlex.split(command)
        if program == "hunnan-tui" and not {"|", ">"} & {*words}:
            capsys.readouterr()
            return Ran(main(words), *capsys.readouterr())
        ran = subprocess.run(
            ["/bin/sh", "-c", command], capture_output=True, text=True, check=False
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    return run


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_commands_of_a_page_run(path: Path, shell: Shell) -> None:
    for written, status in read_commands(path):
        if opens_the_app(written):
            continue
        command = written
        if " AT" in command:  # the time of a note
            notes = shell("hunnan-tui note list").out.splitlines()
            command = command.replace("AT", notes[-1].split("\t")[1])
        ran = shell(command)
        assert ran.code == status, f"{command}\n{ran.err}"


def test_every_command_has_an_example() -> None:
    examples = [command for command, _ in read_commands(COMMANDS_PAGE)]
    for name in BY_NAME:
        assert any(f"hunnan-tui {name}" in command for command in examples), name


def test_every_option_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    text = COMMANDS_PAGE.read_text("utf-8")
    for name in ("", *BY_NAME):
        with pytest.raises(SystemExit):
            parse([*name.split(), "--help"])
        help_text = capsys.readouterr().out
        for option in re.findall(r"^  .*?(--[a-z-]+)", help_text, re.MULTILINE):
            assert f"`{option}" in text or f" {option}" in text, option


def test_every_exit_code_is_documented() -> None:
    rows = read_rows(COMMANDS_PAGE, "code")
    told = {int(code) for cells in rows for code in cells[0].split(",")}
    errors = [HunnanError]
    for error in errors:  # grows by what it finds
        errors += error.__subclasses__()
    assert {error.exit_code for error in errors} <= told
    source = "\n".join(path.read_text("utf-8") for path in CLI.rglob("*.py"))
    returned = re.findall(
        r"\b(?:return|exit_code =|exit\() ?(\d+)$", source, re.MULTILINE
    )
    assert {int(code) for code in returned} <= told
    names = re.findall(
        r"^_?[A-Z_]*(?:EXIT|STATUS)[A-Z_]* = (\d+)", source, re.MULTILINE
    )
    assert {int(code) for code in names} <= told
