"""A commit of the dataset alone, and what git has just brought."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from hunnan_tui.versions.arrivals import find_arrival
from hunnan_tui.versions.commit import commit_file, make_message
from hunnan_tui.versions.history import list_commits
from hunnan_tui.versions.program import GitError
from tests.versions.test_history import FIRST, Repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    made = Repository(tmp_path / "repo")
    made.git("config", "user.name", "李")
    made.git("config", "user.email", "a@b")
    return made


def write(repository: Repository, *changes: tuple[str, str]) -> None:
    text = FIRST
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    repository.path.write_text(text, "utf-8")


STAGE = ("signed", "built")
NAME = ('"Other"', '"Another"')


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([], ""),
        ([STAGE], "Alpha 沈阳: Stage: signed → built"),
        ([(STAGE), ('["s"]', '["t"]')], "Alpha 沈阳: 3 changes"),
        ([STAGE, NAME], "2 projects: stage, name"),
        ([('name = "Other"', 'name = "' + "沈" * 90 + '"')], "沈" * 71 + "…"),
        ([("[[projects]]", "# a comment\n[[projects]]")], "Change projects.toml"),
        ([("[[projects]]", "[[projects]] oops")], "2 projects: removed"),
        ([('id = "ab"\n', 'id = "new"\n')], "Other: 2 changes"),
    ],
)
def test_the_message_says_what_was_done(
    repository: Repository, changes: list[tuple[str, str]], message: str
) -> None:
    repository.commit(FIRST, "Ann", "begin")
    write(repository, *changes)
    assert make_message(repository.path).split("\n")[0] == message


def test_a_commit_has_the_file_alone_and_runs_no_hook(
    repository: Repository, tmp_path: Path
) -> None:
    path, trap = repository.path, tmp_path / "trapped"
    hooks = repository.folder / ".git" / "hooks"
    for name in ("pre-commit", "commit-msg", "post-commit", "prepare-commit-msg"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {trap}\nexit 1\n")
        (hooks / name).chmod(0o755)
    write(repository)
    assert make_message(path) == "Begin projects.toml"
    other = repository.folder / "other.txt"
    other.write_text("x")
    repository.git("add", "other.txt")
    commit_file(path, "Begin projects.toml")
    write(repository, STAGE)
    message = make_message(path)
    short = commit_file(path, message + "\n\n# no comment\n-- a line")
    assert not trap.exists()
    (newest, first) = list_commits(path)
    assert newest.short == short
    assert (newest.subject, first.subject) == (message, "Begin projects.toml")
    shown = subprocess.run(
        ["git", "show", "--stat", "--format=%B", "HEAD"],  # noqa: S607
        *(),
        cwd=repository.folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "# no comment" in shown
    assert "1 file changed" in shown
    status = subprocess.run(
        ["git", "status", "--porcelain"],  # noqa: S607
        cwd=repository.folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert status == "A  other.txt\n"  # still staged


def test_outside_of_a_repository_nothing_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(FIRST, "utf-8")
    with pytest.raises(GitError):
        make_message(path)


def test_what_a_pull_has_brought_is_told_for_a_while(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit(FIRST, "Ann", "begin")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", ".", str(clone))
    path = clone / repository.path.relative_to(repository.folder)
    assert find_arrival(path) is None
    repository.commit(FIRST.replace(*STAGE), "Bo", "one")
    repository.commit(FIRST.replace(*NAME), "李", "two")
    subprocess.run(["git", "pull", "-q"], cwd=clone, check=True)  # noqa: S607
    arrival = find_arrival(path)
    assert arrival is not None
    assert (arrival.how, arrival.commits) == ("pull", 2)
    assert arrival.authors == ("李", "Bo")
    assert find_arrival(path, now=time.time() + 600) is None
    with pytest.raises(GitError):
        find_arrival(tmp_path / "projects.toml")
