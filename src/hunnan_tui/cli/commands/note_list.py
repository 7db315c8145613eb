"""`note list`: prints notes."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.note_selection import list_note_names
from hunnan_tui.cli.output import write_row
from hunnan_tui.cli.selection import choose_annotated_projects


def list_notes(args: Namespace) -> int:
    """Print notes, one a line: project, time, text; parted by tabs."""
    for project in choose_annotated_projects(args):
        for name, note in zip(list_note_names(project), project.notes, strict=True):
            write_row(project.key, name, note.text.rstrip("\n"))
    return 0
