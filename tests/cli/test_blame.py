"""`blame` on a small repository."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def committed(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    who = ["-c", "user.name=李", "-c", "user.email=a@b"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "begin"]):
        subprocess.run(["git", *words], cwd=path.parent, check=True)  # noqa: S607
    return path


def test_it_says_who_set_what(committed: Path, run: Run) -> None:
    assert run("tag", "add", "bare", "watch").code == 0
    ran = run("blame", "bare")
    rows = [line.split("\t") for line in ran.out.splitlines()]
    assert ran.code == 0
    assert rows[0][2:] == ["李", "Id: bare"]
    assert rows[-1] == ["not committed", "", "", "Tags: watch"]
    facts = json.loads(run("blame", "bare", "--format", "json").out)["facts"]
    assert {fact["by"] for fact in facts} == {"李", None}


def test_without_a_history_or_a_project_it_says_so(path: Path, run: Run) -> None:
    ran = run("blame", "bare")
    assert ran.code == 2
    assert "has no history" in ran.err
    assert run("blame", "no-such-project").code == 4
