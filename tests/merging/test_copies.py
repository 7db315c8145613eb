"""Conflicted copies of sync tools: found by their names, and brought in."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from hunnan_tui.merging.copies import find_copies, find_new_copies
from tests.cli.conftest import Run, home, run  # noqa: F401 - fixtures

TEXT = '# kept\n[[projects]]\nid = "a"\nname = "A"\n'


@pytest.mark.parametrize(
    ("name", "is_copy"),
    [
        ("projects (Ann's conflicted copy 2026-11-28).toml", True),  # Dropbox
        ("projects (conflicted copy 2026-11-28 091200).toml", True),  # Nextcloud
        ("projects_conflict-20261128-091200.toml", True),  # ownCloud
        ("projects.sync-conflict-20261128-091200-ABCDEF7.toml", True),  # Syncthing
        ("projects (SFConflict a@b 2026-11-28-09-12-00).toml", True),  # Seafile
        ("projects (李雷的冲突副本 2026-11-28).toml", True),  # Jianguoyun
        ("projects.Conflict.toml", True),  # Resilio
        ("Projects (In Konflikt stehende Kopie).toml", True),
        ("projects.toml", False),
        ("projects-2025.toml", False),
        ("projects (1).toml", False),  # perhaps a copy that somebody made
        ("other (conflicted copy).toml", False),
        ("projects (conflicted copy).csv", False),
        ("conflict.toml", False),
    ],
)
def test_a_copy_is_known_by_its_name(tmp_path: Path, name: str, is_copy: bool) -> None:
    path = tmp_path / "projects.toml"
    for file in {path, tmp_path / name}:
        file.write_text(TEXT)
    (tmp_path / "projects conflict folder.toml").mkdir()
    assert find_copies(path) == ([tmp_path / name] if is_copy else [])


def test_what_copies_have_is_brought_in(path: Path, run: Run) -> None:  # noqa: F811
    path.write_text(TEXT)
    one, two = (path.with_name(f"projects conflict {n}.toml") for n in (1, 2))
    one.write_text(TEXT + 'tags = ["x"]\n')
    two.write_text(TEXT + 'tags = ["y"]\n\n[[projects]]\nid = "b"\nname = "B"\n')
    assert find_new_copies(path) == [one, two]
    ran = run("merge", str(path))
    assert (ran.code, ran.out) == (0, "")
    assert "delete the copies" in ran.err
    projects = tomli.loads(path.read_text())["projects"]
    assert projects == [
        {"id": "a", "name": "A", "tags": ["x", "y"]},
        {"id": "b", "name": "B"},
    ]
    assert path.read_text().startswith("# kept\n")
    assert find_new_copies(path) == []  # and nothing is said any more
    before = path.read_bytes()
    assert "adds nothing" in run("merge", str(path)).err
    assert path.read_bytes() == before


def test_two_values_of_one_fact_are_a_conflict(path: Path, run: Run) -> None:  # noqa: F811
    path.write_text(TEXT)
    copy = path.with_name("projects conflict.toml")
    copy.write_text(TEXT.replace('"A"', '"Another"'))
    assert run("merge", str(path), "--print").code == 1
    assert path.read_text() == TEXT
    ran = run("merge", str(path))
    assert ran.code == 1
    assert "hunnan-tui resolve" in ran.err
    assert "<<<<<<<" in path.read_text()
    assert run("resolve", str(path), "--theirs").code == 0
    assert tomli.loads(path.read_text()) == tomli.loads(copy.read_text())


@pytest.mark.parametrize("text", [b"", b"\xff", b"[[projects", b"<<<<<<< x\n"])
def test_a_copy_that_cannot_be_read_is_named(path: Path, run: Run, text: bytes) -> None:  # noqa: F811
    path.write_text(TEXT)
    copy = path.with_name("projects conflict.toml")
    copy.write_bytes(text)
    ran = run("merge", str(path))
    assert path.read_text() == TEXT
    if text:
        assert ran.code == 2
        assert copy.name in ran.err
        assert find_new_copies(path) == [copy]


def test_there_may_be_none(path: Path, run: Run) -> None:  # noqa: F811
    path.write_text(TEXT)
    ran = run("merge", str(path))
    assert (ran.code, ran.out) == (0, "")
    assert "no conflicted copy" in ran.err


@pytest.fixture
def path(home: Path) -> Path:  # noqa: F811
    return home / "projects.toml"
