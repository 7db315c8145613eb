"""The commands that have git merge and show a dataset by what it says."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import tomli

from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.dataset.toml.scanner import BOM
from hunnan_tui.files.reading import read_file
from hunnan_tui.merging.fact_lines import list_facts
from hunnan_tui.merging.git import list_missing, set_up, undo_set_up

NOT_SET_UP = 1
"""The exit status when something is not set up."""


def set_up_git(args: Namespace) -> int:
    """Tell git how to merge a dataset, or take that back."""
    dataset = _find_dataset(args)
    change = undo_set_up if args.undo else set_up
    done = change(dataset, is_global=getattr(args, "global"))
    for message in done:
        say(
            format_line(
                _("removed") if args.undo else _("written"), display_line(message)
            )
        )
    if not done:
        say(_("nothing to do"))
    return 0


def check_git(args: Namespace) -> int:
    """Print what is not set up; return 1 if there is anything."""
    missing = list_missing(_find_dataset(args))
    for message in missing:
        write(f"{display_line(message)}\n")
    if missing:
        say(_("hunnan-tui git setup does it"))
    return NOT_SET_UP if missing else 0


def print_facts(args: Namespace) -> int:
    """Print a dataset with one fact a line, for `git diff`."""
    text = read_file(_find_dataset(args))
    try:
        values = tomli.loads(text.removeprefix(BOM).decode())
    except (ValueError, RecursionError):
        # in the middle of a conflict: the lines as they are
        write(text.decode("utf-8", "replace"))
        return 0
    write("".join(f"{line}\n" for line in list_facts(values)))
    return 0


def _find_dataset(args: Namespace) -> Path:
    if len(args.words) != 1:
        raise make_usage_error(args.command, _("Which dataset?"))
    return Path(args.words[0])
