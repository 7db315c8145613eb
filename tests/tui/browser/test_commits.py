"""What commits changed, in the last tab of the detail; and other commits to compare with."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from textual.widgets import OptionList

from hunnan_tui.tui.dialogs.base import DialogList
from hunnan_tui.tui.dialogs.path import PathDialog
from hunnan_tui.tui.pages.diff import DiffPage
from hunnan_tui.tui.widgets.detail import ProjectDetail
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
