"""`show`: prints everything known of one project."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    find_project,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.language import _
from hunnan_tui.export.list_formats import build_record


def show_project(args: Namespace) -> int:
    """Print everything known of one project."""
    if not args.words:
        raise make_usage_error(args.command, _("Which project?"))
    key = args.words[0]
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_file_problems(opened.problems)
    project = find_project(opened.dataset, key, files.path)
    if args.format == "json":
        print_json(build_record(project))
        return 0
    from hunnan_tui.analysis.project_text import format_project

    parts, filled = opened.find_parts(project), opened.find_filled_fields()
    write(format_project(project, opened.dataset, parts, filled))
    return 0
