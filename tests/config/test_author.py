"""The author of notes is what git says, if git says anything."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from hunnan_tui.config.author import read_git_author
from hunnan_tui.config.templates import fill_templates


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    read_git_author.cache_clear()
    return tmp_path


def test_a_name_that_git_knows_is_the_author(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 0, "李 \x1b[31mLei\n".encode())

    monkeypatch.setattr(subprocess, "run", run)
    assert read_git_author(folder) == "李 [31mLei"


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_the_name_is_that_of_the_folder_and_asked_for_once(folder: Path) -> None:
    git = ["git", "-C", str(folder)]
    assert read_git_author(folder.parent) == ""
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "config", "user.name", "李 $(x) "], check=True)
    assert read_git_author(folder) == "李 $(x)"
    subprocess.run([*git, "config", "user.name", "other"], check=True)
    assert read_git_author(folder) == "李 $(x)"


@pytest.mark.parametrize(
    "error", [FileNotFoundError(), subprocess.TimeoutExpired("git", 2)]
)
def test_without_git_there_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def run(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", run)
    assert read_git_author(folder) == ""


def test_a_folder_that_is_gone_has_none(folder: Path) -> None:
    assert read_git_author(folder / "gone") == ""


def test_templates_name_the_day_and_the_project() -> None:
    made = fill_templates({}, "航发 {date}", date(2026, 11, 23))
    assert made["Visit"].startswith("2026-11-23 Visit to 航发 {date}\n")
