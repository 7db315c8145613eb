"""A copy of the dataset as the user last saw it, to show what others have changed since.

It is a convenience: errors of reading or writing are ignored.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from hunnan_tui.core.apply_changes import replay
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Dataset
from hunnan_tui.files.io import remove
from hunnan_tui.files.private import (
    expect_text,
    expect_texts,
    hash_path,
    read_json,
    read_private,
    write_json,
    write_private,
)
from hunnan_tui.storage.known_steps import (
    KnownSteps,
    find_edits_since,
    list_known_steps,
)
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog

LARGEST = 8_000_000
"""Bytes of a file up to which a copy is kept."""


def save_last_seen(
    folder: Path | None, store: Store, log: TransactionLog | None = None
) -> None:
    """Save the texts of a store as last seen, and which edits of the user they hold."""
    if folder is None:
        return
    with suppress(OSError, UnicodeError):
        if log is not None:
            windows, unsaved = list_known_steps(log)
            plain = {"windows": windows, "unsaved": sorted(unsaved)}
            write_json(_get_steps_path(folder, store), plain)
    for member in store.members:
        texts, paths = member.texts, _copy_paths(folder, member.path)
        with suppress(OSError):
            for path, text in zip(paths, texts, strict=True):
                if text is None or len(text) > LARGEST:
                    remove(path)
                else:
                    write_private(path, text)


def load_last_seen(
    folder: Path | None, store: Store, log: TransactionLog | None = None
) -> Dataset | None:
    """Return the dataset as last seen; None if it is unchanged or unknown.

    With a log, what the user has edited since counts as seen: by a command, in another
    window, or before a crash.
    """
    if folder is None:
        return None
    before = _load_copies(folder, store)
    if before is None or log is None:
        return before
    known = read_json(_get_steps_path(folder, store), LARGEST, _parse_steps)
    return replay(before, find_edits_since(log, known)) if known else before


def _parse_steps(plain: Any) -> KnownSteps:
    windows = dict(plain["windows"])
    return KnownSteps(
        {expect_text(name): int(last) for name, last in windows.items()},
        frozenset(expect_texts(plain["unsaved"])),
    )


def _get_steps_path(folder: Path, store: Store) -> Path:
    return folder / f"{hash_path(store.state_path)}.steps.json"


def _load_copies(folder: Path, store: Store) -> Dataset | None:
    if len(store.members) > 1:
        seen = [_load_copies(folder, member) for member in store.members]
        if not any(seen):
            return None
        pairs = zip(seen, store.members, strict=True)
        return store.join_datasets(
            [dataset or member.content.dataset for dataset, member in pairs]
        )
    dataset, notes = _copy_paths(folder, store.path)
    texts = (read_private(dataset, LARGEST), read_private(notes, LARGEST))
    # a notes file that was added or dropped is no change by others
    if texts == store.texts or (texts[1] is None) != (store.notes is None):
        return None
    try:
        return Store(dataset, notes if texts[1] is not None else None).load().dataset
    except HunnanError:
        return None  # there is none


def count_last_seen(folder: Path | None, dataset: Path) -> tuple[int, Path | None]:
    """Return the number of projects when last seen, and the path of the copy."""
    if folder is None:
        return 0, None
    copy, _ = _copy_paths(folder, dataset)
    try:
        return len(Store(copy).load().dataset.projects), copy
    except HunnanError:
        return 0, None


def _copy_paths(folder: Path, dataset: Path) -> tuple[Path, Path]:
    name = hash_path(dataset)
    return folder / f"{name}.toml", folder / f"{name}.notes.toml"
