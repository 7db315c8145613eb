"""`export`: writes projects to a file for others."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.file_export import select_for_export, write_export
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    ARRANGEMENT,
    locate_files,
)
from hunnan_tui.core.language import _
from hunnan_tui.export.formats.registry import FORMATS, Format, guess_format


def export_projects(args: Namespace) -> int:
    """Write projects to a file."""
    if not args.output and not args.words:
        raise make_usage_error(args.command, _("Which file?"))
    target = args.output or args.words[0]
    file_format = _choose_format(args, target)
    if args.bom is not None and not file_format.takes_bom:
        raise make_usage_error(
            args.command,
            _("the mark for Excel does not go with {name}").format(
                name=file_format.name
            ),
        )
    columns: str | None = args.columns
    if columns is not None and not file_format.has_columns:
        raise make_usage_error(
            args.command,
            _("--columns does not go with {name}").format(name=file_format.name),
        )
    files = locate_files(args)
    accepted = (
        (*ARRANGEMENT, "show")
        if file_format.has_columns and columns is None
        else ARRANGEMENT
    )
    why = (
        _("--columns names them")
        if columns is not None
        else _("{name} holds whole projects").format(name=file_format.name)
    )
    write_export(
        args,
        target,
        file_format,
        select_for_export(args, files, accepted, why, columns),
        files,
    )
    return 0


def _choose_format(args: Namespace, target: str) -> Format:
    file_format = FORMATS[args.format] if args.format else guess_format(Path(target))
    if file_format is None:
        names = ", ".join(FORMATS)
        raise make_usage_error(
            args.command,
            _("Which format? Say --format, one of {names}").format(names=names),
        )
    return file_format
