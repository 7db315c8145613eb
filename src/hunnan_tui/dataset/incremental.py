"""Loads a large file block by block: its first projects at once, the others step by step.

A block that parses alone ends at a true boundary, since an open string or array would be
an error. Everything less plain is left to `parser.parse`, which has the last word on every
file; both give the same result. So are files with other tables behind the first project.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import tomli

from hunnan_tui.core.errors import DataError
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.dataset.headers import find_headers
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import (
    Parsed,
    collect_problems,
    decode,
    find_free_key,
    read_project,
    read_record,
)
from hunnan_tui.dataset.references import ReferenceChecker
from hunnan_tui.dataset.schema import Faults
from hunnan_tui.dataset.top_tables import parse_top, read_beginning

LARGE = 2_000_000
"""A file of this many bytes is loaded block by block."""
FIRST = 50
"""The number of projects that are shown first."""
BATCH = 200
"""The number of projects between two calls of `tell`."""
_REACH = 20
"""Lines that look like a header and may stand within one string."""

_NONE: Mapping[str, Project] = MappingProxyType({})
_Content = dict[str, Any] | Project
"""The content of a piece: a plain project, or the parsed tables."""


class NotInBlocksError(Exception):
    """The text must be parsed as a whole."""


class LoadProgress(NamedTuple):
    """What has been loaded so far."""

    dataset: Dataset
    share: float
    """Of the text, from 0 to 1."""
    starts: Sequence[int] = ()
    """Where the block of each project begins; grows with the reading."""
    end: int = 0
    """Where the last of the blocks ends."""
    added: Sequence[Project] = ()
    """The projects that have been read since the last part."""


ProgressCallback = Callable[[LoadProgress], None]
"""Receives the progress; may raise to end the load."""


def ignore_progress(part: LoadProgress) -> None:
    """Ignore the progress."""


class _LoaderState:
    """The state of one load."""

    def __init__(self) -> None:
        self.starts = array("Q")
        self.indexes: dict[str, int] = {}
        self.twins: dict[str, int] = {}
        self.annotated: dict[str, None] = {}
        self.faults: Faults = []
        self.currency = ""


def read_head(path: Path) -> Dataset | None:
    """Return the first projects of a large file; None if it must be read whole."""
    try:
        if path.stat().st_size < LARGE:
            return None  # a pipe too: to open one would wait for its other end
        beginning = read_beginning(path, FIRST)
        if beginning is None:
            return None
        dataset = read_record(_parse_piece(beginning.top), [], {})
        projects: dict[str, Project] = {}
        twins: dict[str, int] = {}
        for index, block in enumerate(beginning.blocks):
            (table,) = _parse_piece(block)["projects"]
            key = find_free_key(table.get("id"), projects, twins)
            projects[key] = read_project(key, table, index, [], dataset.currency)
    except (OSError, DataError, NotInBlocksError, LookupError, ValueError, TypeError):
        return None
    return dataset._replace(projects=projects)


def read_blocks(
    text: bytes, name: str, tell: ProgressCallback = ignore_progress
) -> tuple[Parsed, array[int]]:
    """Parse a text block by block.

    Args:
        text: The bytes of a file.
        name: Its name, for the problems.
        tell: Called from time to time.

    Returns:
        What was parsed, and the offset of each block.

    Raises:
        NotInBlocksError: It must be parsed as a whole.
    """
    state = _LoaderState()
    blocks = BlockReader(text, state.starts)
    cache: dict[str, Project] = {}

    def make_projects() -> LazyProjects:
        return LazyProjects(blocks, state.indexes, state.annotated, cache=cache)

    pieces = _split_blocks(text)
    _, _, record = next(pieces)
    if isinstance(record, Project) or "projects" in record:
        raise NotInBlocksError
    dataset = read_record(record, [], {})
    state.currency = blocks.currency = dataset.currency
    references = ReferenceChecker(dataset)
    added: list[Project] = []
    for index, (start, end, content) in enumerate(pieces):
        project = content
        if isinstance(project, Project) and project.key in state.indexes:
            project = _parse_piece(text[start:end])
        if not isinstance(project, Project):
            project = _read_project(project, index, state)
        state.starts.append(start)
        blocks.end = end
        state.indexes[project.key] = index
        if project.annotations != Annotations():
            state.annotated[project.key] = None
        references.check_project(project, index, state.faults)
        projects = make_projects()
        projects.remember(project)
        added.append(project)
        if len(added) == BATCH:
            part = dataset._replace(projects=projects)
            tell(LoadProgress(part, end / len(text), state.starts, end, added))
            added = []
    if added:
        last = dataset._replace(projects=make_projects())
        tell(LoadProgress(last, 1, state.starts, len(text), added))
    faults: Faults = []
    dataset = read_record(record, faults, make_projects())
    faults += state.faults
    references.check_whole(dataset, record, faults)
    problems = collect_problems(faults, text, name, state.starts)
    return Parsed(dataset, problems), state.starts


def read_top(
    text: bytes,
    projects: Mapping[str, Project] = _NONE,
    faults: Faults | None = None,
    references: ReferenceChecker | None = None,
    pause: Callable[[], None] = lambda: None,
) -> Dataset:
    """Return what stands before the first project of a text.

    Args:
        text: The text.
        projects: What is known of its projects.
        faults: Receives the problems, if given.
        references: The checker that has seen all projects, if they are all known.
        pause: Called between batches of tables; may raise to stop.

    Raises:
        NotInBlocksError: It must be parsed as a whole.
    """
    record = _parse_top(text, pause)
    if "projects" in record:
        raise NotInBlocksError
    faults = [] if faults is None else faults
    dataset = read_record(record, faults, projects)
    if references is not None:
        references.check_whole(dataset, record, faults)
    return dataset


def read_single_block(
    block: bytes, references: ReferenceChecker, index: int
) -> Project:
    """Parse the project of a block without faults.

    Args:
        block: The text, from its header on.
        references: What its sources, stages and industries are looked up in.
        index: Its number in the file.

    Raises:
        NotInBlocksError: Something is, or it is not one project with an id.
    """
    from hunnan_tui.dataset.fast_parser import read_plain  # as in `_split_blocks`

    faults: Faults = []
    project = read_plain(block)
    if project is None:
        table = _take_only_table(_parse_piece(block))
        key = find_free_key(table.get("id"), (), {})
        project = read_project(key, table, index, faults, references.currency)
    references.check_alone(project, index, faults)
    if faults or project.key != project.id:
        raise NotInBlocksError
    return project


def _read_project(record: dict[str, Any], index: int, state: _LoaderState) -> Project:
    table = _take_only_table(record)
    key = find_free_key(table.get("id"), state.indexes, state.twins)
    return read_project(key, table, index, state.faults, state.currency)


def _take_only_table(record: dict[str, Any]) -> dict[str, Any]:
    tables = record.pop("projects", None)
    if not isinstance(tables, list) or len(tables) != 1 or record:
        raise NotInBlocksError
    table: dict[str, Any] = tables[0]
    return table


def _split_blocks(text: bytes) -> Iterator[tuple[int, int, _Content]]:
    """Yield the bounds and content of each piece: the head, then the projects."""
    from hunnan_tui.dataset.fast_parser import (
        read_plain,  # a small file is read without it
    )

    start, tried = 0, 0
    for end in chain(find_headers(text), (len(text),)):
        if start == 0 and end == len(text):
            raise NotInBlocksError
        block = text[start:end]
        try:
            content = read_plain(block) or _parse_piece(block)
        except NotInBlocksError:
            tried += 1
            if tried > _REACH or end == len(text):
                raise
            continue
        yield start, end, content
        start, tried = end, 0


def _parse_top(text: bytes, pause: Callable[[], None]) -> dict[str, Any]:
    for end in islice(find_headers(text), _REACH + 1):
        with suppress(ValueError, RecursionError):
            return parse_top(text[:end], pause)
    raise NotInBlocksError


def _parse_piece(piece: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(decode(piece))
    except (ValueError, DataError, RecursionError) as error:
        raise NotInBlocksError from error
