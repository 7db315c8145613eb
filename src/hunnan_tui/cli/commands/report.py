"""`report`: prints a briefing on projects, or writes it to a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from hunnan_tui.cli.file_export import STDOUT, select_for_export, write_export
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    ARRANGEMENT,
    locate_files,
)
from hunnan_tui.core.language import _
from hunnan_tui.export.formats.registry import (
    BRIEFINGS,
    guess_format,
)


def write_report(args: Namespace) -> int:
    """Print a briefing on projects, or write it to a file."""
    target = args.output or STDOUT
    guess = guess_format(Path(target))
    name = args.format or (guess.name if guess else "md")
    if name not in BRIEFINGS:
        raise make_usage_error(
            args.command,
            _("A briefing cannot be {name}: say --format").format(name=name),
        )
    files = locate_files(args)
    selection = select_for_export(
        args, files, ARRANGEMENT, _("a briefing has no columns")
    )
    write_export(args, target, BRIEFINGS[name], selection, files)
    return 0
