"""What is kept of a dataset beside its file, for a command that only reads.

The app holds the same in its `Workspace`, which also recovers what a crash left.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hunnan_tui.core.errors import HunnanError, Problem
from hunnan_tui.core.model import Dataset
from hunnan_tui.files.pipes import is_pipe
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.last_seen import load_last_seen
from hunnan_tui.storage.losses import LossTracker, Offer
from hunnan_tui.storage.open_workspace import Files, open_store
from hunnan_tui.storage.transaction_log import TransactionLog


class Unfinished(NamedTuple):
    """A dataset, and what is not in its file."""

    dataset: Dataset
    problems: Sequence[Problem]
    """Those of the files."""
    drafts: Sequence[Draft] = ()
    """The half-written notes."""
    offers: Sequence[Offer] = ()
    """What the user wrote and the file no longer has."""
    last_seen: Dataset | None = None
    """The dataset at the last visit; None if it is the same or not known."""
    messages: tuple[str, ...] = ()
    """What of it could not be read."""


def read_unfinished(files: Files) -> Unfinished:
    """Read a dataset and what is kept beside it; nothing is recovered.

    Raises:
        DataError: A file cannot be read.
    """
    store, loaded, files = open_store(files)
    dataset, problems = loaded.dataset, loaded.problems
    if is_pipe(files.path):
        return Unfinished(dataset, problems)
    paths = files.paths
    targets = [member.target for member in store.members]
    all_drafts = [Drafts(paths.drafts, target) for target in targets]
    logs = [TransactionLog(paths.transactions, target) for target in targets]
    drafts, log = all_drafts[0], logs[0]
    if files.others:
        from hunnan_tui.storage.joined_state import JoinedDrafts, JoinedLog
        from hunnan_tui.storage.joined_store import JoinedStore  # most have one file

        if isinstance(store, JoinedStore):
            drafts = JoinedDrafts(all_drafts, store.router)
            log = JoinedLog(logs, store.router)
    offers: Sequence[Offer] = ()
    messages = list(dict.fromkeys(each.problem for each in all_drafts if each.problem))
    try:
        aside = paths.salvage_file(store.state_path)
        offers = LossTracker(log, aside).list_offers(dataset)
    except HunnanError as error:
        messages.append(str(error))
    return Unfinished(
        dataset,
        problems,
        tuple(drafts.list_all()),
        offers,
        load_last_seen(paths.last_seen, store, log),
        tuple(messages),
    )
