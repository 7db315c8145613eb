"""Which files are opened, and where edits are saved; the app and all commands agree.

Edits are saved in the dataset. If it cannot be written, or if the user asks for that,
they are saved in a notes file that is joined to it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hunnan_tui.config.paths import (
    Paths,
    choose_dataset,
    find_packaged_city,
    find_packaged_dataset,
    find_paths,
)
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.errors import (
    DataError,
    Level,
    Problem,
    SaveError,
)
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Annotations, Dataset
from hunnan_tui.core.text import display_path
from hunnan_tui.files.pipes import is_pipe
from hunnan_tui.files.reading import read_pipe
from hunnan_tui.storage.dataset_file import DatasetFile

if TYPE_CHECKING:
    from hunnan_tui.storage.store import Loaded, Store
    from hunnan_tui.storage.workspace import Workspace

_NOTHING = Annotations()


class Files(NamedTuple):
    """The files that are opened together."""

    path: Path
    """The dataset."""
    why: str
    """Why that one."""
    notes: Path | None
    """Where edits go instead of into the dataset."""
    why_notes: str
    """Why they do."""
    environ: Mapping[str, str]
    shared: Path | None = None
    """Where an earlier version kept them, for all datasets of that name."""
    others: tuple[Files, ...] = ()
    """Further datasets that are shown as one with it."""
    locked: str = ""
    """Why nothing is written into any of them, whatever is typed; empty if it is."""

    def lock(self, reason: str) -> Files:
        """Return them with nothing to be written for a reason; none: as they are."""
        if not reason:
            return self
        others = tuple(files._replace(locked=reason) for files in self.others)
        return self._replace(others=others, locked=reason)

    @property
    def each(self) -> tuple[Files, ...]:
        """The files of each dataset."""
        return (self._replace(others=()), *self.others)

    @property
    def all_paths(self) -> tuple[Path, ...]:
        """Every dataset and notes file."""
        paths = (path for files in self.each for path in (files.path, files.notes))
        return tuple(filter(None, paths))

    @property
    def state_path(self) -> Path:
        """What names the state that is kept of them beside the files."""
        if not self.others:
            return self.path
        return Path(" + ".join(os.path.realpath(files.path) for files in self.each))

    @property
    def paths(self) -> Paths:
        """The folders of the user; asked for only when needed."""
        return find_paths(self.environ)


def find_city_files(environ: Mapping[str, str]) -> Files:
    """Return the files of the city's projects, which come with the program."""
    files = Files(find_packaged_city(), _("comes with the program"), None, "", environ)
    return _add_notes_file(
        files, _("the copy that comes with the program stays as it is")
    )


def find_files(
    named_path: str | None, notes: str | None, environ: Mapping[str, str], folder: Path
) -> Files:
    """Return which files are opened; nothing is read or created.

    Args:
        named_path: The dataset that the user names, if any.
        notes: The notes file that the user names, if any.
        environ: The environment.
        folder: The current folder.
    """
    named = Path(named_path) if named_path else None
    path, why = choose_dataset(named, environ, folder)
    files = Files(path, why, None, "", environ)
    if notes:
        return files._replace(
            notes=Path(notes), why_notes=_("named on the command line")
        )
    if is_pipe(path):
        return files  # read once, and no place for edits
    if path.exists() and (reason := _explain_unwritable(path, named)):
        return _add_notes_file(files, reason)
    return files


def read_dataset(files: Files) -> tuple[Dataset, tuple[Problem, ...]]:
    """Read the dataset and the notes file, for a command that writes nothing.

    Raises:
        DataError: One of them cannot be read.
    """
    if files.others:
        from hunnan_tui.storage.open_joined import read_datasets  # most have one file

        return read_datasets(files.each)
    for path in filter(None, (files.path, files.notes)):
        if is_pipe(path):
            read_pipe(path)
    if files.notes is None or not (files.notes.exists() or _uses_shared_notes(files)):
        # without a notes file there is nothing to join, and no store to import
        file = DatasetFile()
        file.read(files.path)
        if files.notes is not None or is_pipe(files.path) or not file.lacks_blocks:
            dataset, problems = file.parsed
            return dataset, (*problems, *_check_empty(files, dataset, file.text))
    _, loaded, _ = open_store(files)
    return loaded.dataset, loaded.problems


