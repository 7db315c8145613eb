"""What Windows alone does: run there, or under wine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hunnan_tui.core.errors import SaveError
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.lock import lock_folder
from hunnan_tui.files.platform import is_alive, split_command

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
SHARE_READ = 1


@contextmanager
def hold_open(path: Path, share: int) -> Iterator[None]:
    """Hold a file open as programs do that let nobody else write it."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CloseHandle.argtypes = [ctypes.c_void_p]
    handle = kernel.CreateFileW(str(path), 0x80000000, share, None, 3, 0, None)
    try:
        yield
    finally:
        kernel.CloseHandle(handle)


@pytest.mark.parametrize("share", [0, SHARE_READ])
def test_a_file_that_somebody_holds_is_told_and_saved_when_free(
    tmp_path: Path, share: int
) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(b"old\n")
    with (
        hold_open(path, share),
        pytest.raises(SaveError, match="another program holds the file open"),
    ):
        replace_file(path, lambda text: text + b"new\n")
    assert path.read_bytes() == b"old\n"
    assert [file.name for file in tmp_path.iterdir()] == ["projects.toml"]
    replace_file(path, lambda text: text + b"new\n")
    assert path.read_bytes() == b"old\nnew\n"


def test_a_folder_is_locked_by_one_at_a_time(tmp_path: Path) -> None:
    with lock_folder(str(tmp_path), 0):
        waiting = lock_folder(str(tmp_path), 0)
        with pytest.raises(SaveError, match="another hunnan-tui"), waiting:
            pass
    assert [*tmp_path.iterdir()] == []
    with lock_folder(str(tmp_path), 0) as warning:
        assert warning == ""


def test_a_process_that_has_ended_is_not_alive() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_alive(os.getpid())
    assert not is_alive(ended.pid + 10**6)


def test_a_command_has_its_folders() -> None:
    line = r'"C:\Program Files\Editor\edit.exe" --wait'
    assert split_command(line) == [r"C:\Program Files\Editor\edit.exe", "--wait"]
