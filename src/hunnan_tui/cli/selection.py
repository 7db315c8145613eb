"""Finds the dataset that a command works on, and the projects in it."""

from __future__ import annotations

import os
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import OpenDataset, open_dataset
from hunnan_tui.cli.output import UsageError, say
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.config.paths import get_current_folder
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import (
    HunnanError,
    Level,
    NoSuchProjectError,
    Problem,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.parts import (
    arrange_parts,
    find_repeated,
    link_parts,
    place_parts,
    put_under_wholes,
)
from hunnan_tui.core.text import display_line
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.open_workspace import Files

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields
    from hunnan_tui.query.engine.field_sums import FieldSum
    from hunnan_tui.query.engine.index import Index
    from hunnan_tui.query.language.query import Query

STDIN = "-"
"""Stands for standard input in place of an id, a text or a dataset."""

STDIN_PATH = "/dev/stdin"


class AmbiguousIdError(HunnanError):
    """Several projects of the dataset have the given id."""


def locate_files(args: Namespace, words: Sequence[str] = ()) -> Files:
    """Return the files that a command works on.

    Args:
        args: The arguments.
        words: Words that name datasets, if none are named by options.

    Raises:
        UsageError: A dataset is named twice, standard input is needed twice, or notes
            are to go to one file for several datasets.
    """
    if words and args.files:
        message = _("Name datasets by words or by -f, not by both")
        raise make_usage_error(args.command, message)
    named = list(words or args.files)
    reads_stdin = STDIN in args.words and not args.command.takes_output
    if reads_stdin and {STDIN, STDIN_PATH}.intersection(args.files):
        raise UsageError(
            _("Standard input cannot be both the dataset and something else")
        )
    folder = get_current_folder()
    first, *others = (
        open_workspace.find_files(
            name and resolve_data(name), args.notes, os.environ, folder
        )
        for name in named or [None]
    )
    if args.city:
        others.append(open_workspace.find_city_files(os.environ))
    if not others:
        return first
    if args.notes:
        raise make_usage_error(args.command, _("--notes goes with one dataset"))
    _refuse_repeated([first, *others])
    return first._replace(others=tuple(others))


def _refuse_repeated(files: Sequence[Files]) -> None:
    """Raise UsageError if a dataset is named twice."""
    paths: dict[str, Path] = {}
    for each in files:
        other = paths.setdefault(os.path.realpath(each.path), each.path)
        if other is not each.path:
            raise UsageError(_("{other} is named twice").format(other=other))


def resolve_data(word: str) -> str:
    """Return the path that a word for a dataset stands for: `-` is standard input."""
    return STDIN_PATH if word == STDIN else word


def report_problems(problems: Sequence[Problem], path: Path) -> None:
    """Say which files have problems, and how to see them; `path` is the first one."""
    report_file_problems(problems)
    counts = Counter(
        problem.file or str(path)
        for problem in problems
        if problem.level is not Level.NOTE and problem.line > 0
    )
    for file, count in counts.items():
        say(
            _("{file} has {problems}: see `hunnan-tui check`").format(
                file=file, problems=format_count(count, "problem")
            )
        )


def report_file_problems(problems: Sequence[Problem]) -> None:
    """Say what is wrong with a file as a whole: that it is empty, for example."""
    for problem in problems:
        if not problem.line and problem.level is not Level.NOTE:
            say(str(problem))


class Listing(NamedTuple):
    """The projects that a query finds, arranged as it says."""

    projects: Sequence[Project]
    """In the order of the app, group by group."""
    keys: Sequence[str]
    """Their keys."""
    show: tuple[str, ...] = ()
    """The fields to show; empty for the usual ones."""
    headings: Mapping[int, str] = {}
    """The headings of groups by the index of their first project."""
    places: Mapping[str, tuple[str, int]] = {}
    """What the parts stand under, by key, and how deep."""
    count_amounts: Callable[[], tuple[int | None, int, int]] = lambda: (None, 0, 0)
    """Returns the sum of the amounts, None if none is stated; how many projects state
    none; and how many are parts whose amount is not added again."""
    find_own_fields: Callable[[], OwnFields] | None = None
    """Returns the fields of the user's own, if there was a query."""
    sums: Sequence[FieldSum] = ()
    """The sums of the fields to show that hold numbers."""


ARRANGEMENT = ("sort", "group")
"""The terms of a query that arrange projects."""


class ListedProjects(Sequence[Project]):
    """Projects in the order of their keys, each looked up when it is asked for."""

    def __init__(self, keys: Sequence[str], projects: Mapping[str, Project]) -> None:
        """Take the keys, and all projects by key."""
        self._keys, self._projects = keys, projects

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> Project: ...
    @overload
    def __getitem__(self, index: slice) -> ListedProjects: ...
    def __getitem__(self, index: int | slice) -> Project | ListedProjects:
        if isinstance(index, slice):
            return ListedProjects(self._keys[index], self._projects)
        return self._projects[self._keys[index]]


def find_projects(
    opened: OpenDataset,
    text: str | None,
    accepted: Collection[str] = (),
    why: str = "",
) -> Listing:
    """Return the projects that a query finds.

    Args:
        opened: The dataset.
        text: The query; None or empty finds all.
        accepted: Which of `sort`, `group` and `show` the command follows.
        why: The reason that it gives for refusing the others.

    Raises:
        UsageError: The query makes no sense, or has a term that is not accepted.
    """
    dataset = opened.dataset
    if not text and not opened.is_indexed:
        # in the order of an empty query, without loading the query language
        return _list_all(dataset)
    index = opened.index
    query = _parse_query(index, text or "", accepted, why)
    mask = index.compute_mask(query)
    keys = index.list_keys(mask, query.sort, query.group)
    headings = _list_headings(index, mask, query)
    places = index.place_parts(mask, query.sort, query.group)
    sums = index.sum_fields(mask, query.show).get("", ()) if query.show else ()

    def count_amounts() -> tuple[int | None, int, int]:
        count = index.count_mask(mask, ()).all
        return count.stated, count.not_stated, count.not_added

    return Listing(
        ListedProjects(keys, dataset.projects),
        keys,
        query.show,
        headings,
        places,
        count_amounts,
        index.find_own_fields,
        sums,
    )


def _list_all(dataset: Dataset) -> Listing:
    """Return all projects in the order of an empty query."""
    projects = sorted(dataset.projects.values(), key=_make_investment_key)
    wholes = link_parts(projects, dataset.projects)
    places: Mapping[str, tuple[str, int]] = {}
    keys = [project.key for project in projects]
    if wholes:
        places = place_parts(arrange_parts(wholes), lambda _: 0)
        keys = put_under_wholes(keys, places)

    def count_amounts() -> tuple[int | None, int, int]:
        repeated = find_repeated(projects, dataset.projects) if wholes else ()
        added = [project.amount for project in projects if project.key not in repeated]
        stated = [amount for amount in added if amount is not None]
        missing = len(added) - len(stated)
        return sum(stated) if stated else None, missing, len(repeated)

    listed = ListedProjects(keys, dataset.projects)
    return Listing(listed, keys, places=places, count_amounts=count_amounts)


def _list_headings(index: Index, mask: int, query: Query) -> dict[int, str]:
    if not query.group:
        return {}
    from hunnan_tui.query.engine.groups import format_subtotal

    names = index.get_labels(query.group)
    sums = index.sum_fields(mask, query.show, query.group) if query.show else {}
    has_amounts = "invest" in index.filled_fields
    return {
        group.start: display_line(
            f"{(*names.get(group.value, ()), group.value)[0] or _('not stated')}: "
            + format_subtotal(
                group.count, sums.get(group.value, ()), has_amounts=has_amounts
            )
        )
        for group in index.make_groups(mask, query.group, query.sort)
    }


def find_mask(index: Index, text: str | None, why: str) -> int:
    """Return the projects that a query finds as a mask; all without a query.

    Raises:
        UsageError: The query makes no sense, or arranges projects; the message gives
            `why` as the reason.
    """
    return index.compute_mask(_parse_query(index, text or "", (), why))


def refuse_arrangement(query: Query, accepted: Collection[str], why: str) -> None:
    """Raise UsageError if a query has `sort:`, `group:` or `show:` unless accepted."""
    parts = {"sort": query.sort, "group": query.group, "show": query.show}
    typed = [
        f"{name}:" for name, part in parts.items() if part and name not in accepted
    ]
    if typed:
        raise UsageError(
            _("{typed} cannot be used here: {why}").format(
                typed=" and ".join(typed), why=why
            )
        )


def _parse_query(index: Index, text: str, accepted: Collection[str], why: str) -> Query:
    query = index.parse(text, today=date.today())  # noqa: DTZ011 - the reader's day
    messages = [str(problem) for problem in query.problems]
    if query.has_error:
        raise UsageError("; ".join(messages))
    refuse_arrangement(query, accepted, why)
    for problem in messages:
        say(problem)
    return query


def _make_investment_key(project: Project) -> tuple[bool, int]:
    return project.amount is None, -(project.amount or 0)


def choose_projects(
    args: Namespace,
    opened: OpenDataset,
    path: Path,
    count: int = 1,
    accepted: Collection[str] = (),
) -> tuple[Sequence[Project], list[str]]:
    """Return the projects that a command names by id or by `-q`, and its other words.

    Args:
        args: The arguments.
        opened: The dataset.
        path: The path of its file.
        count: The fewest words that must be left.
        accepted: As in `find_projects`.
    """
    words = list(args.words)
    if len(words) < count + (args.query is None):
        raise make_usage_error(args.command, _("Too few words"))
    if args.query is not None:
        why = (
            _("nothing is listed")
            if args.command.is_edit
            else _("the columns are fixed")
        )
        return find_projects(opened, args.query, accepted, why).projects, words
    dataset = opened.dataset
    first = words.pop(0)
    if first != STDIN:
        return [find_project(dataset, first, path)], words
    if STDIN in words:
        raise UsageError(_("Standard input cannot be both the ids and the text"))
    lines = map(str.strip, output.read_text().splitlines())
    ids = dict.fromkeys(filter(None, lines))
    return [find_project(dataset, key, path) for key in ids], words


def choose_annotated_projects(args: Namespace) -> Iterator[Project]:
    """Yield those projects with annotations that a command names by id or by `-q`.

    Of all projects if it names none.
    """
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_file_problems(opened.problems)
    if args.query is not None and args.words:
        raise make_usage_error(args.command, _("Too many words"))
    if args.words:
        projects, rest = choose_projects(args, opened, files.path, count=0)
        if rest:
            raise make_usage_error(args.command, _("Too many words"))
        yield from projects
        return
    listed = find_projects(opened, args.query, ARRANGEMENT, _("the columns are fixed"))
    annotated = set(opened.dataset.list_annotated_keys())
    for key in listed.keys:
        if key in annotated:
            yield opened.dataset.projects[key]


def find_project(dataset: Dataset, id: str, path: Path) -> Project:
    """Return the project with an id.

    Raises:
        NoSuchProjectError: There is none; the message names similar ids.
        AmbiguousIdError: There are several; the message names their lines.
    """
    project = dataset.projects.get(id)
    if dataset.files:
        return _find_among_files(dataset, id)
    if project is None:
        raise NoSuchProjectError(
            _("No project has the id {id!r}{suggest_ids}").format(
                id=id, suggest_ids=_suggest_ids(dataset, id)
            )
        )
    if project.id != project.key:
        return project  # the key of a twin, or of one without an id
    if f"{id}#2" in dataset.projects:
        indexes = [n for n, p in enumerate(dataset.projects.values()) if p.id == id]
        if len(indexes) > 1:
            lines = " and ".join(map(str, _find_lines(path, indexes)))
            raise AmbiguousIdError(
                _(
                    "{count} projects of {path} have the id {id!r}, in lines {lines}: give "
                    "each its own"
                ).format(count=len(indexes), path=path, id=id, lines=lines)
            )
    return project


def _find_among_files(dataset: Dataset, id: str) -> Project:
    """Return the project with an id, or with the name of a file before it.

    Raises:
        NoSuchProjectError: There is none; the message names similar ids.
        AmbiguousIdError: Several files have it; the message says what to type.
    """
    for name in dataset.files:
        own = id.removeprefix(f"{name}:")
        if own == id:
            continue
        for key in (id, own):
            project = dataset.projects.get(key)
            if project is not None and project.origin.file == name:
                return project
    known = [
        project
        for key in (id, *(f"{name}:{id}" for name in dataset.files))
        if (project := dataset.projects.get(key)) is not None
    ]
    if not known:
        hint = _suggest_ids(dataset, id)
        raise NoSuchProjectError(
            _("No project has the id {id!r}{hint}").format(id=id, hint=hint)
        )
    if len(known) > 1:
        names = _(" or ").join(f"{project.origin.file}:{id}" for project in known)
        raise AmbiguousIdError(
            _("{count} files have a project with the id {id!r}: name {names}").format(
                count=len(known), id=id, names=names
            )
        )
    return known[0]


def _suggest_ids(dataset: Dataset, id: str) -> str:
    from difflib import get_close_matches

    keys = list(dataset.projects)
    similar = [key for key in keys if id.casefold() in key.casefold()][:3]
    if not similar and len(keys) < 10_000:
        similar = get_close_matches(id, keys, cutoff=0.5)
    if similar:
        return _(": did you mean {similar}?").format(similar=_(" or ").join(similar))
    return _("; `hunnan-tui list --format ids` prints those that there are")


def _find_lines(path: Path, indexes: Sequence[int]) -> list[int]:
    """Return the lines of the ids of the projects at some indexes of a file."""
    from hunnan_tui.dataset.toml.locations import find_line_columns, locate
    from hunnan_tui.files.reading import read_file

    text = read_file(path)
    offsets = locate(text, (("projects", index, "id") for index in indexes))
    ordered = sorted(offset or 0 for offset in offsets)
    return [line for line, _ in find_line_columns(text, ordered)]
