"""The commands that print what its reader has added: tags, notes, needs."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping

from hunnan_tui.cli.note_selection import note_names
from hunnan_tui.cli.output import write
from hunnan_tui.cli.parser import misuse
from hunnan_tui.cli.selection import (
    ORDER,
    chosen,
    files,
    found,
    tell_whole,
)
from hunnan_tui.core.model import Project
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.storage import open_workspace

_COUNTED = "tags stand by their counts"


def list_tags(args: Namespace) -> int:
    """Print the tags in use, the commonest first, each with its count."""
    dataset, problems = open_workspace.read_dataset(files(args))
    tell_whole(problems)
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for project in found(dataset, args.query, why=_COUNTED).projects:
        for tag in project.tags:
            counts[fold(tag)] += 1
            spelling.setdefault(fold(tag), tag)
    for folded, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        write(f"{count:6}  {display_line(spelling[folded])}\n")
    return 0


def list_notes(args: Namespace) -> int:
    """Print notes, one a line: project, time, text; parted by tabs."""
    for project in _projects(args):
        for name, note in zip(note_names(project), project.notes, strict=True):
            _write_line(project.key, name, note.text.rstrip("\n"))
    return 0


def list_needs(args: Namespace) -> int:
    """Print needs, one a line: project, state, kind, since, what; parted by tabs."""
    for project in _projects(args):
        for need in project.needs:
            _write_line(project.key, need.state, need.kind, need.since, need.what)
    return 0


def _projects(args: Namespace) -> list[Project]:
    path = files(args)
    dataset, problems = open_workspace.read_dataset(path)
    tell_whole(problems)
    if args.query is None and not args.words:
        return found(dataset, None).projects
    projects, rest = chosen(args, dataset, path.path, count=0, taken=ORDER)
    if rest:
        raise misuse(args.command, "Too many words")
    return projects


def _write_line(*cells: str) -> None:
    write("\t".join(map(display_line, cells)) + "\n")


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "tag list": list_tags,
    "note list": list_notes,
    "need list": list_needs,
}
"""What runs each of them; returns the exit status."""
