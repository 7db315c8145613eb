"""Colleagues with clones of one real repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from hunnan_tui.cli import main

DATA = """\
format = 1

# all of them
[[projects]]
id = "a"
name = "Alpha"
stage = "signed"

[[projects]]
id = "b"
name = "Beta"
"""


class Clone:
    """One colleague's clone."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        self.folder = folder
        self.environ = environ
        self.path = folder / "projects.toml"

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],  # noqa: S607
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, *arguments: str) -> None:
        done = self.git(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr

    def change(self, old: str, new: str) -> None:
        text = self.path.read_text("utf-8")
        assert old in text
        self.path.write_text(text.replace(old, new, 1), "utf-8")
        self.do("commit", "-qam", new[:20])

    def read(self) -> list[dict[str, object]]:
        projects: list[dict[str, object]] = tomli.loads(self.path.read_text("utf-8"))[
            "projects"
        ]
        return projects


@pytest.fixture
def clones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Clone, Clone]:
    """Two clones, each set up, of a repository with one dataset."""
    # the program that git's shell finds is the one under test
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "hunnan-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hunnan_tui "$@"\n')
    program.chmod(0o755)
    environ = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "GIT_AUTHOR_NAME": "A",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    monkeypatch.setattr(os, "environ", environ)
    first = Clone(tmp_path / "first", environ)
    first.folder.mkdir()
    first.do("init", "-q", "-b", "main")
    first.path.write_text(DATA, "utf-8")
    assert main(["git", "setup", str(first.path)]) == 0
    first.do("add", ".")
    first.do("commit", "-qm", "data")
    second = Clone(tmp_path / "second", environ)
    first.do("clone", "-q", str(first.folder), str(second.folder))
    assert main(["git", "setup", str(second.path)]) == 0
    return first, second


def change_both(first: Clone, second: Clone) -> None:
    """Let both change lines that stand side by side, which git alone cannot merge."""
    first.change('name = "Alpha"\n', 'name = "Alpha"\ntags = ["one"]\n')
    second.change('name = "Alpha"\n', 'name = "Alpha"\n# ask Li\ntags = ["two"]\n')
    second.change('"signed"', '"construction"')


@pytest.mark.posix
@pytest.mark.parametrize("how", ["merge", "rebase", "cherry-pick", "stash"])
def test_both_sides_are_there_whatever_git_does(
    clones: tuple[Clone, Clone], how: str
) -> None:
    first, second = clones
    change_both(first, second)
    second.do("fetch", "-q")
    match how:
        case "merge":
            second.do("merge", "-q", "-m", "both", "origin/main")
        case "rebase":
            second.do("rebase", "-q", "origin/main")
        case "cherry-pick":
            second.do("cherry-pick", "origin/main")
        case "stash":
            second.do("reset", "-q", "--soft", "HEAD~2")
            second.do("stash")
            second.do("merge", "-q", "--ff-only", "origin/main")
            second.do("stash", "pop")
    alpha = second.read()[0]
    assert {*alpha["tags"]} == {"one", "two"}  # type: ignore[misc]
    assert alpha["stage"] == "construction"
    text = second.path.read_text("utf-8")
    assert "# ask Li\n" in text
    assert text.startswith("format = 1\n\n# all of them\n")


@pytest.mark.posix
def test_two_values_for_one_fact_are_a_conflict_round_that_value(
    clones: tuple[Clone, Clone],
) -> None:
    first, second = clones
    first.change('"signed"', '"operating"')
    change_both(first, second)
    second.do("fetch", "-q")
    done = second.git("merge", "origin/main")
    assert done.returncode == 1
    assert "projects.toml:9: both sides changed stage of projects a" in done.stderr
    text = second.path.read_text("utf-8")
    assert text.count("<<<<<<<") == 1
    between = text.partition("<<<<<<< ours\n")[2].partition(">>>>>>> theirs")[0]
    assert between == (
        'stage = "construction"\n'
        '||||||| base\nstage = "signed"\n'
        '=======\nstage = "operating"\n'
    )


@pytest.mark.posix
def test_a_diff_says_what_became_of_which_project(clones: tuple[Clone, Clone]) -> None:
    first, _ = clones
    first.change('"signed"', '"construction"')
    shown = first.git("log", "-p", "-1").stdout
    assert "-Alpha: stage signed" in shown
    assert "+Alpha: stage construction" in shown


def test_a_set_up_is_said_done_once_and_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = Clone(tmp_path, dict(os.environ))
    clone.do("init", "-q")
    path = tmp_path / "my projects.toml"
    path.write_text(DATA, "utf-8")
    assert main(["git", "check", str(path)]) == 1
    assert capsys.readouterr().out.count("\n") == 4
    assert main(["git", "setup", str(path)]) == 0
    assert "merge.hunnan-tui.driver" in capsys.readouterr().err
    assert main(["git", "check", str(path)]) == 0
    config = (tmp_path / ".git" / "config").read_bytes()
    attributes = (tmp_path / ".gitattributes").read_bytes()
    assert main(["git", "setup", str(path)]) == 0
    assert "nothing to do" in capsys.readouterr().err
    assert (tmp_path / ".git" / "config").read_bytes() == config
    assert (tmp_path / ".gitattributes").read_bytes() == attributes
    assert main(["git", "setup", str(path), "--undo"]) == 0
    assert not (tmp_path / ".gitattributes").exists()
    assert b"hunnan-tui" not in (tmp_path / ".git" / "config").read_bytes()


def test_outside_of_a_repository_git_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["git", "setup", str(tmp_path / "a.toml")]) == 2
    assert "not a git repository" in capsys.readouterr().err


@pytest.mark.parametrize("side", [0, 1, 2])
def test_what_is_no_toml_is_left_to_a_merge_by_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], side: int
) -> None:
    texts = [DATA, DATA.replace("Alpha", "One"), DATA.replace("Beta", "Two")]
    texts[side] = texts[side].replace("format = 1", "format = ")
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    code = main(["merge", *map(str, paths)])
    assert "merged by lines" in capsys.readouterr().err
    assert code == 0
    assert '"Two"' in paths[1].read_text("utf-8")
