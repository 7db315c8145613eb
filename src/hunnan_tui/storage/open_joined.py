"""Opens several files as one dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from hunnan_tui.core.errors import DataError, Level, Problem
from hunnan_tui.core.joined_datasets import JoinedDatasets, NamedDataset, name_files
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.files.pipes import is_pipe
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.open_workspace import Files

if TYPE_CHECKING:
    from hunnan_tui.storage.store import Loaded, Store
    from hunnan_tui.storage.workspace import Workspace

LARGEST = 32_000_000
"""Bytes that several files may have together: all of them are held in memory."""


def read_datasets(files: Sequence[Files]) -> tuple[Dataset, tuple[Problem, ...]]:
    """Read several datasets and their notes files, for a command that writes nothing.

    Raises:
        DataError: One of them cannot be read, or they are too large together.
    """
    _check_size(files)
    names = name_files([file.path for file in files])
    named: list[NamedDataset] = []
    problems: list[Problem] = []
    for name, file in zip(names, files, strict=True):
        dataset, own_problems = open_workspace.read_dataset(file)
        named.append(NamedDataset(name, str(file.path), dataset))
        problems += own_problems
    joined = JoinedDatasets(named)
    return joined.dataset, (*problems, *joined.problems)


def open_joined_store(files: Sequence[Files]) -> tuple[Store, Loaded]:
    """Read several datasets and their notes files as one store.

    Raises:
        DataError: One of them cannot be read, or they are too large together.
    """
    from hunnan_tui.storage.edit_router import EditRouter
    from hunnan_tui.storage.joined_store import JoinedStore

    _check_size(files)
    opened = [open_workspace.open_store(file) for file in files]
    router = EditRouter(name_files([store.path for store, _, _ in opened]))
    store = JoinedStore([store for store, _, _ in opened], router)
    return store, store.load_from([loaded for _, loaded, _ in opened])


def open_joined_workspace(
    files: Sequence[Files],
) -> tuple[Workspace, tuple[str, ...]]:
    """Open several datasets for editing, and recover the edits of each after a crash.

    Returns:
        The workspace, and messages for the user.

    Raises:
        DataError: One of them cannot be read, or they are too large together.
    """
    from hunnan_tui.storage.drafts import Drafts
    from hunnan_tui.storage.edit_router import EditRouter
    from hunnan_tui.storage.joined_state import JoinedDrafts, JoinedJournal, JoinedLog
    from hunnan_tui.storage.joined_store import JoinedStore
    from hunnan_tui.storage.journal import Journal
    from hunnan_tui.storage.recovery import recover
    from hunnan_tui.storage.transaction_log import TransactionLog
    from hunnan_tui.storage.workspace import Workspace

    _check_size(files)
    opened = [open_workspace.open_for_edits(file) for file in files]
    stores = [store for store, _, _, _ in opened]
    messages = [message for *_, own in opened for message in own]
    targets = [store.target for store in stores]
    paths = files[0].paths
    router = EditRouter(name_files([store.path for store in stores]))
    store = JoinedStore(stores, router)
    workspace = Workspace(
        store,
        JoinedJournal([Journal(paths.journal, target) for target in targets], router),
        JoinedDrafts([Drafts(paths.drafts, target) for target in targets], router),
        now=lambda: datetime.now().astimezone(),
        aside=paths.salvage_file(store.state_path),
        log=JoinedLog(
            [TransactionLog(paths.transactions, target) for target in targets],
            router,
        ),
    )
    workspace.load(store.load_from([loaded for _, loaded, _, _ in opened]))
    store.locked = files[0].locked
    if store.locked:  # what a crash has left waits for a start that may write it
        return workspace, tuple(messages)
    for index, target in enumerate(targets):
        recovered = recover(paths.journal, target)
        edits = tuple(router.join(index, recovered.edits))
        messages += workspace.recover(replace(recovered, edits=edits))
    return workspace, tuple(messages)


def _check_size(files: Sequence[Files]) -> None:
    size = 0
    for file in files:
        if is_pipe(file.path):
            reason = _("several files cannot be read if one of them is a pipe")
            raise DataError(Problem(Level.ERROR, reason, file=str(file.path)))
        try:
            size += file.path.stat().st_size
        except OSError:
            continue  # who reads it says why
    if size > LARGEST:
        message = _(
            "{count} files of {size:,.0f} MB together: several are read whole, up "
            "to {largest:,.0f} MB"
        ).format(count=len(files), size=size / 1e6, largest=LARGEST / 1e6)
        hint = _("open them one by one")
        raise DataError(Problem(Level.ERROR, message, hint, str(files[0].path)))
