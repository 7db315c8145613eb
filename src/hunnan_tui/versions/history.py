"""The commits that changed a dataset, and what a project was in each."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from os import environ
from pathlib import Path
from threading import Timer
from typing import IO, Any, NamedTuple

import tomli

from hunnan_tui.core.language import _
from hunnan_tui.versions.program import (
    PATIENCE,
    GitError,
    make_command,
    make_environment,
    run_git,
)

MOST_COMMITS = 300
"""Commits that are looked at, the newest ones."""
MOST_BYTES = 400_000_000
"""Bytes of their texts that are read for the history of one project."""
_FORMAT = "%H%x1f%h%x1f%an%x1f%aI%x1f%s"

Record = Mapping[str, Any]
"""A project's table as plain TOML values."""


class Commit(NamedTuple):
    """A commit that changed the file."""

    hash: str
    short: str
    author: str
    at: datetime | None
    subject: str


class Version(NamedTuple):
    """A project as a commit left it."""

    commit: Commit
    record: Record | None
    """None where it was not in the file, or cannot be read."""
    is_first: bool = False
    """Whether no commit before it had the file."""


class Reference(NamedTuple):
    """A name of a commit: a tag or a branch."""

    name: str
    hash: str
    kind: str
    """tag or branch."""


def list_commits(path: Path, most: int = MOST_COMMITS) -> list[Commit]:
    """Return the commits that changed a file, the newest first.

    Raises:
        GitError: There is no git, no repository, or no commit.
    """
    path = path.resolve()
    words = [
        "log",
        "-z",
        f"--format={_FORMAT}",
        f"--max-count={most}",
        "--end-of-options",
    ]
    output = run_git([*words, "HEAD", "--", path.name], path.parent)
    return [_parse_commit(line) for line in _split(output)]


def list_references(path: Path) -> list[Reference]:
    """Return the tags and branches of the repository of a file, the newest first.

    Raises:
        GitError: There is no git, or no repository.
    """
    words = [
        "for-each-ref",
        "--sort=-creatordate",
        "--count=100",
        "--format=%(refname)%1f%(objectname)%00",
        "refs/tags",
        "refs/heads",
        "refs/remotes",
    ]
    references = []
    for line in _split(run_git(words, path.resolve().parent)):
        name, _, commit = line.strip("\n").partition("\x1f")
        kind = "tag" if name.startswith("refs/tags/") else "branch"
        short = name.split("/", 2)[-1]
        if not short.endswith("/HEAD"):
            references.append(Reference(short, commit, kind))
    return references


def read_text(path: Path, commit: str) -> bytes:
    """Return the text of a file in a commit.

    Args:
        path: The file as it is now.
        commit: The hash of a commit, or of a tag.

    Raises:
        GitError: It was not there, or the hash is none.
    """
    if not commit.isalnum():
        raise GitError(_("{commit!r} is no commit").format(commit=commit))
    path = path.resolve()
    return run_git(["cat-file", "blob", f"{commit}:./{path.name}"], path.parent)


def read_versions(path: Path, id: str) -> Iterator[Version]:
    """Yield a project as each commit left it, the newest first.

    No more is held than one text at a time. It ends early when the texts are more than
    `MOST_BYTES` together, or when git takes too long.

    Raises:
        GitError: There is no git, no repository, or no commit.
    """
    path = path.resolve()
    commits = list_commits(path)
    first = commits[-1] if 0 < len(commits) < MOST_COMMITS else None
    before: tuple[bytes, Record | None] | None = None
    for commit, text in _read_texts(path, commits):
        block = find_block(text, id)
        if before is None or before[0] != block:
            before = (block, parse_block(block, id))
        yield Version(commit, before[1], commit is first)


def _read_texts(
    path: Path, commits: Sequence[Commit]
) -> Iterator[tuple[Commit, bytes]]:
    """Yield the text of each commit; an empty one where the file was not there."""
    if not commits:
        return
    prefix = run_git(["rev-parse", "--show-prefix"], path.parent).rstrip(b"\n")
    name = prefix + path.name.encode("utf-8", "surrogateescape")
    if b"\n" in name:
        raise GitError(_("A file with a line break in its path has no history here"))
    process = subprocess.Popen(  # noqa: S603 - a list of our own, and no shell
        make_command(["cat-file", "--batch"]),
        cwd=path.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=make_environment(environ),
    )
    timer = Timer(PATIENCE * 3, process.kill)
    timer.daemon = True
    timer.start()
    try:
        assert process.stdin is not None  # noqa: S101 - a pipe, as the next one
        assert process.stdout is not None  # noqa: S101
        left = MOST_BYTES
        for commit in commits:
            process.stdin.write(commit.hash.encode() + b":" + name + b"\n")
            process.stdin.flush()
            text = _read_object(process.stdout)
            if text is None:
                return
            left -= len(text)
            if left < 0:
                return
            yield commit, text
    except OSError:
        return  # it was ended
    finally:
        timer.cancel()
        process.kill()
        with suppress(OSError):
            process.communicate()


def _read_object(output: IO[bytes]) -> bytes | None:
    """Return an object of `cat-file --batch`; None at the end of what it says."""
    header = output.readline()
    if not header.endswith(b"\n"):
        return None
    *_, kind, size = header.split() if header.count(b" ") >= 2 else (b"", b"", b"")
    if kind != b"blob" or not size.isdigit():
        return b""  # the file was not there
    text = output.read(int(size) + 1)
    return text[:-1] if len(text) == int(size) + 1 else None


def find_block(text: bytes, id: str) -> bytes:
    """Return the text of the project with an id; empty if there is none.

    Only what a block is needs no parser: in a large file that takes too long for each of
    hundreds of versions.
    """
    wanted = id.encode("utf-8", "replace")
    position = -1
    while (position := text.find(wanted, position + 1)) != -1:
        line = text[text.rfind(b"\n", 0, position) + 1 : position]
        if not line.lstrip().startswith((b"id", b'"id"', b"'id'")):
            continue
        start = text.rfind(b"[[projects]]", 0, position)
        if start == -1:
            continue
        end = start + 2
        while (end := text.find(b"\n[", end)) != -1:
            if not text.startswith((b"\n[[projects.", b"\n[projects."), end):
                break
            end += 1
        block = text[start : len(text) if end == -1 else end].rstrip(b"\r")
        if parse_block(block, id) is not None:
            return block
    return b""


def parse_block(block: bytes, id: str) -> Record | None:
    """Return the table of a project's block; None if it is not that project."""
    try:
        projects = tomli.loads(block.decode().replace("\r\n", "\n"))["projects"]
    except (ValueError, LookupError, RecursionError):
        return None
    is_one = isinstance(projects, list) and len(projects) == 1
    if not is_one or projects[0].get("id") != id:
        return None
    record: Record = projects[0]
    return record


def _split(output: bytes) -> list[str]:
    return [
        line for line in output.decode("utf-8", "replace").split("\0") if line.strip()
    ]


def _parse_commit(line: str) -> Commit:
    full, short, author, at, subject = (*line.split("\x1f", 4), *[""] * 4)[:5]
    time = None
    with suppress(ValueError):
        time = datetime.fromisoformat(at)
    return Commit(full.strip(), short, author, time, subject)
