"""`--log` writes what happened, and nothing of what the user has."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.cli.event_log import HEAD
from hunnan_tui.storage.store import Store
from tests.cli.conftest import Run


def test_it_says_what_was_done_without_values(path: Path, run: Run) -> None:
    typed = ("note", "add", "bare", "SECRET note", str(path), "--lang", "en")
    assert run(*typed, "--log", "log.txt").code == 0
    assert run("show", "SECRET-id", "--log=log.txt").code == 4
    text = path.with_name("log.txt").read_text()
    assert text.startswith(HEAD + "\n")
    assert text.count(HEAD) == 1
    assert "command: note add --lang --log (words: 2, files: 1)\n" in text
    assert "Reading the dataset: " in text
    assert "Saving: " in text
    assert "end: exit status 0\n" in text
    assert "NoSuchProjectError\n" in text
    for kept in ("SECRET", "projects.toml", "bare", str(path.parent)):
        assert kept not in text


def test_an_error_in_the_program_is_told_with_its_place(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("SECRET")

    monkeypatch.setattr(Store, "save", fail)
    assert run("tag", "add", "bare", "x", "--log", "log.txt").code == 70
    text = path.with_name("log.txt").read_text()
    assert "error: builtins.ZeroDivisionError\n" in text
    assert "cli/edit_session.py:" in text
    assert "SECRET" not in text


def test_no_other_file_is_written_to(path: Path, run: Run) -> None:
    before = path.read_bytes()
    ran = run("list", "--log", str(path))
    assert ran.code == 2
    assert "is no log of hunnan-tui" in ran.err
    assert path.read_bytes() == before
    assert run("list", "--log", "no/folder/log").code == 2
    assert run("list", "--log", str(path.parent)).code == 2
