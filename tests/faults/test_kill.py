"""Kill the real program in the middle of saves: nothing acknowledged may be lost.

The suite kills some 50 times; HUNNAN_TUI_KILLS=1000 is the nightly form.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tomli

FAULTY = Path(__file__).with_name("faulty.py")
KILLS = int(os.environ.get("HUNNAN_TUI_KILLS", "50"))
TEXT = """\
# a comment by hand
[[projects]]
id = "a"
name = "甲"   # kept
tags = ["first"]

[[projects]]
id = "b"
name = "B"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "projects.toml"
    file.parent.mkdir()
    file.write_text(TEXT)
    return file


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower())
        for name in ("CONFIG", "STATE", "CACHE", "DATA")
    }
    return os.environ | folders


def run(
    environ: dict[str, str], kind: str, at: int, *arguments: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(FAULTY), kind, str(at), *arguments],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def tags(path: Path) -> list[str]:
    """The tags of project a; fails when the file does not parse or lost a comment."""
    text = path.read_text()
    assert "# a comment by hand" in text
    assert "# kept" in text
    found: list[str] = tomli.loads(text)["projects"][0]["tags"]
    return found


def litter(path: Path) -> list[str]:
    return [each.name for each in path.parent.iterdir() if each != path]


def operations(environ: dict[str, str], path: Path) -> int:
    """How many file operations one command makes."""
    done = run(environ, "kill", 0, "tag", "add", "a", "counted", "-f", str(path))
    assert done.returncode == 0, done.stderr
    return int(re.findall(r"operations: (\d+)", done.stderr)[-1])


def test_a_kill_at_every_file_operation_of_a_save_loses_nothing(
    path: Path, environ: dict[str, str]
) -> None:
    acknowledged = {"first", "counted"}
    for at in range(1, operations(environ, path) + 1):
        tag = f"t{at}"
        done = run(environ, "kill", at, "tag", "add", "a", tag, "-f", str(path))
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        now = set(tags(path))
        assert acknowledged <= now
        if done.returncode == 0:
            assert tag in now
            acknowledged.add(tag)
    after = run(environ, "kill", 0, "tag", "add", "a", "last", "-f", str(path))
    assert after.returncode == 0, after.stderr
    assert acknowledged | {"last"} <= set(tags(path))
    assert litter(path) == []


def test_a_kill_at_any_moment_loses_nothing(
    path: Path, environ: dict[str, str]
) -> None:
    source = random.Random(1)
    acknowledged = {"first"}
    started = time.monotonic()
    whole = run(environ, "kill", 0, "tag", "add", "a", "one", "-f", str(path))
    usual = time.monotonic() - started
    assert whole.returncode == 0, whole.stderr
    acknowledged.add("one")
    for number in range(max(1, KILLS // 2)):
        command = [sys.executable, "-m", "hunnan_tui", "tag", "add", "a", f"r{number}"]
        process = subprocess.Popen(
            [*command, "-f", str(path)],
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(source.uniform(usual / 4, usual * 1.2))
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        assert code in (0, -signal.SIGKILL)
        if code == 0:
            acknowledged.add(f"r{number}")
        assert acknowledged <= set(tags(path))
    after = run(environ, "kill", 0, "tag", "add", "a", "last", "-f", str(path))
    assert after.returncode == 0, after.stderr
    assert litter(path) == []


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EACCES", "EROFS"])
def test_an_error_at_every_file_operation_leaves_the_file_whole(
    path: Path, environ: dict[str, str], error: str
) -> None:
    steps = operations(environ, path)
    chosen = range(1, steps + 1, max(1, steps * 4 // KILLS))
    for at in chosen:
        tag = f"t{at}"
        done = run(environ, error, at, "tag", "add", "a", tag, "-f", str(path))
        assert "Traceback" not in done.stderr
        assert done.returncode in (0, 2, 3), done.stderr
        assert (tag in tags(path)) or done.returncode != 0
        if done.returncode:
            assert done.stderr.strip()
        again = run(environ, "kill", 0, "tag", "add", "a", tag, "-f", str(path))
        assert again.returncode == 0, again.stderr
        assert tag in tags(path)
        assert litter(path) == []
