from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hunnan_tui.config import shipped
from hunnan_tui.config.paths import (
    DATA_VARIABLE,
    Paths,
    choose_dataset,
    find_packaged_dataset,
    find_paths,
)
from hunnan_tui.files.private import ensure_private_folder, hash_path

KINDS = ("config", "state", "cache", "data")


def test_each_folder_follows_its_variable() -> None:
    environ = {f"XDG_{kind.upper()}_HOME": f"/x/{kind}" for kind in KINDS}
    paths = find_paths(environ)
    for kind in KINDS:
        assert getattr(paths, kind) == Path(f"/x/{kind}/hunnan-tui")
    assert paths.journal == Path("/x/state/hunnan-tui/journal")
    assert paths.drafts == Path("/x/state/hunnan-tui/drafts")
    assert paths.backups == Path("/x/state/hunnan-tui/backups")


@pytest.mark.parametrize("value", ["", "relative/path", "./x", "~/x"])
@pytest.mark.posix
def test_a_relative_variable_is_as_good_as_none(
    value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in KINDS:
        monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    usual = find_paths(os.environ)
    for kind in KINDS:
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", value)
    paths = find_paths(os.environ)
    assert paths == usual
    assert all(tmp_path in getattr(paths, kind).parents for kind in KINDS)


def test_looking_for_paths_creates_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in KINDS:
        monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    find_paths(os.environ)
    find_paths({f"XDG_{kind.upper()}_HOME": f"{tmp_path}/{kind}" for kind in KINDS})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix
def test_a_variable_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    odd = f"{tmp_path}/a\nb \x1b[31m"
    assert find_paths({"XDG_STATE_HOME": odd}).state == Path(odd) / "hunnan-tui"


HOMELESS = """
import os, pwd
def nobody(*_):
    raise KeyError("no such user")
pwd.getpwuid = nobody
for name in list(os.environ):
    if name == "HOME" or name.startswith("XDG_"):
        del os.environ[name]
from pathlib import Path
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.config.paths import find_paths
paths = find_paths(os.environ)
print(paths.state, paths.journal, paths.drafts, paths.salvage_file(Path("x")))
print(Journal(paths.journal, Path("x")).problem)
print(Drafts(paths.drafts, Path("x")).problem)
"""


@pytest.mark.posix
def test_without_a_home_there_is_no_state_folder_and_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HOMELESS],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.stderr == ""
    paths, journal, drafts = done.stdout.splitlines()
    assert paths == "None None None None"
    assert "no state folder" in journal
    assert "no state folder" in drafts
    assert list(tmp_path.iterdir()) == []


def test_without_a_state_folder_there_is_no_place_in_it() -> None:
    paths = Paths()
    assert paths.journal is paths.drafts is paths.backups is None
    assert paths.salvage_file(Path("x")) is None


def test_the_dataset_is_the_one_given(tmp_path: Path) -> None:
    given = tmp_path / "given.toml"
    environ = {DATA_VARIABLE: "/by/variable.toml"}
    assert choose_dataset(given, environ, tmp_path)[0] == given


def test_else_the_one_of_the_variable(tmp_path: Path) -> None:
    (tmp_path / "projects.toml").touch()
    environ = {DATA_VARIABLE: "/by/variable.toml"}
    assert choose_dataset(None, environ, tmp_path)[0] == Path("/by/variable.toml")


def test_else_one_in_the_current_folder_that_of_data_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects.toml").touch()
    assert choose_dataset(None, {}, tmp_path)[0] == Path("projects.toml")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "projects.toml").touch()
    environ = {DATA_VARIABLE: ""}
    assert choose_dataset(None, environ, tmp_path)[0] == Path("data/projects.toml")


def test_else_the_packaged_copy(tmp_path: Path) -> None:
    (tmp_path / "projects.toml").mkdir()
    path, why = choose_dataset(None, {}, tmp_path)
    assert path == find_packaged_dataset()
    assert "comes with the program" in why
    assert b"[[projects]]" in path.read_bytes()


def test_the_packaged_copy_is_that_of_the_package_where_it_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "hunnan_tui"
    monkeypatch.setattr(shipped, "__file__", str(package / "config" / "shipped.py"))
    assert find_packaged_dataset() == tmp_path / "data" / "projects.toml"
    (package / "data").mkdir(parents=True)
    (package / "data" / "projects.toml").touch()
    assert find_packaged_dataset() == package / "data" / "projects.toml"


@pytest.mark.posix
def test_a_private_folder_is_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        folder = ensure_private_folder(tmp_path / "a" / "b" / "hunnan-tui" / "journal")
    finally:
        os.umask(old)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    folder.chmod(0o755)
    ensure_private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.posix
def test_a_file_has_one_name_whatever_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "projects.toml"
    path.touch()
    link = tmp_path / "link"
    link.symlink_to(path)
    monkeypatch.chdir(tmp_path)
    assert hash_path(path) == hash_path(link) == hash_path(Path("projects.toml"))
    assert hash_path(path) != hash_path(tmp_path)
    hash_path(Path(os.fsdecode(b"/\xff\n"))).encode("ascii")
