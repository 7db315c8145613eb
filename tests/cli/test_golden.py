"""What each format prints for a small dataset, compared with files.

GOLDEN=write writes the files anew: look at the difference before it is committed.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from hunnan_tui.core.formulas import restore
from hunnan_tui.core.text import UNSAFE
from tests.cli.conftest import GOLDEN, Run

COMMANDS = {
    "list.txt": ("list", "--format", "table"),
    "list.json": ("list", "--format", "json"),
    "list.jsonl": ("list", "--format", "jsonl"),
    "list.csv": ("list", "--format", "csv"),
    "list.ids": ("list", "--format", "ids"),
    "show.txt": ("show", "turbine-base"),
    "show-hostile.txt": ("show", "hostile"),
    "show.json": ("show", "turbine-base", "--format", "json"),
    "check.txt": ("check",),
    "tags.txt": ("tag", "list"),
    "notes.txt": ("note", "list"),
    "needs.txt": ("need", "list"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_prints_as_in_the_golden_file(name: str, path: Path, run: Run) -> None:
    printed = run(*COMMANDS[name]).out.encode()
    golden = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        golden.write_bytes(printed)
    assert printed == golden.read_bytes()


@pytest.mark.parametrize(
    "name", [command for command in COMMANDS if command != "list.csv"]
)
def test_nothing_that_a_terminal_obeys_is_printed(
    name: str, path: Path, run: Run
) -> None:
    ran = run(*COMMANDS[name])
    assert not UNSAFE.search(ran.out)
    assert not UNSAFE.search(ran.err)


def test_json_and_jsonl_hold_the_same_projects(path: Path, run: Run) -> None:
    as_list = json.loads(run("list", "--format", "json").out)
    lines = run("list", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == as_list
    assert len(as_list) == 6


def test_json_keeps_hostile_text_exactly(path: Path, run: Run) -> None:
    shown = json.loads(run("show", "hostile", "--format", "json").out)
    assert shown["place"] == "\t\x7f\0"
    assert shown["summary"].startswith("ESC \x1b[2J, astral \U000e0041")


def test_markdown_is_a_table_for_a_mail(path: Path, run: Run) -> None:
    printed = run("list", "--format", "md", "-q", "id:turbine-base").out
    assert "| 航发燃气轮机产业基地 |" in printed or "| Gas Turbine Base |" in printed
    assert "| Under construction | 3,000,000,000 |" in printed


def test_json_of_no_project_is_an_empty_list(path: Path, run: Run) -> None:
    assert json.loads(run("list", "-q", "nothingatall", "--format", "json").out) == []


def test_csv_is_read_back_with_the_same_text(path: Path, run: Run) -> None:
    printed = run("list", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(printed, newline="")))
    hostile = next(row for row in rows if row["id"] == "hostile")
    assert restore(hostile["place"]) == "\t\x7f\0"
    assert hostile["tags"] == "[bold]; a, b; c"
    assert len(rows) == 6


def test_tsv_has_the_same_cells(path: Path, run: Run) -> None:
    tables = [
        list(csv.reader(io.StringIO(run("list", "--format", form).out), dialect))
        for form, dialect in (("csv", csv.excel), ("tsv", csv.excel_tab))
    ]
    assert tables[0] == tables[1]


def test_csv_starts_with_a_mark_when_asked(path: Path, run: Run) -> None:
    assert run("list", "--format", "csv", "--bom").out.startswith("\ufeffid,name")