def open_store(files: Files, *, partly: bool = False) -> tuple[Store, Loaded, Files]:
    """Read the dataset and the notes file.

    Args:
        files: Which they are.
        partly: Whether the first projects of a large file are enough.

    Returns:
        The files as third: a dataset whose projects have no place for edits gets a
        notes file only now, and one of an earlier version is read where it is.

    Raises:
        DataError: One of them cannot be read.
    """
    if files.others:
        from hunnan_tui.storage.open_joined import open_joined_store  # as above

        joined, loaded = open_joined_store(files.each)
        joined.locked = files.locked
        return joined, loaded, files
    from hunnan_tui.storage.store import Store  # with all that an edit needs

    backups, cache = files.paths.backups, files.paths.cache
    if _uses_shared_notes(files):
        opened = open_store(files._replace(notes=files.shared))
        if any(
            project.annotations != _NOTHING
            for project in opened[1].dataset.projects.values()
        ):
            return opened
    store = Store(files.path, files.notes, backups=backups, cache=cache, lazily=True)
    from hunnan_tui.files.atomic import restore_file  # who only reads does without

    message = restore_file(store.target, backups)
    loaded = (store.load_head() if partly and not message else None) or store.load()
    if message:
        problem = Problem(Level.WARNING, message, file=str(store.target))
        loaded = loaded._replace(problems=(problem, *loaded.problems))
    empty = _check_empty(files, loaded.dataset, store.texts[0])
    loaded = loaded._replace(problems=(*loaded.problems, *empty))
    may_move = files.notes is None and not is_pipe(files.path)
    if may_move and (reason := store.explain_read_only(hint=False)):
        aside = _add_notes_file(files, reason)
        if aside.notes is not None:
            return open_store(aside)
    store.locked = files.locked
    return store, loaded, files


def open_workspace(
    files: Files, *, partly: bool = False
) -> tuple[Workspace, tuple[str, ...]]:
    """Open the dataset for editing, and recover edits after a crash.

    Args:
        files: Which files.
        partly: Whether the first projects of a large file are enough; then the
            workspace is not complete, and the caller has to load the rest.

    Returns:
        The workspace, and messages for the user.

    Raises:
        DataError: A file cannot be read.
    """
    if files.others:
        from hunnan_tui.storage.open_joined import open_joined_workspace  # as above

        return open_joined_workspace(files.each)
    # reading alone does not need these
    from hunnan_tui.storage.drafts import Drafts
    from hunnan_tui.storage.journal import Journal
    from hunnan_tui.storage.recovery import recover
    from hunnan_tui.storage.transaction_log import TransactionLog
    from hunnan_tui.storage.workspace import Workspace

    store, loaded, files, messages = open_for_edits(files, partly=partly)
    paths = files.paths
    workspace = Workspace(
        store,
        Journal(paths.journal, store.target),
        Drafts(paths.drafts, store.target),
        now=lambda: datetime.now().astimezone(),
        aside=paths.salvage_file(store.path),
        log=TransactionLog(paths.transactions, store.target),
    )
    if files.locked:  # what a crash has left waits for a start that may write it
        if loaded.is_partial:
            workspace.load_partial(loaded.dataset)
        else:
            workspace.load(loaded)
        return workspace, tuple(messages)
    recovered = recover(paths.journal, store.target)
    if not loaded.is_partial:
        workspace.load(loaded)
    elif recovered.edits:
        workspace.load()  # they may be of any project
    else:
        workspace.load_partial(loaded.dataset)
    messages += workspace.recover(recovered)
    if files.shared not in (None, files.notes):
        messages += _move_state(workspace, files.shared, paths)
    return workspace, tuple(messages)


def open_for_edits(
    files: Files, *, partly: bool = False
) -> tuple[Store, Loaded, Files, list[str]]:
    """Read the files as `open_store` does, with the notes where they belong.

    Returns:
        As fourth the messages for the user.
    """
    store, loaded, files = open_store(files, partly=partly)
    messages: list[str] = []
    if files.notes is not None and files.notes == files.shared and not files.locked:
        files, message = _move_notes(files, loaded.dataset)
        store, loaded, files = open_store(files)
        messages += filter(None, [message])
    return store, loaded, files, messages


def look_into(files: Files) -> tuple[Files, str, Problem | None]:
    """Return the files with the notes file that they need, and what the dataset is of.

    Returns:
        The files, the day of the data as it is stated, and why it cannot be read.
    """
    try:
        if is_pipe(files.path):
            read_pipe(files.path)
        _store, loaded, files = open_store(files)
    except DataError as error:
        return files, "", error.problems[0]
    return files, loaded.dataset.updated or "", None


