"""The commands that write projects for others: export, report."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.output import OutputError, say
from hunnan_tui.cli.parser import misuse
from hunnan_tui.cli.selection import (
    ORDER,
    STDIN,
    files,
    found,
    tell_problems,
)
from hunnan_tui.core.text import display
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import of_fields, parse_columns
from hunnan_tui.export.formats.registry import (
    BRIEFINGS,
    FORMATS,
    Format,
    guess_format,
)
from hunnan_tui.export.selection import Selection, selected
from hunnan_tui.files.new_file import ExistsError, size, write_file
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.open_workspace import Files

STDOUT = STDIN
"""Stands for standard output, in place of a file."""


def export(args: Namespace) -> int:
    """Write projects to a file."""
    if not args.words:
        raise misuse(args.command, "Which file?")
    to = args.words[0]
    form = _format(args, to)
    if args.bom is not None and not form.takes_bom:
        raise misuse(args.command, f"a mark for Excel does not go with {form.name}")
    columns = parse_columns(args.columns) if args.columns is not None else ()
    if columns and not form.has_columns:
        raise misuse(args.command, f"--columns does not go with {form.name}")
    chosen = files(args)
    taken = (*ORDER, "show") if form.has_columns and not columns else ORDER
    why = "--columns names them" if columns else f"{form.name} holds whole projects"
    _put(args, to, form, _selection(args, chosen, taken, why, columns), chosen)
    return 0


def report(args: Namespace) -> int:
    """Print a briefing on projects, or write it to a file."""
    to = args.output or STDOUT
    hinted = guess_format(Path(to))
    name = args.format or (hinted.name if hinted else "md")
    if name not in BRIEFINGS:
        raise misuse(args.command, f"A briefing is no {name}: say --format")
    chosen = files(args)
    selection = _selection(args, chosen, ORDER, "a briefing has no columns")
    _put(args, to, BRIEFINGS[name], selection, chosen)
    return 0


def _format(args: Namespace, to: str) -> Format:
    form = FORMATS[args.format] if args.format else guess_format(Path(to))
    if form is None:
        known = ", ".join(FORMATS)
        raise misuse(args.command, f"Which format? Say --format, one of {known}")
    return form


def _selection(
    args: Namespace,
    chosen: Files,
    taken: Collection[str],
    why: str,
    columns: tuple[str, ...] = (),
) -> Selection:
    """Return what the query finds, with the columns that are named or that it shows."""
    dataset, problems = open_workspace.read_dataset(chosen)
    tell_problems(problems, chosen.path)
    listed = found(dataset, args.query, taken, why)
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


def _put(
    args: Namespace, to: str, form: Format, selection: Selection, chosen: Files
) -> None:
    """Write a file or standard output, and say what is in it."""
    is_marked = form.takes_bom and _wants_mark(args, to)
    text = form.encode(selection, bom=is_marked)
    if to == STDOUT:
        _print(text, form)
        return
    keep = filter(None, (chosen.path, chosen.notes))
    try:
        write_file(Path(to), text, force=args.force, keep=keep)
    except ExistsError as error:
        raise ExistsError(f"{error}; --force replaces it") from error
    count = len(selection.keys)
    what = "one project" if count == 1 else f"{count:,} projects"
    say(f"{to}: {what}, {form.label}, {size(len(text))}")


def _print(text: bytes, form: Format) -> None:
    if form.is_binary:
        if output.on_terminal():
            raise OutputError(f"{form.label} is no text for a terminal: name a file")
        output.flush()
        output.write_bytes(text)
        return
    output.write_utf8()
    plain = text.decode()
    output.write(display(plain) if output.on_terminal() else plain)


def _wants_mark(args: Namespace, to: str) -> bool:
    """Return whether a file for Excel is asked for, or probably meant."""
    if args.bom is not None or to == STDOUT:
        return bool(args.bom)
    names = ("LC_ALL", "LC_CTYPE", "LANG")
    language = next(filter(None, map(os.environ.get, names)), "")
    return language.startswith("zh") or sys.platform == "win32"


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "export": export,
    "report": report,
}
"""What runs each of them; returns the exit status."""
