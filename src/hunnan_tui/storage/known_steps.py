"""Which of the user's transactions are known, and what the others have edited.

What others have changed is what differs between two states of a file without what the
user has edited meanwhile: by a command, in another window, or before a crash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hunnan_tui.core.changes import Edit
from hunnan_tui.storage.transaction_log import FORGET, TransactionLog

_DIGITS = 18
"""Of the number of a transaction."""


class KnownSteps(NamedTuple):
    """The transactions that were logged at a time."""

    windows: Mapping[str, int]
    """The last of each window, by its number there."""
    unsaved: frozenset[str] = frozenset()
    """Those of them that were not in the file."""


def list_known_steps(log: TransactionLog) -> KnownSteps:
    """Return the transactions that a log has now."""
    windows: dict[str, int] = {}
    unsaved = []
    for transaction in log.read():
        window, serial = _split_id(transaction.id)
        windows[window] = max(serial, windows.get(window, 0))
        if not transaction.is_saved:
            unsaved.append(transaction.id)
    return KnownSteps(windows, frozenset(unsaved))


def find_edits_since(
    log: TransactionLog, known: KnownSteps, *, elsewhere: bool = False
) -> Sequence[Edit]:
    """Return what the user has edited since, oldest first.

    Args:
        log: The log of the user's transactions.
        known: What it had, or what was in the file.
        elsewhere: Whether only the edits of other windows and of commands count.
    """
    edits: list[Edit] = []
    for transaction in log.read():
        window, serial = _split_id(transaction.id)
        is_known = serial <= known.windows.get(window, 0)
        if transaction.act == FORGET or (
            is_known and transaction.id not in known.unsaved
        ):
            continue
        if not (elsewhere and log.is_from_this_process(transaction.id)):
            edits += transaction.edits
    return edits


def _split_id(step: str) -> tuple[str, int]:
    """Return the window of a transaction and its number there; 0 for one without."""
    window, _, serial = step.rpartition(".")
    is_number = serial.isdecimal() and len(serial) <= _DIGITS
    return window, int(serial) if is_number else 0
