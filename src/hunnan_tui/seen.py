"""A dataset as its reader last saw it, to tell at the next start what others changed.

A convenience, like the session: whatever cannot be read or written is left out.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from hunnan_tui.disk import make_private, remove
from hunnan_tui.errors import HunnanError
from hunnan_tui.model import Dataset
from hunnan_tui.places import name_of, private_folder
from hunnan_tui.store import Store

LARGEST = 8_000_000
"""Bytes of a file up to which a copy is kept."""


def keep_seen(folder: Path | None, store: Store) -> None:
    """Keep what a store has read and written last, for the next start."""
    if folder is None:
        return
    dataset, notes = store.texts
    with suppress(OSError, UnicodeError):
        private_folder(folder.parent)
        private_folder(folder)
        for path, text in zip(
            _copies(folder, store.path), (dataset, notes), strict=True
        ):
            if text is None or len(text) > LARGEST:
                remove(path)
                continue
            beside = path.with_suffix(f".{os.getpid()}")
            remove(beside)  # of a process that was killed
            make_private(beside, text)
            beside.replace(path)


def last_seen(folder: Path | None, store: Store) -> Dataset | None:
    """Return the dataset as it was seen last; None if it is the same, or not known."""
    if folder is None:
        return None
    dataset, notes = _copies(folder, store.path)
    try:
        texts = (
            dataset.read_bytes(),
            notes.read_bytes() if notes.exists() else None,
        )
        # notes kept apart since, or no longer: that is no change by others
        if texts == store.texts or (texts[1] is None) != (store.notes is None):
            return None
        return Store(dataset, notes if texts[1] is not None else None).load().dataset
    except (OSError, HunnanError):
        return None


def count_seen(folder: Path | None, dataset: Path) -> tuple[int, Path | None]:
    """Return how many projects a dataset held when it was seen last, and the copy."""
    if folder is None:
        return 0, None
    copy, _ = _copies(folder, dataset)
    try:
        return len(Store(copy).load().dataset.projects), copy
    except HunnanError:
        return 0, None


def _copies(folder: Path, dataset: Path) -> tuple[Path, Path]:
    name = name_of(dataset)
    return folder / f"{name}.toml", folder / f"{name}.notes.toml"