def describe(files: Files) -> list[tuple[str, str]]:
    """Return every path in use, with its label, to be looked up where it is shown."""
    from hunnan_tui.config.settings import FILE

    files, data, problem = look_into(files)
    if problem is not None:
        data = _("cannot be read: {message}").format(message=problem.message)
    notes = _("nowhere: it is a pipe") if is_pipe(files.path) else _("into the dataset")
    if files.notes:
        notes = f"{files.notes}{bracket(files.why_notes)}"
    paths = files.paths
    return [
        (N_("dataset"), f"{files.path.absolute()}{bracket(files.why)}"),
        (N_("data of"), data or _("not stated")),
        (N_("tags and notes"), notes),
        (N_("config"), str(paths.config / FILE) if paths.config else _("none")),
        (N_("state"), _show_folder(paths.state)),
        (N_("journal"), _show_folder(paths.journal)),
        (N_("drafts"), _show_folder(paths.drafts)),
        (N_("steps"), _show_folder(paths.transactions)),
        (N_("backups"), _show_folder(paths.backups)),
        (N_("kept aside"), _show_folder(paths.salvage_file(files.path))),
        (N_("cache"), _show_folder(paths.cache)),
    ]


def _check_empty(files: Files, dataset: Dataset, text: bytes) -> Sequence[Problem]:
    """Return the problem of a dataset without projects.

    Raises:
        DataError: It had some: it was emptied or cut off.
    """
    if dataset.projects:
        return ()
    from hunnan_tui.dataset.lost_content import describe_empty, describe_lost
    from hunnan_tui.storage.last_seen import count_last_seen

    name = display_path(files.path)
    count, copy = count_last_seen(files.paths.last_seen, files.path)
    if count:
        raise DataError(describe_lost(count, display_path(copy), name))
    return (describe_empty(text, name),)


def _explain_unwritable(path: Path, named: Path | None) -> str:
    ours = named is None and path == find_packaged_dataset()
    package = Path(os.path.realpath(__file__)).parents[1]
    if ours or Path(os.path.realpath(path)).is_relative_to(package):
        return _("the copy that comes with the program stays as it is")
    from hunnan_tui.files.atomic import explain_unwritable  # as above

    return explain_unwritable(path)


def _add_notes_file(files: Files, reason: str) -> Files:
    data = files.paths.data
    if data is None:
        return files._replace(why_notes=reason)
    from hunnan_tui.storage.notes_files import find_shared_notes_file, name_notes_file

    return files._replace(
        notes=name_notes_file(data, files.path),
        why_notes=reason,
        shared=find_shared_notes_file(data, files.path),
    )


def _uses_shared_notes(files: Files) -> bool:
    """Return whether the notes may still be where an earlier version kept them."""
    if files.shared is None or files.notes is None or files.notes == files.shared:
        return False
    return not files.notes.exists() and files.shared.is_file()


def _move_notes(files: Files, dataset: Dataset) -> tuple[Files, str]:
    """Move the notes out of a shared file; return the files and a message."""
    from hunnan_tui.storage.notes_files import move_notes

    files_with_notes = _add_notes_file(files, files.why_notes)
    if files.shared is None or files_with_notes.notes is None:
        return files, ""
    try:
        message = move_notes(files.shared, files_with_notes.notes, dataset.projects)
    except SaveError as error:
        message = str(error)
    return (files_with_notes if files_with_notes.notes.exists() else files), message


def _move_state(
    workspace: Workspace, shared: Path | None, paths: Paths
) -> tuple[str, ...]:
    """Take over drafts and unsaved edits that belong to a shared notes file."""
    from hunnan_tui.storage.drafts import Drafts
    from hunnan_tui.storage.recovery import recover
    from hunnan_tui.storage.salvage import save_as_draft

    if shared is None:
        return ()
    known = workspace.dataset.projects
    drafts = Drafts(paths.drafts, shared)
    for draft in drafts.list_all():
        if draft.key in known:
            if workspace.drafts.get(draft.key, draft.at) is None:
                workspace.drafts.save(draft)
            else:
                save_as_draft(draft.key, [(draft.at, draft.text)], workspace.drafts)
            drafts.discard(draft.key, draft.at)
    recovered = recover(paths.journal, shared)
    if any(edit.key not in known for edit in recovered.edits):
        recovered.release()  # they are another dataset's
        return ()
    return workspace.recover(recovered)


def _show_folder(path: Path | None) -> str:
    return str(path) if path else _("none")
