"""A file that the real command line edits while it is killed or the disk fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

FAULTY = Path(__file__).with_name("faulty.py")
KILLED = -9
FACTS = ("facts", "projects")
"""Kinds of scenes where facts are edited."""
Do = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    told: str

    @property
    def operations(self) -> int:
        """How many file operations it made."""
        return int(re.findall(r"operations: (\d+)", self.told)[-1])


@contextmanager
def commands() -> Iterator[Do]:
    """Start what runs the jobs; see `faulty`."""
    with subprocess.Popen(
        [sys.executable, str(FAULTY)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def do(**job: Any) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            return answer

        yield do
        process.stdin.close()


class Scene:
    """One file, and how it is named on the command line."""

    def __init__(
        self, kind: str, path: Path, environ: Mapping[str, str], do: Do
    ) -> None:
        """Set the scene.

        Args:
            kind: plain, link, hard-linked (so that it is written in place) or notes (a
                notes file takes the edits); facts or projects, where a party or a
                project is added in place of a tag.
            path: The dataset.
            environ: Folders for the program.
            do: Runs a job.
        """
        self.kind = kind
        self.path = path
        self.named = path
        self.options: tuple[str, ...] = ()
        self._do = do
        self._environ = {k: v for k, v in environ.items() if k.startswith("XDG_")}
        self._state = Path(environ["XDG_STATE_HOME"])
        self._others = {path}
        if kind == "link":
            self.named = path.with_name("link.toml")
            self.named.symlink_to(path.name)
            self._others.add(self.named)
        elif kind == "hard-linked":
            other = path.with_name("other.toml")
            os.link(path, other)
            self._others.add(other)
        elif kind == "notes":
            self.path = path.with_name("notes.toml")
            self.options = ("--notes", str(self.path))
            self._others.add(self.path)

    def tag(self, tag: str, **fault: Any) -> Ended:
        """Add a tag to project a, with a fault; or a party to it, or a project."""
        named = ("-f", str(self.named), *self.options)
        argv = ["tag", "add", "a", tag, *named]
        if self.kind == "facts":
            argv = ["set", "a", f"parties+={tag}", *named]
        elif self.kind == "projects":
            argv = ["add", tag, "--id", tag, "--force", *named]
        return Ended(**self._do(argv=argv, environ=self._environ, **fault))

    @property
    def text(self) -> bytes:
        return self.path.read_bytes()

    def tags(self) -> list[str]:
        """What was added; fails when the file does not parse or lost a comment."""
        projects: list[Any] = tomli.loads(self.text.decode()).get("projects", [])
        if not self.options:
            assert b"# a comment by hand" in self.text
            assert b"# kept" in self.text
        if self.kind == "projects":
            return [each["id"] for each in projects]
        if self.kind == "facts":
            return [each["name"] for each in projects[0].get("parties", [])]
        found: list[str] = projects[0]["tags"] if projects else []
        return found

    def in_journal(self, tag: str) -> bool:
        """Whether an edit is in the journal, whole."""
        mark = f'["{tag}"]' if self.kind not in FACTS else f'\\"{tag}\\"'
        return any(
            mark in line
            for journal in self._state.rglob("*.jsonl")
            for line in journal.read_text(errors="replace").splitlines(keepends=True)
            if line.endswith("\n")
        )

    def litter(self) -> list[str]:
        """What is there that should not be, when nothing is open."""
        beside = set(self.path.parent.iterdir()) - self._others
        # the steps are there for the undo of the next start
        private = {
            each
            for each in self._state.rglob("*")
            if each.is_file() and each.suffix != ".steps"
        }
        return sorted(each.name for each in beside | private)
