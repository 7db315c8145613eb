"""`need list`: prints needs."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.output import write_row
from hunnan_tui.cli.selection import choose_annotated_projects


def list_needs(args: Namespace) -> int:
    """Print needs, one a line: project, state, kind, since, what; parted by tabs."""
    for project in choose_annotated_projects(args):
        for need in project.needs:
            write_row(project.key, need.state, need.kind, need.since, need.what)
    return 0
