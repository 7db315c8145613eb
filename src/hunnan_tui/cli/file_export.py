"""Selects projects for an export, and writes them to a file or to standard output."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Collection
from datetime import date
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.output import OutputError, say
from hunnan_tui.cli.selection import (
    STDIN,
    find_projects,
    report_problems,
)
from hunnan_tui.core.text import display
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import of_fields
from hunnan_tui.export.formats.registry import (
    Format,
)
from hunnan_tui.export.selection import Selection, selected
from hunnan_tui.files.new_file import ExistsError, size, write_file
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.open_workspace import Files

STDOUT = STDIN
"""Stands for standard output, in place of a file."""


def select_for_export(
    args: Namespace,
    files: Files,
    accepted: Collection[str],
    why: str,
    columns: tuple[str, ...] = (),
) -> Selection:
    """Return what the query finds, with the columns that are named or that it shows."""
    dataset, problems = open_workspace.read_dataset(files)
    report_problems(problems, files.path)
    listed = find_projects(dataset, args.query, accepted, why)
    if listed.show:
        columns = of_fields(("name", *listed.show))
    if columns and args.own:
        columns = tuple(dict.fromkeys((*columns, *ANNOTATION_KEYS)))
    return selected(
        dataset,
        [project.key for project in listed.projects],
        made=date.today(),  # noqa: DTZ011 - the reader's day
        columns=columns,
        own=args.own,
        query=args.query or "",
    )


def write_export(
    args: Namespace, to: str, form: Format, selection: Selection, files: Files
) -> None:
    """Write a file or standard output, and say what is in it."""
    is_marked = form.takes_bom and _wants_mark(args, to)
    text = form.encode(selection, bom=is_marked)
    if to == STDOUT:
        _print(text, form)
        return
    keep = filter(None, (files.path, files.notes))
    try:
        write_file(Path(to), text, force=args.force, keep=keep)
    except ExistsError as error:
        raise ExistsError(f"{error}; --force replaces it") from error
    count = len(selection.keys)
    what = "one project" if count == 1 else f"{count:,} projects"
    say(f"{to}: {what}, {form.label}, {size(len(text))}")


def _print(text: bytes, form: Format) -> None:
    if form.is_binary:
        if output.is_terminal():
            raise OutputError(f"{form.label} is no text for a terminal: name a file")
        output.flush()
        output.write_bytes(text)
        return
    output.use_utf8()
    plain = text.decode()
    output.write(display(plain) if output.is_terminal() else plain)


def _wants_mark(args: Namespace, to: str) -> bool:
    """Return whether a file for Excel is asked for, or probably meant."""
    if args.bom is not None or to == STDOUT:
        return bool(args.bom)
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    language = next(filter(None, map(os.environ.get, names)), "")
    return language.startswith("zh") or sys.platform == "win32"
