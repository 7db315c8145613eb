"""`check`: prints every problem of some datasets."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hunnan_tui.cli import output
from hunnan_tui.cli.document_output import print_json
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.problem_record import make_problem_records
from hunnan_tui.cli.selection import (
    locate_files,
)
from hunnan_tui.core.counts import format_count, format_line, join_words
from hunnan_tui.core.errors import DataError, Level, Problem, count_level
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line
from hunnan_tui.storage.open_workspace import Files


class _Checked(NamedTuple):
    """What was found in one dataset."""

    files: Files
    dataset: Dataset | None
    """None if it cannot be read."""
    problems: Sequence[Problem]

    @property
    def code(self) -> int:
        """The exit status for it."""
        return 2 if self.dataset is None else _rate(self.problems)


def check_datasets(args: Namespace) -> int:
    """Print every problem of some datasets."""
    files = locate_files(args, args.words)
    as_text = args.format == "text"
    checked = []
    for each in files.each:
        checked.append(_check_dataset(args, each))
        if as_text:
            _print(checked[-1])
    together = _check_together(checked) if files.others else ()
    if as_text:
        _print_problems(together)
    else:
        records = [_make_record(each) for each in checked]
        print_json({"files": records, "together": make_problem_records(together)})
    return max(_rate(together), *(each.code for each in checked))


def _check_together(checked: Sequence[_Checked]) -> Sequence[Problem]:
    """Return where several datasets disagree, of those that can be read."""
    from hunnan_tui.core.joined_datasets import (  # most commands are of one file
        JoinedDatasets,
        NamedDataset,
        name_files,
    )

    paths = [each.files.path for each in checked]
    named = [
        NamedDataset(name, str(each.files.path), each.dataset)
        for name, each in zip(name_files(paths), checked, strict=True)
        if each.dataset is not None
    ]
    return JoinedDatasets(named).problems if named else ()


def _check_dataset(args: Namespace, files: Files) -> _Checked:
    try:
        opened = open_dataset(args, files)
    except DataError as error:
        return _Checked(files, None, error.problems)
    return _Checked(files, opened.dataset, opened.problems)


def _print(checked: _Checked) -> None:
    """Print the problems of a dataset, and say how many there are."""
    summary = _("cannot be read")
    if checked.dataset is not None:
        counts = Counter(problem.level for problem in checked.problems)
        levels = (count_level(level, counts[level]) for level in Level)
        projects = format_count(len(checked.dataset.projects), "project")
        summary = join_words((projects, *levels))
    _print_problems(checked.problems)
    output.flush()
    say(format_line(str(checked.files.path), summary))


def _make_record(checked: _Checked) -> dict[str, object]:
    dataset = checked.dataset
    return {
        "file": str(checked.files.path),
        "projects": None if dataset is None else len(dataset.projects),
        "problems": make_problem_records(checked.problems),
    }


def _rate(problems: Iterable[Problem]) -> int:
    """Return the exit status for problems."""
    return int(any(problem.level is not Level.NOTE for problem in problems))


def _print_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        write(display_line(str(problem)) + "\n")
