"""What no project of a dataset states takes no room in what commands print for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.unfilled_cases import DATASETS

ABSENT = {
    "names": r"yuan|CNY|amount|invest|stage|industry|source|district|\b0\b",
    "no-amounts": r"yuan|CNY|amount|invest|\b0\b",
    "no-stages": r"stage",
}
"""What stands nowhere, in the words of headings and figures."""
COMMANDS = (
    ("list", "--format", "table"),
    ("list", "--format", "table", "-q", "group:tag"),
    ("list", "--format", "md"),
    ("stats",),
    ("stats", "--format", "md"),
    ("report",),
    ("export", "--format", "md", "-"),
    ("show", "wind"),
)


@pytest.mark.parametrize("name", DATASETS)
def test_what_is_never_filled_is_not_mentioned(name: str, home: Path, run: Run) -> None:
    (home / "projects.toml").write_text("".join(DATASETS[name]))
    for command in COMMANDS:
        ran = run(*command)
        assert ran.code == 0, ran.err
        output = f"{ran.out}\n{ran.err}"
        assert "wind works" in output or command[0] == "stats", command
        # what the reader of a briefing must know
        output = output.replace("## Sources\n\nNo source is named.", "")
        found = re.search(ABSENT[name], output, re.IGNORECASE)
        assert found is None, (command, found and output[max(0, found.start() - 60) :])


def test_what_a_dataset_fills_is_mentioned_where_it_is_missing(
    home: Path, run: Run
) -> None:
    (home / "projects.toml").write_text("".join(DATASETS["no-stages"]))
    assert "1 not stated" in run("list", "--format", "table").err
    assert "Investment: not stated" in run("show", "hydro").out
    assert "Investment: not stated" in run("report").out
    assert "Not stated" in run("stats").out
    (home / "projects.toml").write_text("".join(DATASETS["no-amounts"]))
    assert "Stage: not stated" in run("show", "hydro").out
    assert "Stage: Signed (as of 2024-05-06)" in run("show", "wind").out
    assert "Stage: Signed, as of 2024-05-06" in run("report").out
    assert "No stage stated" in run("stats").out


def test_formats_for_programs_keep_their_columns(home: Path, run: Run) -> None:
    (home / "projects.toml").write_text("".join(DATASETS["names"]))
    assert "investment" in run("export", "--format", "csv", "-").out.splitlines()[0]
    assert '"not_stated": 2' in run("stats", "--format", "json").out
