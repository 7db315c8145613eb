"""`check`: prints every problem of some datasets."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence

from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.selection import (
    locate_files,
)
from hunnan_tui.core.counts import format_count, join_words
from hunnan_tui.core.errors import DataError, Level, Problem, count_level
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line
from hunnan_tui.storage.open_workspace import Files


def check_datasets(args: Namespace) -> int:
    """Print every problem of some datasets."""
    files = locate_files(args, args.words)
    checked = [_check_dataset(args, each) for each in files.each]
    codes = [code for _, code in checked]
    if files.others:
        codes.append(_check_together(files, [dataset for dataset, _ in checked]))
    return max(codes)


def _check_together(files: Files, datasets: Sequence[Dataset | None]) -> int:
    """Print where several datasets disagree; those that cannot be read are None."""
    from hunnan_tui.core.joined_datasets import (  # most commands are of one file
        JoinedDatasets,
        NamedDataset,
        name_files,
    )

    paths = [each.path for each in files.each]
    named = [
        NamedDataset(name, str(path), dataset)
        for name, path, dataset in zip(name_files(paths), paths, datasets, strict=True)
        if dataset is not None
    ]
    problems = JoinedDatasets(named).problems if named else ()
    _print_problems(problems)
    return _rate(problems)


def _check_dataset(args: Namespace, files: Files) -> tuple[Dataset | None, int]:
    dataset: Dataset | None = None
    problems: Sequence[Problem]
    try:
        opened = open_dataset(args, files)
        dataset, problems = opened.dataset, opened.problems
    except DataError as error:
        problems, summary, code = error.problems, _("cannot be read"), 2
    else:
        summary = format_count(len(dataset.projects), "project")
        counts = Counter(problem.level for problem in problems)
        levels = (count_level(level, counts[level]) for level in Level)
        summary = join_words((summary, *levels))
        code = _rate(problems)
    _print_problems(problems)
    output.flush()
    say(f"{files.path}: {summary}")
    return dataset, code


def _rate(problems: Iterable[Problem]) -> int:
    """Return the exit status for problems."""
    return int(any(problem.level is not Level.NOTE for problem in problems))


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        write(display_line(str(problem)) + "\n")
