"""`blame`: prints who set what a project says, from git's history."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.output import say, write_row
from hunnan_tui.cli.selection import find_project, locate_files
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.files.reading import read_file
from hunnan_tui.storage import open_workspace
from hunnan_tui.versions.changes import Blame, blame, get_label
from hunnan_tui.versions.history import find_block, parse_block, read_versions
from hunnan_tui.versions.program import GitError


class NoHistoryError(HunnanError):
    """There is no history to look at."""


def print_blame(args: Namespace) -> int:
    """Print who set each fact of a project, and when."""
    files = locate_files(args)
    dataset, _unused = open_workspace.read_dataset(files)
    project = find_project(dataset, args.words[0], files.path)
    block = find_block(read_file(files.path), project.id)
    record = parse_block(block, project.id)
    if record is None:
        raise NoHistoryError(
            _("{path}: {id} is no [[projects]] table").format(
                path=files.path, id=project.id
            )
        )
    try:
        lines = blame(record, read_versions(files.path, project.id))
    except GitError as error:
        raise NoHistoryError(
            _("{path} has no history: {error}").format(path=files.path, error=error)
        ) from error
    if args.format == "json":
        print_json({"id": project.id, "facts": [_make_record(line) for line in lines]})
        return 0
    for line in lines:
        write_row(*_format_who(line), f"{get_label(line.key)}: {line.value}")
    if any(line.is_older for line in lines):
        say(_("what has a ^ was there in the oldest commit that was looked at"))
    return 0


def _format_who(line: Blame) -> Sequence[str]:
    commit = line.commit
    if commit is None:
        return (_("not committed"), "", "")
    day = f"{commit.at:%Y-%m-%d %H:%M}" if commit.at else ""
    return (f"{'^' if line.is_older else ''}{commit.short}", day, commit.author)


def _make_record(line: Blame) -> Mapping[str, Any]:
    commit = line.commit
    return {
        "key": line.key,
        "value": line.value,
        "commit": commit.hash if commit else None,
        "by": commit.author if commit else None,
        "at": commit.at.isoformat() if commit and commit.at else None,
        "or_earlier": line.is_older,
    }
