"""Eight writers on one file, and an editor that replaces it in between."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import tomli

from tests.strategies import NIGHTLY

WRITERS = 8
EDITS = 25 * NIGHTLY
REPLACEMENTS = 5 * NIGHTLY
WRITER = Path(__file__).with_name("writer.py")


def test_eight_writers_and_an_editor_lose_nothing(
    path: Path, environ: dict[str, str]
) -> None:
    before = path.read_text()
    processes = [
        subprocess.Popen(
            [sys.executable, str(WRITER), str(number), str(EDITS), str(path)],
            env=environ,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(WRITERS)
    ]
    for number in range(REPLACEMENTS):
        _wait_for_a_save(path)
        _replace(path, f"# line {number} by the editor")
    acknowledged = [json.loads(process.communicate()[0]) for process in processes]
    assert [process.returncode for process in processes] == [0] * WRITERS

    text = path.read_text()
    projects = {project["id"]: project for project in tomli.loads(text)["projects"]}
    for number, model in enumerate(acknowledged):
        assert _tags(projects, number) == model["tags"]
    assert _facts(projects) == sorted(f for m in acknowledged for f in m["facts"])
    notes = {
        note["at"].isoformat(): [key, note["text"].removesuffix("\n")]
        for key, project in projects.items()
        for note in project.get("notes", [])
    }
    assert notes == {
        at: n for model in acknowledged for at, n in model["notes"].items()
    }

    edited = [f"# line {number} by the editor" for number in range(REPLACEMENTS)]
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert comments == [*reversed(edited), "# a comment by hand"]
    facts = [line for line in before.splitlines() if line and "tags" not in line]
    kept = [line for line in text.splitlines() if line in facts]
    assert kept == facts
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    state = Path(environ["XDG_STATE_HOME"])
    endings = {each.suffix for each in state.rglob("*") if each.is_file()}
    assert endings == {".steps"}  # for the undo of the next start


def _tags(projects: dict[str, Any], number: int) -> dict[str, list[str]]:
    """The tags of one writer, by project."""
    return {
        key: sorted(
            tag for tag in project.get("tags", []) if tag.startswith(f"w{number}-")
        )
        for key, project in projects.items()
    }


def _facts(projects: dict[str, Any]) -> list[list[Any]]:
    """The facts of all writers: project, name and value; an event is one of 0."""
    return sorted(
        [key, name, value]
        for key, project in projects.items()
        for name, value in (
            *((own, each) for own, each in project.items() if own.startswith("own_")),
            *((event["what"], 0) for event in project.get("events", [])),
        )
    )


def _wait_for_a_save(path: Path) -> None:
    """Wait until a writer has replaced the file since it was last looked at."""
    before = path.stat().st_ino
    end = time.monotonic() + 60
    while path.stat().st_ino == before:
        assert time.monotonic() < end
        time.sleep(0.001)


def _replace(path: Path, line: str) -> None:
    """Put a comment on top, as an editor does that writes a new file.

    Between two saves: an editor that writes back what it read before a save takes that
    save out again, whatever we do.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        temporary = path.with_name("4913~")
        temporary.write_text(f"{line}\n{path.read_text()}")
        temporary.replace(path)
    finally:
        os.close(folder)
