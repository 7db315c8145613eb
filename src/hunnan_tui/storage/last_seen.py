"""A copy of the dataset as the user last saw it, to show what others have changed since.

It is a convenience: errors of reading or writing are ignored.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Dataset
from hunnan_tui.files.io import remove
from hunnan_tui.files.private import hash_path, read_private, write_private
from hunnan_tui.storage.store import Store

LARGEST = 8_000_000
"""Bytes of a file up to which a copy is kept."""


def save_last_seen(folder: Path | None, store: Store) -> None:
    """Save the texts of a store as last seen."""
    if folder is None:
        return
    for member in store.members:
        texts, paths = member.texts, _copy_paths(folder, member.path)
        with suppress(OSError):
            for path, text in zip(paths, texts, strict=True):
                if text is None or len(text) > LARGEST:
                    remove(path)
                else:
                    write_private(path, text)


def load_last_seen(folder: Path | None, store: Store) -> Dataset | None:
    """Return the dataset as last seen; None if it is unchanged or unknown."""
    if folder is None:
        return None
    if len(store.members) > 1:
        seen = [load_last_seen(folder, member) for member in store.members]
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
