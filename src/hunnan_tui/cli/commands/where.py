"""`where`: prints which files are in use."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from hunnan_tui import __version__
from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.problem_record import make_problem_records
from hunnan_tui.cli.selection import (
    locate_files,
)
from hunnan_tui.cli.version import describe_version
from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.settings import FILE, Settings, load_settings
from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.core.counts import bracket, format_count
from hunnan_tui.core.errors import DataError, Problem
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.open_workspace import Files


def print_files(args: Namespace) -> int:
    """Print which files are in use, and why; and what is wrong in the settings."""
    settings = load_settings(find_paths(os.environ).config)
    problems = (
        *_check_theme(settings),
        *settings.problems,
        *_check_keys(settings),
        *_check_queries(settings, args),
    )
    if args.format == "json":
        print_json(_make_record(args, problems))
        return 0
    rows = [
        (N_("version"), describe_version()),
        *(
            row
            for files in locate_files(args).each
            for row in open_workspace.describe(files)
        ),
    ]
    width = max(measure_width(_(label)) for label, _text in rows)
    for label, text in rows:
        note = _describe_settings(settings, problems) if label == "config" else ""
        write(f"{pad(_(label), width)}  {display_line(text)}{note}\n")
    for problem in problems:
        say(str(problem))
    return 0


def _make_record(args: Namespace, problems: Sequence[Problem]) -> dict[str, object]:
    """Return what is printed, as plain values."""
    each = locate_files(args).each
    paths = each[0].paths
    folders = {
        "config": paths.config,
        "data": paths.data,
        "state": paths.state,
        "journal": paths.journal,
        "drafts": paths.drafts,
        "steps": paths.transactions,
        "backups": paths.backups,
        "cache": paths.cache,
    }
    return {
        "version": __version__,
        "datasets": [_make_file_record(files) for files in each],
        "settings": str(paths.config / FILE) if paths.config else None,
        "folders": {
            name: str(path) if path else None for name, path in folders.items()
        },
        "problems": make_problem_records(problems),
    }


def _make_file_record(files: Files) -> dict[str, object]:
    files, day, problem = open_workspace.look_into(files)
    return {
        "dataset": str(files.path.absolute()),
        "why": files.why,
        "data_of": day or None,
        "notes": str(files.notes) if files.notes else None,
        "why_notes": files.why_notes,
        "problem": make_problem_records([problem])[0] if problem else None,
    }


def _describe_settings(settings: Settings, problems: Sequence[Problem]) -> str:
    if problems:
        return bracket(format_count(len(problems), "problem"))
    is_there = settings.path is not None and settings.path.exists()
    return "" if is_there or settings.path is None else _(" (there is none)")


def _check_theme(settings: Settings) -> Sequence[Problem]:
    if not settings.theme:
        return ()
    # what names themes takes a sixth of a second to import
    from hunnan_tui.config.settings_problems import check_theme
    from hunnan_tui.tui.presenters.themes import list_theme_names

    return check_theme(settings, list_theme_names())


def _check_keys(settings: Settings) -> Sequence[Problem]:
    if not (settings.keys or settings.commands):
        return ()
    from hunnan_tui.tui.keys.user_keys import list_keys_in_use  # all of the app

    return list_keys_in_use(settings)[1]


def _check_queries(settings: Settings, args: Namespace) -> Sequence[Problem]:
    """Return the problems of saved views with the dataset, whose fields they name."""
    if not settings.views:
        return ()
    from hunnan_tui.config.settings_problems import check_queries

    try:
        opened = open_dataset(args, locate_files(args))
    except DataError:  # told in the list of files
        return ()
    index, today = opened.index, date.today()  # noqa: DTZ011 - the reader's day

    def explain_query(text: str) -> str:
        query = index.parse(text, today=today)
        return "; ".join(map(str, query.problems)) if query.has_error else ""

    return check_queries(settings, explain_query)
