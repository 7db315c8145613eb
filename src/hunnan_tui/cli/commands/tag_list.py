"""`tag list`: prints the tags in use."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import write
from hunnan_tui.cli.selection import (
    find_projects,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line, fold

_SORTED_BY_COUNT = N_("tags are sorted by their counts")


def list_tags(args: Namespace) -> int:
    """Print the tags in use with their counts, the commonest first."""
    opened = open_dataset(args, locate_files(args))
    report_file_problems(opened.problems)
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    listed = find_projects(opened, args.query, why=_(_SORTED_BY_COUNT))
    for tags in opened.iterate_tags(listed.keys):
        for tag in tags:
            counts[fold(tag)] += 1
            spelling.setdefault(fold(tag), tag)
    for folded, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        write(f"{count:6}  {display_line(spelling[folded])}\n")
    return 0
