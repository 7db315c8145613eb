"""`check`: prints every problem of some datasets."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from hunnan_tui.cli import output
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    locate_files,
)
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import DataError, Level
from hunnan_tui.core.text import display_line
from hunnan_tui.storage import open_workspace


def check_datasets(args: Namespace) -> int:
    """Print every problem of some datasets."""
    if len(args.words) > 1 and (args.file or args.notes):
        raise make_usage_error(args.command, "-f and --notes go with one dataset")
    return max(_check_dataset(args, [name]) for name in args.words or [""])


def _check_dataset(args: Namespace, names: list[str]) -> int:
    files = locate_files(args, list(filter(None, names)))
    try:
        dataset, problems = open_workspace.read_dataset(files)
    except DataError as error:
        problems, summary, code = error.problems, "cannot be read", 2
    else:
        summary = format_count(len(dataset.projects), "project")
        counts = Counter(problem.level for problem in problems)
        summary += "".join(f", {format_count(counts[level], level)}" for level in Level)
        code = 1 if counts[Level.ERROR] or counts[Level.WARNING] else 0
    for problem in problems:
        write(display_line(str(problem)) + "\n")
    output.flush()
    say(f"{files.path}: {summary}")
    return code
