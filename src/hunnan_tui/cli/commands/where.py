"""`where`: prints which files are in use."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.output import write
from hunnan_tui.cli.selection import (
    locate_files,
)
from hunnan_tui.cli.version import describe_version
from hunnan_tui.core.text import display_line
from hunnan_tui.storage import open_workspace


def print_files(args: Namespace) -> int:
    """Print which files are in use, and why."""
    rows = [
        ("version", describe_version()),
        *(
            row
            for files in locate_files(args).each
            for row in open_workspace.describe(files)
        ),
    ]
    width = max(len(label) for label, _ in rows)
    for label, text in rows:
        write(f"{label:<{width}}  {display_line(text)}\n")
    return 0
