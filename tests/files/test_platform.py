from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.platform import lock_file, make_link, open_flags

LACKING = """
import os, select, signal, sys
for name in {names!r}:
    if hasattr(os, name):
        delattr(os, name)
for name in {signals!r}:
    if hasattr(signal, name):
        delattr(signal, name)
if {modules!r}:
    sys.modules.update(dict.fromkeys({modules!r}))
from hunnan_tui.cli import main
sys.exit(main({argv!r}))
"""
XATTR = ["listxattr", "getxattr", "setxattr", "removexattr"]
CALLS = ["fchown", "fchmod", "statvfs", "link", "nice"]
FLAGS = ["O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_DIRECTORY"]
PROJECT = b'[[projects]]\nid = "a"\nname = "A"\n'


def run_without(
    folder: Path, argv: list[str], names: list[str], *, modules: bool = False
) -> subprocess.CompletedProcess[str]:
    program = LACKING.format(
        names=names,
        signals=["SIGHUP", "SIGPIPE"] if modules else [],
        modules=["fcntl"] if modules else [],
        argv=argv,
    )
    home = {f"XDG_{kind}_HOME": str(folder) for kind in ("STATE", "CONFIG", "CACHE")}
    return subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | home,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("names", "modules"),
    [(XATTR, False), ([*XATTR, *CALLS, *FLAGS, "ST_RDONLY"], True)],
    ids=["macOS", "bare"],
)
def test_what_a_system_lacks_is_left_out_of_a_save(
    tmp_path: Path, names: list[str], modules: bool
) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(PROJECT)
    argv = ["tag", "add", "a", "watch", "-f", str(path)]
    done = run_without(tmp_path, argv, names, modules=modules)
    assert done.returncode == 0, done.stderr
    assert b'tags = ["watch"]' in path.read_bytes()


def test_what_a_system_lacks_is_left_out_of_an_export(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(PROJECT)
    made = tmp_path / "made.csv"
    argv = ["export", str(made), str(path)]
    done = run_without(tmp_path, argv, [*XATTR, *CALLS, *FLAGS], modules=True)
    assert done.returncode == 0, done.stderr
    assert made.exists()


@pytest.mark.parametrize("name", [*XATTR[:1], *CALLS[:3], "ST_RDONLY"])
@pytest.mark.posix
def test_a_save_does_without(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o640)
    monkeypatch.delattr(os, name)
    assert replace_file(path, lambda _: b"new").warning == ""
    assert path.read_bytes() == b"new"


@pytest.mark.posix
def test_flags_that_are_missing_count_as_nothing() -> None:
    assert open_flags("O_CLOEXEC", "O_NO_SUCH_FLAG") == os.O_CLOEXEC


@pytest.mark.posix
def test_a_system_without_locks_and_links_says_so_by_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hunnan_tui.files.platform.fcntl", None)
    monkeypatch.delattr(os, "link")
    with pytest.raises(OSError) as error:  # noqa: PT011 - the number is looked at
        lock_file(0)
    assert error.value.errno == errno.ENOSYS
    with pytest.raises(OSError) as error:  # noqa: PT011
        make_link(str(tmp_path / "a"), str(tmp_path / "b"))
    assert error.value.errno == errno.ENOTSUP
