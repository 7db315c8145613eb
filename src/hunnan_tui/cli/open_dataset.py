"""Reads the dataset that a command works on: a large one with the index of the app.

A small file is parsed as it is, without what an index needs to import.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from hunnan_tui.config.paths import find_paths
from hunnan_tui.core.errors import Problem
from hunnan_tui.core.filled_fields import EXPECTED, find_filled_fields
from hunnan_tui.core.language import N_
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.parts import find_parts
from hunnan_tui.core.progress import Working
from hunnan_tui.files.pipes import is_pipe
from hunnan_tui.files.reading import read_pipe
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.dataset_file import DatasetFile
from hunnan_tui.storage.open_workspace import Files

if TYPE_CHECKING:
    from pathlib import Path

    from hunnan_tui.query.cache.packing import FileIndex
    from hunnan_tui.query.cache.reader import CachedFile
    from hunnan_tui.query.engine.index import Index
    from hunnan_tui.query.engine.news import News
    from hunnan_tui.storage.workspace import Workspace

READING = N_("Reading the dataset")
LARGE = 2_000_000
"""A file of this many bytes is read with the index of the app."""


class OpenDataset:
    """A dataset that was read, with an index of its projects."""

    def __init__(
        self,
        dataset: Dataset,
        problems: Sequence[Problem] = (),
        index: Index | None = None,
        find_news: Callable[[], News] | None = None,
    ) -> None:
        """Take what was read.

        Args:
            dataset: The dataset.
            problems: What is wrong with its files.
            index: Its index, if it was read with one.
            find_news: Returns what others have changed since the user's last visit.
        """
        self.dataset, self.problems = dataset, problems
        self.is_indexed = index is not None
        """Whether its projects are parsed when they are asked for: better not all."""
        self._index, self._find_news = index, find_news

    @cached_property
    def index(self) -> Index:
        """The index; made when first asked for, if the dataset was read without one."""
        from hunnan_tui.query.engine.index import Index  # not every command needs one

        index = self._index or Index(self.dataset)
        if self._find_news is not None:
            index.use_news(self._find_news)
        return index

    def find_filled_fields(self) -> frozenset[str]:
        """Return which of the fields that are expected some project states."""
        if self.is_indexed:
            return self.index.filled_fields & EXPECTED
        return find_filled_fields(self.dataset.projects.values())

    def iterate_tags(self, keys: Iterable[str]) -> Iterator[Sequence[str]]:
        """Yield the tags of projects, as they are spelled."""
        if self.is_indexed:
            return self.index.iterate_tags(keys)
        return (self.dataset.projects[key].tags for key in keys)

    def find_parts(self, project: Project) -> Sequence[Project]:
        """Return the projects that are part of one, in the order of the file."""
        projects = self.dataset.projects
        if self.is_indexed:
            return [projects[key] for key in self.index.find_parts(project.key)]
        return find_parts(project.key, projects)


def open_dataset(args: Namespace, files: Files) -> OpenDataset:
    """Read the dataset and the notes file, for a command that writes nothing.

    Raises:
        DataError: One of them cannot be read.
    """
    with Working(READING):
        return _open_dataset(args, files)


def _open_dataset(args: Namespace, files: Files) -> OpenDataset:
    if not files.others and (files.notes is None or not files.notes.exists()):
        opened = _open_indexed(args, files.path, files.paths.cache)
        if opened is not None:
            _, file_index = opened
            dataset, problems = file_index.parsed
            index, find_news = file_index.index, partial(_find_news, files)
            return OpenDataset(dataset, problems, index, find_news)
    dataset, problems = open_workspace.read_dataset(files)
    return OpenDataset(dataset, problems, find_news=partial(_find_news, files))


def _find_news(files: Files) -> News:
    """Return what others have changed since the user's last visit."""
    from hunnan_tui.analysis.diff import compare_datasets
    from hunnan_tui.analysis.news import collect_news
    from hunnan_tui.storage.unfinished import read_unfinished  # few queries ask

    unfinished = read_unfinished(files)
    before, now = unfinished.last_seen, unfinished.dataset
    return collect_news([compare_datasets(before, now, own=True)] if before else [])


def open_file(args: Namespace, path: Path) -> OpenDataset:
    """Read a file alone, without its notes file.

    Raises:
        DataError: It cannot be read.
    """
    with Working(READING):
        return _open_file(args, path)


def _open_file(args: Namespace, path: Path) -> OpenDataset:
    if is_pipe(path):
        read_pipe(path)
    cache = find_paths(os.environ).cache
    opened = _open_indexed(args, path, cache, may_build=False)
    if opened is not None:
        parsed = opened[1].parsed
        return OpenDataset(parsed.dataset, parsed.problems, opened[1].index)
    file = DatasetFile(lazily=True)
    file.read(path)
    return OpenDataset(*file.parsed)


def open_for_edits(
    args: Namespace, files: Files
) -> tuple[Workspace, OpenDataset, tuple[str, ...]]:
    """Open a dataset for a command that changes it, and recover edits after a crash.

    Returns:
        The workspace, what it has read, and messages for the user.

    Raises:
        DataError: A file cannot be read.
    """
    with Working(READING):
        return _open_for_edits(args, files)


def _open_for_edits(
    args: Namespace, files: Files
) -> tuple[Workspace, OpenDataset, tuple[str, ...]]:
    workspace, messages = open_workspace.open_workspace(files, partly=True)
    index: Index | None = None
    if not workspace.is_complete:
        store, loaded = workspace.store, None
        opened = _open_indexed(args, store.path, files.paths.cache)
        if opened is not None:
            snapshot, file_index = opened
            parsed, starts = file_index.parsed, file_index.starts
            loaded = store.adopt(snapshot.text, snapshot.stamp, parsed, starts)
            index = file_index.index
        messages += workspace.load(loaded)
    dataset = workspace.dataset
    if index is not None and index.dataset is not dataset:
        index = None  # of the file without what was recovered
    return workspace, OpenDataset(dataset, workspace.problems, index), messages


def _open_indexed(
    args: Namespace, path: Path, cache: Path | None, *, may_build: bool = True
) -> tuple[CachedFile, FileIndex] | None:
    """Return a large file with its index; None for one that must be parsed as a whole."""
    if is_pipe(path) or not _is_large(path):
        return None
    from hunnan_tui.dataset.incremental import NotInBlocksError
    from hunnan_tui.query.cache.checksums import InvalidIndexError
    from hunnan_tui.query.cache.opening import open_indexed

    try:
        used = None if args.no_cache else cache
        return open_indexed(path, used, may_build=may_build)
    except (NotInBlocksError, InvalidIndexError):
        return None


def _is_large(path: Path) -> bool:
    try:
        return os.path.getsize(path) >= LARGE  # noqa: PTH202 - pathlib is slower
    except OSError:
        return False  # who reads it says why
