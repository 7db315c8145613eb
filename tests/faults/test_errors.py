"""Let each file operation of the real command line fail: the old text, and a word."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import OpenTerminal
from tests.faults.scene import Do, Scene, commands
from tests.faults.terminal import PROGRAM

REASONS = {
    "ENOSPC": "the disk is full",
    "EIO": "the disk reports an error",
    "EACCES": "permission",
    "EROFS": "the file system is read-only",
}


@pytest.fixture(scope="module")
def do() -> Iterator[Do]:
    with commands() as do:
        yield do


CASES = [
    *[("plain", error) for error in REASONS],
    *[("hard-linked", error) for error in ("ENOSPC", "EIO")],
]


@pytest.mark.parametrize(("kind", "error"), [*CASES, ("facts", "ENOSPC")])
def test_an_error_at_any_file_operation_is_told_and_loses_nothing(
    path: Path, environ: dict[str, str], do: Do, error: str, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    scene.tag("zero")
    refused = 0
    for at in range(1, scene.tag("one").operations + 1):
        before, tag = scene.text, f"t{at}"
        ended = scene.tag(tag, fault=error, at=at)
        if ended.code == 0:
            assert tag in scene.tags()
        else:
            refused += 1
            assert ended.code == (3 if "Not saved" in ended.told else 2)
            assert REASONS[error] in ended.told
            assert scene.text == before
            assert scene.in_journal(tag) == ("the change is kept" in ended.told)
        was_kept = scene.in_journal(tag)
        assert scene.tag(f"after{at}").code == 0
        assert f"after{at}" in scene.tags()
        assert tag in scene.tags() or not was_kept
        assert scene.litter() == []
    assert refused > 1


@pytest.mark.parametrize(("kind", "error"), CASES[::2])
def test_a_disk_that_is_bad_for_good_keeps_the_old_text(
    path: Path, environ: dict[str, str], do: Do, error: str, kind: str
) -> None:
    scene = Scene(kind, path, environ, do)
    scene.tag("zero")
    for at in range(1, scene.tag("one").operations + 1):
        before, tag = scene.text, f"t{at}"
        ended = scene.tag(tag, fault=error, at=at, for_good=True)
        if ended.code == 0:
            assert tag in scene.tags()
        elif "damaged" not in ended.told:
            assert scene.text == before
        assert re.search(r"\w", ended.told)
        was_kept = scene.in_journal(tag)
        assert scene.tag(f"after{at}").code == 0
        assert tag in scene.tags() or not was_kept
        assert scene.litter() == []


def test_a_write_that_takes_a_part_leaves_the_old_text(
    path: Path, environ: dict[str, str]
) -> None:
    path.write_text(path.read_text() + "# filled up\n" * 400)
    before = path.read_bytes()
    limit = len(before) + 500

    def run(text: str, limit: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, "note", "add", "a", text, "-f", str(path)],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY)
            ),
        )

    ended = run("x" * 999, limit)
    assert ended.returncode == 3
    assert "larger than is allowed" in ended.stderr
    assert "the change is kept" in ended.stderr
    assert path.read_bytes() == before
    assert run("short", resource.RLIM_INFINITY).returncode == 0
    assert "x" * 999 in path.read_text()
    assert "short" in path.read_text()
    assert list(path.parent.iterdir()) == [path]


INTERRUPTED = """
import signal, sys
calls = []
signal.signal(signal.SIGALRM, lambda *_: calls.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
from hunnan_tui.cli import main
code = main(sys.argv[1:])
signal.setitimer(signal.ITIMER_REAL, 0)
assert len(calls) > 20
sys.exit(code)
"""


def test_interrupted_system_calls_go_on(path: Path, environ: dict[str, str]) -> None:
    words = ["tag", "add", "a", "watch", "-f", str(path)]
    subprocess.run([sys.executable, "-c", INTERRUPTED, *words], env=environ, check=True)
    assert '"watch"' in path.read_text()


def test_a_vanished_folder_is_told_until_it_is_back(
    path: Path, terminal: OpenTerminal
) -> None:
    opened = terminal()
    away = path.parent.with_name("away")
    path.parent.rename(away)
    opened.type("w")
    opened.shows("not saved: ")
    away.rename(path.parent)
    opened.type("\x13")
    opened.shows(" saved ")
    assert '"watch"' in path.read_text()
