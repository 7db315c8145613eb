"""A dataset in real repositories: its commits, and who set what a project says."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hunnan_tui.config.language import choose_language
from hunnan_tui.versions import program
from hunnan_tui.versions.changes import Blame, blame, compare, list_changes
from hunnan_tui.versions.history import (
    find_block,
    list_commits,
    list_references,
    parse_block,
    read_text,
    read_versions,
)
from hunnan_tui.versions.program import GitError, run_git

FIRST = """\
[[projects]]
id = "a"
name = "Alpha 沈阳"
stage = "signed"
sources = ["s"]

[[projects]]
id = "ab"
name = "Other"
"""
STEPS = [
    ("李", 'stage = "signed"', 'stage = "construction"\ntags = ["watch"]'),
    ("Ann", 'name = "Other"', 'name = "Another"'),
    ("Bo \x1b[31m", '["watch"]', '["watch", "visit"]'),
]


class Repository:
    """A repository with a dataset in a folder of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "数据 data" / "projects.toml"
        self.path.parent.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, check=True)  # noqa: S607

    def commit(self, text: str, author: str, subject: str) -> None:
        self.path.write_text(text, "utf-8", newline="")
        self.git("add", ".")
        who = ["-c", f"user.name={author}", "-c", "user.email=a@b"]
        self.git(*who, "commit", "-q", "-m", subject)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    made = Repository(tmp_path / "repo")
    text = FIRST
    made.commit(text, "Ann", "begin")
    for author, old, new in STEPS:
        text = text.replace(old, new)
        made.commit(text, author, f"by {author}")
    return made


def test_each_commit_says_what_it_changed(repository: Repository) -> None:
    path = repository.path
    assert [commit.author for commit in list_commits(path)] == [
        *("Bo \x1b[31m", "Ann", "李", "Ann"),
    ]
    changes = list(list_changes(read_versions(path, "a")))
    assert [(each.commit.author, each.lines) for each in changes] == [
        ("Bo \x1b[31m", ("Tags: + visit",)),
        ("李", ("Stage: signed → construction", "Tags: + watch")),
        ("Ann", ("added",)),
    ]
    (other, added) = list_changes(read_versions(path, "ab"))
    assert other.lines == ("Name: Other → Another",)
    assert added.lines == ("added",)
    assert list(list_changes(read_versions(path, "gone"))) == []


def test_blame_names_the_commit_of_each_thing(repository: Repository) -> None:
    path = repository.path
    path.write_text(path.read_text("utf-8").replace('["s"]', '["s", "t"]'), "utf-8")
    record = parse_block(find_block(path.read_bytes(), "a"), "a")
    assert record is not None
    blamed = blame(record, read_versions(path, "a"))
    assert [(b.key, b.value, b.commit and b.commit.author) for b in blamed] == [
        ("id", "a", "Ann"),
        ("name", "Alpha 沈阳", "Ann"),
        ("stage", "construction", "李"),
        ("tags", "watch", "李"),
        ("tags", "visit", "Bo \x1b[31m"),
        ("sources", "s", "Ann"),
        ("sources", "t", None),
    ]
    assert not any(b.is_older for b in blamed)
    assert blame(record, ()) == [Blame(b.key, b.value, None) for b in blamed]


def test_a_commit_can_be_read_by_its_hash_tag_or_branch(repository: Repository) -> None:
    repository.git("tag", "v1")
    repository.git("branch", "topic/沈阳")
    names = {
        reference.name: reference for reference in list_references(repository.path)
    }
    assert {name: each.kind for name, each in names.items()} == {
        "v1": "tag",
        "main": "branch",
        "topic/沈阳": "branch",
    }
    now = repository.path.read_bytes()
    assert read_text(repository.path, names["v1"].hash) == now
    assert read_text(repository.path, list_commits(repository.path)[-1].hash) == (
        FIRST.encode()
    )
    for wrong in ("--help", "HEAD:x", "", "0" * 40, "main;x"):
        with pytest.raises(GitError):
            read_text(repository.path, wrong)


@pytest.mark.parametrize("kind", ["no repository", "no commit", "not in it", "no git"])
def test_without_a_history_it_says_so(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "projects.toml"
    path.write_text(FIRST, "utf-8")
    if kind != "no repository":
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)  # noqa: S607
    if kind == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    if kind == "not in it":
        who = ["-c", "user.name=a", "-c", "user.email=a@b"]
        words = ["git", *who, "commit", "-q", "--allow-empty", "-m", "x"]
        subprocess.run(words, cwd=tmp_path, check=True)
        assert list(read_versions(path, "a")) == []
        return
    with pytest.raises(GitError):
        list(read_versions(path, "a"))


def test_a_repository_runs_nothing_of_its_own(
    repository: Repository, tmp_path: Path
) -> None:
    trap = tmp_path / "trapped"
    command = f"touch {trap}"
    for name in (
        *("core.fsmonitor", "core.pager", "diff.external", "diff.x.textconv"),
        *("diff.x.command", "gpg.program", "core.sshCommand", "filter.x.smudge"),
        *("filter.x.clean", "pager.log", "alias.log", "uploadpack.packObjectsHook"),
    ):
        value = f"!{command}" if name.startswith("alias") else command
        repository.git("config", name, value)
    repository.git("config", "log.showSignature", "true")
    (repository.folder / ".gitattributes").write_text("* diff=x filter=x")
    assert list(list_changes(read_versions(repository.path, "a")))
    assert list_references(repository.path)
    assert not trap.exists()


def test_git_gets_a_bounded_time(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}:/bin:/usr/bin")
    with pytest.raises(GitError, match="took too long"):
        run_git(["log"], repository.folder, patience=0.05)
    assert program.PATIENCE <= 10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (b'[[projects]]\nid = "a"\n', {"id": "a"}),
        (b'[[projects]]\r\nname = "x"\r\nid="a"\r\n[[views]]\r\n', {"id": "a", "name": "x"}),
        (b"[[projects]]\nid = 'a'\n[[projects.notes]]\ntext = \"\"\n[x]\n", {"id": "a", "notes": [{"text": ""}]}),
        (b'[[projects]]\nsummary = "id = a"\nid = "b"\n', None),
        (b'# id = "a"\n', None),
        (b'id = "a"\n', None),
        (b'[[projects]]\nid = "a\n', None),
        (b'[[sources]]\nid = "a"\n[[projects]]\nid = "a"\n', {"id": "a"}),
        (b"\xff\xfe", None),
    ],
)  # fmt: skip
def test_a_block_is_found_without_a_parser(
    text: bytes, found: dict[str, object] | None
) -> None:
    assert parse_block(find_block(text, "a"), "a") == found


def test_what_differs_is_said_in_lines() -> None:
    old = {"id": "a", "investment": 5, "tags": ["x", "y"], "facts": [{"label": "A"}]}
    new = {"id": "a", "tags": ["y", "x"], "facts": [{"label": "B", "value": "1"}]}
    assert compare(old, new) == (
        "Investment: 5 → nothing",
        "Tags: in another order",
        "Facts: − A",
        "Facts: + B · 1",
    )
    assert compare(old, None) == ("removed",)
    assert compare(None, None) == ()


def test_changes_are_told_in_the_language_in_use() -> None:
    choose_language(["--lang", "zh"], {})
    try:
        lines = (*compare(None, {}), *compare({"stage": "a"}, {"tags": ["b"]}))
    finally:
        choose_language(["--lang", "en"], {})
    assert lines == ("新增", "阶段：a → 无", "标签：+ b")
