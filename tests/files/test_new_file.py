from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hunnan_tui.core.errors import SaveError
from hunnan_tui.files.new_file import ExistsError, format_size, write_file


def fails(code: int) -> Callable[..., int]:
    def call(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    return call


@pytest.mark.posix
def test_a_new_file_has_the_text_and_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    old = os.umask(0o027)
    try:
        write_file(path, b"text")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"text"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.posix
def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with pytest.raises(ExistsError, match="is there already"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    write_file(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.posix
def test_the_open_file_is_never_replaced_by_whatever_name(tmp_path: Path) -> None:
    path, link = tmp_path / "data.toml", tmp_path / "link.toml"
    path.write_bytes(b"old")
    link.symlink_to(path)
    for each in (path, link, tmp_path / ".." / tmp_path.name / "data.toml"):
        with pytest.raises(SaveError, match="it is the open file"):
            write_file(each, b"new", force=True, keep=[path])
    assert path.read_bytes() == b"old"


@pytest.mark.posix
def test_a_link_is_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "target", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(path)
    write_file(link, b"new", force=True)
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="no regular file"):
        write_file(tmp_path, b"text", force=True)


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="there is no such folder"):
        write_file(tmp_path / "gone" / "out.csv", b"text")


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("call", ["write", "fsync"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_nothing_is_left_of_a_write_that_fails(
    call: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    force: bool,
) -> None:
    path = tmp_path / "out.csv"
    if force:
        path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fails(code))
        with pytest.raises(SaveError, match="Not written"):
            write_file(path, b"new", force=force)
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"] * force


def test_a_file_that_comes_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, link = tmp_path / "out.csv", os.link

    def made_meanwhile(source: Path, target: Path) -> None:
        path.write_bytes(b"theirs")
        link(source, target)

    monkeypatch.setattr(os, "link", made_meanwhile)
    with pytest.raises(ExistsError):
        write_file(path, b"ours")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"theirs"]


def test_a_file_system_without_links_gets_the_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", fails(errno.EPERM))
    path = tmp_path / "out.csv"
    write_file(path, b"text")
    assert path.read_bytes() == b"text"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("length", "text"), [(0, "0 bytes"), (12_340, "12.3 kB"), (5_000_000, "5.0 MB")]
)
def test_sizes_are_told_for_people(length: int, text: str) -> None:
    assert format_size(length) == text
