"""`show`: prints everything known of one project."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.output import write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    find_project,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.parts import find_parts
from hunnan_tui.export.list_formats import build_record
from hunnan_tui.storage import open_workspace


def show_project(args: Namespace) -> int:
    """Print everything known of one project."""
    if not args.words:
        raise make_usage_error(args.command, "Which project?")
    key = args.words[0]
    files = locate_files(args)
    dataset, problems = open_workspace.read_dataset(files)
    report_file_problems(problems)
    project = find_project(dataset, key, files.path)
    if args.format == "json":
        print_json(build_record(project))
        return 0
    from hunnan_tui.analysis.project_text import format_project
    from hunnan_tui.core.filled_fields import find_filled_fields

    filled = find_filled_fields(dataset.projects.values())
    parts = find_parts(project.key, dataset.projects)
    write(format_project(project, dataset, parts, filled))
    return 0
