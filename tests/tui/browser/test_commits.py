"""What commits changed, in the last tab of the detail; and other commits to compare with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.dialogs.base import DialogList
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.dialogs.path import PathDialog
from hunnan_tui.tui.pages.diff import DiffPage
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.versions.history import list_commits
from tests.tui.app_host import WIDE, OpenApp, press, settle

TEXT = '[[projects]]\nid = "a"\nname = "Alpha"\nstage = "signed"\n'


def commit(path: Path, text: str, author: str, subject: str) -> None:
    path.write_text(text, "utf-8")
    who = ["-c", f"user.name={author}", "-c", "user.email=a@b"]
    for words in (["add", path.name], [*who, "commit", "-qm", subject]):
        subprocess.run(["git", *words], cwd=path.parent, check=True)  # noqa: S607


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    path = tmp_path / "repo" / "projects.toml"
    path.parent.mkdir()
    words = ["git", "init", "-q", "-b", "main", str(path.parent)]
    subprocess.run(words, check=True)
    commit(path, TEXT, "Ann", "begin")
    commit(path, TEXT.replace("signed", "built"), "[/red] 李", "[bold]the stage")
    return path


async def test_the_history_tab_tells_what_commits_changed(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "left_square_bracket")  # the last tab
        await settle(app, pilot)
        shown = " ".join(app.screen.query_one(ProjectDetail).text.split())
        assert "Its commits" in shown
        assert "Stage: signed → built" in shown
        assert "[/red] 李" in shown
        assert "[bold]the stage" in shown
        assert shown.index("built") < shown.index("begin")


async def test_without_git_the_history_tab_has_no_commits(
    path: Path, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(path.parent))
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "left_square_bracket")
        await settle(app, pilot)
        shown = " ".join(app.screen.query_one(ProjectDetail).text.split())
        assert "This project, this session" in shown
        assert "Its commits" not in shown


async def test_a_commit_a_tag_or_a_branch_can_be_compared_with(
    path: Path, open_app: OpenApp
) -> None:
    words = ["git", "tag", "v/1", "HEAD~1"]
    subprocess.run(words, cwd=path.parent, check=True)
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "D")
        offered = app.screen.query_one(DialogList).options
        assert [str(option.prompt).split()[0] for option in offered][:3] == [
            *("Another", "branch", "tag"),
        ]
        assert len(offered) == 5
        await press(app, pilot, *"v/1", "enter")
        assert isinstance(app.screen, DiffPage)
        rows = app.screen.query_one(OptionList).options
        assert "built" in "".join(str(row.prompt) for row in rows)
        await press(app, pilot, "escape", "D", "enter")  # another file
        assert isinstance(app.screen, PathDialog)


async def test_a_commit_is_shown_before_it_is_made(
    path: Path, open_app: OpenApp
) -> None:
    for words in (["user.name", "李"], ["user.email", "a@b"]):
        subprocess.run(["git", "config", *words], cwd=path.parent, check=True)  # noqa: S607
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await press(app, pilot, "f7")
        assert "Nothing has changed" in told(app)
        await press(app, pilot, "w", "f7")
        assert isinstance(app.screen, ConfirmDialog)
        await press(app, pilot, "n")
        assert len(list_commits(path)) == 2
        await press(app, pilot, "f7", "y")
        assert list_commits(path)[0].subject == "Alpha: Tags: + watch"
        assert "Committed as" in told(app)


async def test_what_git_brings_is_told_with_its_authors(
    path: Path, open_app: OpenApp
) -> None:
    app = open_app(path)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        branch = [["checkout", "-q", "-b", "topic"], ["checkout", "-q", "main"]]
        git(path, branch[0])
        commit(path, TEXT.replace("signed", "running"), "Ann {x}", "later")
        git(path, branch[1])
        git(path, ["merge", "-q", "topic"])
        await press(app, pilot, "r")
        assert "git merge: 1 commit by Ann {x}: 1 changed" in told(app)


def git(path: Path, words: list[str]) -> None:
    subprocess.run(["git", *words], cwd=path.parent, check=True)  # noqa: S607


def told(app: HunnanApp) -> str:
    return "\n".join(notification.message for notification in app._notifications)
