"""The dataset file and the notes file; no other module reads or writes them.

Every edit is replayed on the text that is in the file at the moment of the save, so that
two windows and a colleague's editor lose nothing (the dataset format's sections 2 and 3).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hunnan_tui.config.paths import find_packaged_dataset
from hunnan_tui.core.errors import DataError, MissingNameProblem, Problem, SaveError
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.dataset.incremental import (
    LARGE,
    ProgressCallback,
    ignore_progress,
    read_head,
)
from hunnan_tui.files.atomic import explain_unwritable, replace_file
from hunnan_tui.files.io import Stamp
from hunnan_tui.storage.dataset_file import DatasetFile

if TYPE_CHECKING:  # what saves is loaded with the first save
    from hunnan_tui.core.changes import Change, Edit
    from hunnan_tui.dataset.parser import Parsed
    from hunnan_tui.dataset.toml.patch import Patch
    from hunnan_tui.storage.transaction import PendingTransaction, TransactionResult

_NOTHING = Annotations()
PATIENCE = 1.0
"""Seconds to wait for a file that cannot be parsed: it may be half-written."""


class Loaded(NamedTuple):
    """The content of the files."""

    dataset: Dataset
    problems: tuple[Problem, ...]
    orphans: tuple[str, ...] = ()
    """Ids in the notes file whose project is not in the dataset."""
    is_partial: bool = False
    """Only the first projects."""


@dataclass(frozen=True, slots=True)
class SaveResult:
    """The result of a save that is on the disk."""

    annotations: Mapping[str, Annotations]
    """The new annotations of the projects that were edited."""
    results: Mapping[int, TransactionResult]
    """By serial."""
    facts: Mapping[str, Project] = field(default_factory=dict)
    """The projects whose facts were edited, as they are now."""
    rebuilt: Loaded | None = None
    """The content, if our edits of facts made another look at the whole text necessary."""
    outside: Loaded | None = None
    """The content including our edits, if somebody else had changed the files."""
    warning: str = ""


class Store:
    """A dataset and, optionally, a notes file that receives the edits."""

    def __init__(
        self,
        path: Path,
        notes: Path | None = None,
        *,
        backups: Path | None = None,
        cache: Path | None = None,
        lazily: bool = False,
    ) -> None:
        """Name the files; nothing is read yet.

        Args:
            path: The dataset.
            notes: Where edits are saved instead.
            backups: A private folder for the old text when a file must be written in
                place.
            cache: A folder for the caches of large files.
            lazily: Whether the projects of a large file are parsed on demand.
        """
        self.path = path
        self.notes = notes
        self.locked = ""
        """Why nothing is to be written, whatever is typed; empty if it is."""
        self.cache = cache
        self._backups = backups
        # joining a notes file needs all projects
        self._lazily = lazily and notes is None
        self._facts = DatasetFile(lazily=self._lazily)
        self._target = self._facts if notes is None else DatasetFile()
        self._patches: dict[int, dict[str, Patch]] = {}
        self._is_swept = False

    @property
    def target(self) -> Path:
        """The file that edits go to."""
        return self.notes or self.path

    @property
    def state_path(self) -> Path:
        """What names the state that is kept of it beside its files."""
        return self.path

    @property
    def members(self) -> Sequence[Store]:
        """The stores of its datasets."""
        return (self,)

    def join_datasets(self, datasets: Sequence[Dataset]) -> Dataset:
        """Return other versions of its datasets as it shows them: as one."""
        return datasets[0]

    def explain_read_only(self, *, hint: bool = True) -> str:
        """Return why no edit can be saved, or an empty text.

        Args:
            hint: Whether to say what to do about it.
        """
        if self.locked:
            return self.locked
        if self.notes is None and self._facts.lacks_blocks:
            reason = _("Its projects are not [[projects]] tables")
            return (
                _("{reason}: use --notes FILE").format(reason=reason)
                if hint
                else reason
            )
        if self.notes is not None and not self.notes.exists():
            return ""
        return explain_unwritable(self.target)

    def explain_no_facts(self, keys: Iterable[str] = ()) -> str:  # noqa: ARG002  # of several files they decide
        """Return why no fact can be edited and what to do, or an empty text.

        Args:
            keys: The projects that are edited; none for one that is added.
        """
        if self.locked:
            return self.locked
        if self.notes is not None and self.path == find_packaged_dataset():
            return _(
                "the copy that comes with the program stays as it is: "
                "`hunnan-tui init mine.toml --copy` makes one of your own"
            )
        copy = _("copy {path} to a folder of yours, and open the copy").format(
            path=self.path
        )
        if self.notes is not None:
            return _("The facts of this dataset cannot be written: {copy}").format(
                copy=copy
            )
        if self._facts.lacks_blocks:
            return _("Its projects are not [[projects]] tables: edit the file itself")
        if reason := explain_unwritable(self.path):
            return f"{reason}: {copy}"
        return ""

    def narrow_dataset(self, dataset: Dataset, keys: Iterable[str]) -> Dataset:  # noqa: ARG002  # as above
        """Return a dataset with only those terms and sources that projects can refer to.

        Args:
            dataset: The dataset.
            keys: The projects; none for one that is added.
        """
        return dataset

    @property
    def default_file(self) -> str:
        """The name of the file that new projects go to; empty if there is only one."""
        return ""

    def choose_default(self, name: str) -> None:
        """Choose the file that new projects go to, by its name; empty: the first."""

    def list_saved_parts(self) -> Collection[tuple[int, int]]:
        """Return what a save that failed has saved all the same.

        Returns:
            The serials of transactions, each with the index of a file that has it.
        """
        return ()

    def describe_destination(self) -> str:
        """Return the name of the file that edits go to if it is not the dataset."""
        return self.notes.name if self.notes else ""

    def load_head(self) -> Loaded | None:
        """Return the first projects of a large file; None if all are to be loaded."""
        dataset = read_head(self.path) if self._lazily else None
        return Loaded(dataset, (), is_partial=True) if dataset else None

    @property
    def is_lazy(self) -> bool:
        """Whether the projects of a large file are read when they are asked for."""
        return self._lazily

    @property
    def texts(self) -> tuple[bytes, bytes | None]:
        """The last known texts of the dataset and the notes file."""
        return self._facts.text, None if self.notes is None else self._target.text

    def adopt(
        self, text: bytes, before: Stamp, parsed: Parsed, starts: Sequence[int]
    ) -> Loaded:
        """Take over a dataset that was loaded elsewhere.

        Args:
            text: Its text.
            before: Its stamp before that was read.
            parsed: What it says.
            starts: Where the block of each project begins.
        """
        self._facts.adopt(text, before, parsed, starts)
        return self.content

    def load(self, tell: ProgressCallback = ignore_progress) -> Loaded:
        """Load the files; DataError when one cannot be read at all.

        Args:
            tell: Called from time to time with the progress of a large file.
        """
        self._facts.read(self.path, tell)
        if self.notes is not None:
            if self.notes.exists():
                self._target.read(self.notes)
            else:
                self._target.parse_text(b"", str(self.notes))
        return self.content

    def poll(self) -> Loaded | None:
        """Return the new content if somebody else has changed the files.

        Raises DataError when one has become unreadable; the last content stays.
        """
        changed = self._facts.refresh(self.path)
        if self.notes is not None and self.notes.exists():
            changed = self._target.refresh(self.notes) or changed
        return self.content if changed else None

    def save(self, transactions: Sequence[PendingTransaction]) -> SaveResult:
        """Save transactions, in order and in one write.

        A file that cannot be parsed may be half-written by another program: it gets a
        second to become whole.

        Raises:
            SaveError: Nothing was written, the file is as it was.
            DataError: The file cannot be parsed; nothing was written.
        """
        if self.locked:
            raise SaveError(_("Not saved: {locked}").format(locked=self.locked))
        if self.notes is not None and not self.notes.exists():
            if self._target.parsed.dataset.projects:
                raise SaveError(
                    _("Not saved: {notes} has vanished: put it back").format(
                        notes=self.notes
                    )
                )
            _create_notes_file(self.notes)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._save(transactions)
            except DataError:
                if time.monotonic() > until:
                    raise
            time.sleep(PATIENCE / 10)

    def _save(self, transactions: Sequence[PendingTransaction]) -> SaveResult:
        from hunnan_tui.storage.transaction import TransactionBatch

        batch = TransactionBatch(
            transactions, self._patches, creating=self.notes is not None
        )
        current = self._target

        def make(text: bytes) -> bytes:
            nonlocal current
            current = self._target
            if text != current.text:
                current = DatasetFile(lazily=self._lazily)
                current.parse_text(text, str(self.target), before=self._target)
            return batch.apply(current)

        replaced = replace_file(
            self.target,
            make,
            known=self._target.text,
            backups=self._backups,
            sweeping=not self._is_swept,  # a folder may hold thousands of files
        )
        self._is_swept = True
        was_outside = current is not self._target
        # a large file is read again only where it must be: its problems stay as they are
        is_read_again = batch.is_rebuilt or (
            bool(batch.facts) and len(replaced.text) < LARGE
        )
        if is_read_again:
            current = DatasetFile(lazily=self._lazily)
            current.parse_text(replaced.text, str(self.target))
        else:
            current.adopt_edits(
                replaced.text, batch.annotations, batch.lengths, batch.facts
            )
        if self._facts is self._target:
            self._facts = current
        self._target = current
        self._patches.update(batch.patches)
        return SaveResult(
            annotations=batch.annotations,
            results=batch.results,
            facts=batch.facts,
            rebuilt=self.content if is_read_again else None,
            outside=self.content if was_outside else None,
            warning=replaced.warning,
        )

    @property
    def content(self) -> Loaded:
        """The content of the files as it was last read or written."""
        facts = self._facts.parsed
        if self.notes is None:
            return Loaded(facts.dataset, facts.problems)
        notes = self._target.parsed
        joined, orphans = _join(facts.dataset, notes.dataset)
        problems = tuple(
            p for p in notes.problems if not isinstance(p, MissingNameProblem)
        )
        return Loaded(joined, facts.problems + problems, orphans)


def save_aside(path: Path, edits: Sequence[Edit]) -> None:
    """Apply edits to a salvage file, which is created if it is missing.

    Raises:
        SaveError: It cannot be written.
        DataError: It cannot be read.
    """
    from hunnan_tui.storage.transaction import PendingTransaction, TransactionBatch

    batch = TransactionBatch([PendingTransaction(0, tuple(edits))], {}, creating=True)

    def make(text: bytes) -> bytes:
        file = DatasetFile()
        file.parse_text(text, str(path))
        return batch.apply(file)

    if not path.exists():
        _create_notes_file(path)
    replace_file(path, make)


def read_aside(path: Path) -> dict[str, Annotations]:
    """Return the annotations in a salvage file; DataError if it cannot be read."""
    file = DatasetFile()
    if path.exists():
        file.read(path)
    projects = file.parsed.dataset.projects
    return {
        key: project.annotations
        for key, project in projects.items()
        if project.annotations != _NOTHING
    }


def to_changes(annotations: Annotations) -> Iterator[Change]:
    """Yield the changes that create annotations."""
    from hunnan_tui.core.changes import (
        AddNeed,
        AddNote,
        AddTags,
        SetFollowUp,
    )

    if annotations.tags:
        yield AddTags(annotations.tags)
    if annotations.follow_up is not None:
        yield SetFollowUp(annotations.follow_up)
    yield from map(AddNeed, annotations.needs)
    yield from map(AddNote, annotations.notes)


def _create_notes_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(0o600, exist_ok=True)
    except OSError as error:
        raise SaveError(
            _(
                "Cannot create the notes file {path}: {strerror}; choose another with "
                "--notes FILE"
            ).format(path=path, strerror=error.strerror)
        ) from error


def _join(facts: Dataset, notes: Dataset) -> tuple[Dataset, tuple[str, ...]]:
    joined = {
        key: project._replace(
            readonly_annotations=project.annotations,
            annotations=notes.projects[key].annotations
            if key in notes.projects
            else Annotations(),
        )
        for key, project in facts.projects.items()
    }
    orphans = tuple(key for key in notes.projects if key not in joined)
    return facts._replace(projects=joined), orphans
