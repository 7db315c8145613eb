"""A limit of the system ends the program in one line, with the terminal as it was."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import OpenTerminal
from tests.faults.terminal import PROGRAM, Terminal


@pytest.fixture
def limited(path: Path, environ: dict[str, str]) -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for each in opened:
        each.close()


# in the imports, in the threads of the app, in its own work
@pytest.mark.parametrize("limit", ["-v 20000", "-v 66000", "-v 72000", "-n 5"])
def test_the_app_ends_in_one_line(
    path: Path, environ: dict[str, str], limited: list[Terminal], limit: str
) -> None:
    program = shlex.join([*PROGRAM, str(path)])
    terminal = Terminal(["/bin/sh", "-c", f"ulimit {limit}; exec {program}"], environ)
    limited.append(terminal)
    assert terminal.ended() in (1, 2)
    assert terminal.flags_now() == terminal.flags
    assert terminal.output.count(b"\x1b[?1049h") == terminal.output.count(
        b"\x1b[?1049l"
    )
    last = terminal.output.rpartition(b"\x1b[?")[2]
    assert last.count(b"\n") == 1
    assert b"close something" in last


@pytest.mark.parametrize("size", ["COLUMNS", "LINES"])
def test_a_size_that_no_terminal_has_is_told_and_not_used(
    terminal: OpenTerminal, size: str
) -> None:
    opened = terminal(**{size: "999999999"})
    opened.type("q")
    assert opened.ended() == 0
    assert b"no terminal is as large" in opened.output.partition(b"\x1b")[0]


def run(
    words: list[str], environ: dict[str, str], before: str = ""
) -> subprocess.CompletedProcess[str]:
    program = shlex.join([sys.executable, "-m", "hunnan_tui", *words])
    return subprocess.run(
        ["/bin/sh", "-c", f"{before} exec {program}"],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_zone_ends_a_command_in_one_line(
    path: Path, environ: dict[str, str]
) -> None:
    words = ["note", "add", "a", "x", "-f", str(path)]
    before = path.read_bytes()
    done = run(words, environ | {"TZ": "AAA+99999"})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "TZ" in done.stderr
    assert path.read_bytes() == before


def test_a_file_size_of_0_ends_a_command_in_one_line(
    path: Path, environ: dict[str, str]
) -> None:
    before = path.read_bytes()
    done = run(["tag", "add", "a", "x", "-f", str(path)], environ, "ulimit -f 0;")
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "raise the limit" in done.stderr
    assert path.read_bytes() == before


def test_a_command_works_in_a_folder_that_was_removed(
    path: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    gone = shlex.quote(str(tmp_path / "gone"))
    before = f"mkdir {gone}; cd {gone}; rmdir {gone};"
    for words in (["list"], ["tag", "add", "a", "x"], ["where"]):
        done = run([*words, "-f", str(path)], environ, before)
        assert done.returncode == 0, done.stderr
    assert '"x"' in path.read_text()
