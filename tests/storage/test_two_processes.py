"""Two real processes and one file, on every system; `faults` has more where POSIX is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tomli

PROJECT = b'# first\n[[projects]]\nid = "a"\nname = "A"\n\n# last\n'


def start(path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    state = path.parent / "state"
    environ = os.environ | {
        f"XDG_{kind}_HOME": str(state) for kind in ("STATE", "CONFIG", "CACHE")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "hunnan_tui", *arguments, "-f", str(path)],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def read_tags(path: Path) -> list[str]:
    tags: list[str] = tomli.loads(path.read_bytes().decode())["projects"][0]["tags"]
    return tags


def test_whoever_saves_at_once_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(PROJECT)
    names = ["one", "two", "three"]
    writers = [start(path, "tag", "add", "a", name) for name in names]
    for writer in writers:
        _, errors = writer.communicate()
        assert writer.returncode == 0, errors
        assert errors.splitlines()[1:] == []  # no warning follows what was done
    assert sorted(read_tags(path)) == sorted(names)
    # and no byte beside them: line breaks stay what they are
    lines = path.read_bytes().split(b"\n")
    assert [line for line in lines if not line.startswith(b"tags")] == PROJECT.split(
        b"\n"
    )
    assert {file.name for file in tmp_path.iterdir()} <= {"projects.toml", "state"}


def test_a_killed_writer_stops_nobody_and_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_bytes(PROJECT)
    killed = start(path, "tag", "add", "a", "killed")
    killed.kill()
    killed.communicate()
    after = start(path, "tag", "add", "a", "after")
    _, errors = after.communicate()
    assert after.returncode == 0, errors
    assert "after" in read_tags(path)
