"""Selects projects for an export, and writes them to a file or to standard output."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Collection
from datetime import date
from functools import cache, partial
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import OutputError, say
from hunnan_tui.cli.selection import (
    STDIN,
    find_projects,
    report_problems,
)
from hunnan_tui.core.counts import format_count, format_line, join_words
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.own_fields import derive_own_fields
from hunnan_tui.core.progress import Working
from hunnan_tui.core.text import display
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import list_field_columns, parse_columns
from hunnan_tui.export.formats.registry import (
    Format,
)
from hunnan_tui.export.selection import Selection, select_projects
from hunnan_tui.files.new_file import ExistsError, format_size, write_file
from hunnan_tui.storage.open_workspace import Files

STDOUT = STDIN
"""Stands for standard output, in place of a file."""


def select_for_export(
    args: Namespace,
    files: Files,
    accepted: Collection[str],
    why: str,
    columns: str | None = None,
) -> Selection:
    """Return the projects that the query finds, with the columns to write.

    Args:
        args: The arguments.
        files: The dataset.
        accepted: Which of `sort`, `group` and `show` the query may have.
        why: The reason for refusing the others.
        columns: The names of the columns, if not those of `show:`.

    Raises:
        NoSuchColumnError: One of the columns does not exist.
    """
    opened = open_dataset(args, files)
    report_problems(opened.problems, files.path)
    dataset = opened.dataset
    listed = find_projects(opened, args.query, accepted, why)
    find_own_fields = listed.find_own_fields or cache(
        partial(derive_own_fields, dataset)
    )
    names: tuple[str, ...] = ()
    if columns is not None:
        names = parse_columns(columns, find_own_fields)
    elif listed.show:
        names = list_field_columns(("name", *listed.show))
    if names and args.own:
        names = tuple(dict.fromkeys((*names, *ANNOTATION_KEYS)))
    return select_projects(
        dataset,
        listed.keys,
        export_date=date.today(),  # noqa: DTZ011 - the reader's day
        columns=names,
        own=args.own,
        query=args.query or "",
        find_own_fields=find_own_fields,
    )


def write_export(
    args: Namespace,
    target: str,
    file_format: Format,
    selection: Selection,
    files: Files,
) -> None:
    """Write a file or standard output, and say what was written.

    Raises:
        SaveError: The file exists already or cannot be written.
        OutputError: Standard output cannot take it.
    """
    wants_bom = file_format.takes_bom and _wants_bom(args, target)
    with Working(N_("Writing projects")):
        content = file_format.encode(selection, bom=wants_bom)
    if target == STDOUT:
        _print(content, file_format)
        return
    keep = files.all_paths
    try:
        write_file(Path(target), content, force=args.force, keep=keep)
    except ExistsError as error:
        raise ExistsError(
            _("{error}; --force replaces it").format(error=error)
        ) from error
    count = format_count(len(selection.keys), "project")
    about = (count, _(file_format.label), format_size(len(content)))
    say(format_line(target, join_words(about)))


def _print(content: bytes, file_format: Format) -> None:
    if file_format.is_binary:
        if output.is_terminal():
            raise OutputError(
                _("{label} cannot be printed on a terminal: name a file").format(
                    label=_(file_format.label)
                )
            )
        output.flush()
        output.write_bytes(content)
        return
    output.use_utf8()
    text = content.decode()
    output.write(display(text) if output.is_terminal() else text)


def _wants_bom(args: Namespace, target: str) -> bool:
    """Return whether to write the mark for Excel: if asked for, or probably wanted."""
    if args.bom is not None or target == STDOUT:
        return bool(args.bom)
    is_read_in_chinese = is_chinese() or output.get_locale().startswith("zh")
    return is_read_in_chinese or sys.platform == "win32"
