"""A commit of the dataset alone, with a message made from what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import tomli

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.files.reading import read_file
from hunnan_tui.versions.changes import compare
from hunnan_tui.versions.history import Record, read_text
from hunnan_tui.versions.program import GitError, run_git

_PATIENCE = 30.0
"""Seconds that a commit gets: a key that signs it may be asked for."""
_SUBJECT = 72
_MOST_LINES = 60
"""Lines of the body."""


def make_message(path: Path) -> str:
    """Return the message of a commit of a file as it is; empty if nothing has changed.

    Raises:
        GitError: There is no git or no repository.
        DataError: The file cannot be read.
    """
    path = path.resolve()
    text = read_file(path)
    run_git(["rev-parse", "--git-dir"], path.parent)
    try:
        before = read_text(path, "HEAD")
    except GitError:  # it is not in git yet, or nothing is
        return f"Begin {path.name}"
    if before.replace(b"\r\n", b"\n") == text.replace(b"\r\n", b"\n"):
        return ""
    lines = list(_list_lines(_read_projects(before), _read_projects(text)))
    if not lines:
        return f"Change {path.name}"
    subjects = dict.fromkeys(name for name, _ in lines)
    if len(lines) == 1:
        subject = ": ".join(lines[0])
    elif len(subjects) == 1:
        subject = f"{next(iter(subjects))}: {format_count(len(lines), 'change')}"
    else:
        keys = dict.fromkeys(line.partition(":")[0].lower() for _, line in lines)
        subject = f"{format_count(len(subjects), 'project')}: {', '.join(keys)}"
    if len(subject) > _SUBJECT:
        subject = f"{subject[: _SUBJECT - 1]}…"
    body = [f"{name}: {line}" for name, line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        body.append(_("… and {count:,} more").format(count=len(lines) - _MOST_LINES))
    return "\n".join([subject, "", *body]) if len(lines) > 1 else subject


def commit_file(path: Path, message: str) -> str:
    """Commit a file alone, whatever else is staged; return the short hash.

    No hook is run, and nothing is sent anywhere.

    Raises:
        GitError: Git refuses, as in the middle of a merge.
    """
    path = path.resolve()
    name = f"./{path.name}"
    run_git(["add", "--", name], path.parent)
    words = ["commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--only"]
    run_git(
        [*words, "--file=-", "--", name],
        path.parent,
        typed=f"{message}\n".encode("utf-8", "replace"),
        patience=_PATIENCE,
    )
    return run_git(["rev-parse", "--short", "HEAD"], path.parent).decode().strip()


def _read_projects(text: bytes) -> Mapping[str, Record]:
    """Return the projects of a text by id; none if it cannot be read."""
    try:
        projects: Any = tomli.loads(text.decode("utf-8-sig")).get("projects", [])
    except (ValueError, RecursionError):
        return {}
    records = projects if isinstance(projects, list) else []
    return {
        str(record.get("id", number)): record
        for number, record in enumerate(records)
        if isinstance(record, dict)
    }


def _list_lines(
    before: Mapping[str, Record], after: Mapping[str, Record]
) -> Iterator[tuple[str, str]]:
    """Yield the name of each project that differs, with each change."""
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        record = new or old or {}
        name = display_line(str(record.get("name") or key))
        for line in compare(old, new):
            yield name, line
