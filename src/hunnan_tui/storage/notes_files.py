"""The notes file of a dataset that cannot be written: its name, and the move to it.

Earlier versions named it after the dataset's stem alone, so that two datasets of one name
shared a file. What a shared file holds for a dataset is moved, once, to the dataset's own.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hunnan_tui.config.paths import find_packaged_dataset
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import _
from hunnan_tui.files.private import hash_path

if TYPE_CHECKING:
    from hunnan_tui.storage.dataset_file import DatasetFile

_PACKAGED = "packaged.notes.toml"
_STEM = 40
"""Characters of a dataset's name that are in the name of its notes file."""


def name_notes_file(folder: Path, dataset: Path) -> Path:
    """Return the notes file of a dataset: one for each real path.

    The copy that comes with the program has one wherever it is installed.
    """
    real = os.path.realpath(dataset)
    if real == os.path.realpath(find_packaged_dataset()):
        return folder / _PACKAGED
    return folder / f"{Path(real).stem[:_STEM]}.{hash_path(real)}.notes.toml"


def find_shared_notes_file(folder: Path, dataset: Path) -> Path:
    """Return the notes file of earlier versions, shared by all datasets of a name."""
    named, real = dataset.stem, Path(os.path.realpath(dataset)).stem
    by_name = folder / f"{named}.notes.toml"
    return by_name if by_name.exists() else folder / f"{real}.notes.toml"


def move_notes(shared: Path, notes: Path, keys: Collection[str]) -> str:
    """Move what a shared notes file holds for some projects to another notes file.

    Entries of other projects stay where they are: they may be another dataset's.

    Args:
        shared: The file of an earlier version.
        notes: The file that takes its place; it is not there yet.
        keys: The keys of the dataset's projects.

    Returns:
        A message for the user; empty when nothing was moved.

    Raises:
        DataError: The shared file cannot be read.
        SaveError: It could not be moved; nothing is lost.
    """
    from hunnan_tui.files.atomic import replace_file
    from hunnan_tui.files.io import create_private
    from hunnan_tui.files.private import ensure_private_folder
    from hunnan_tui.storage.dataset_file import DatasetFile

    file = DatasetFile()
    file.read(shared)
    ours = [key for key in file.parsed.dataset.projects if key in keys]
    others = len(file.parsed.dataset.projects) - len(ours)
    if not ours or not file.find_indexes(ours):
        return ""
    message = _(
        "The notes of this dataset are in {notes} now; they were in {shared}"
    ).format(notes=notes, shared=shared)
    try:
        ensure_private_folder(notes.parent)
        if not others:
            _rename(shared, notes)
            return message
        create_private(
            notes, _remove_blocks(file, set(file.parsed.dataset.projects) - {*ours})
        )
    except OSError as error:
        raise SaveError(
            _("{shared} cannot be moved: {strerror}").format(
                shared=shared, strerror=error.strerror
            )
        ) from error

    def make(text: bytes) -> bytes:
        current = DatasetFile()
        current.parse_text(text, str(shared))
        return _remove_blocks(current, ours)

    replace_file(shared, make)
    what = (
        _("One entry stays")
        if others == 1
        else _("{others:,} entries stay").format(others=others)
    )
    return _("{message}. {what} there: no project of this dataset has the id").format(
        message=message, what=what
    )


def _rename(old: Path, new: Path) -> None:
    """Rename a file; FileExistsError if the name is taken."""
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if new.exists():
            raise FileExistsError(str(new)) from None
        old.rename(new)
    else:
        old.unlink()


def _remove_blocks(file: DatasetFile, keys: Iterable[str]) -> bytes:
    """Return a text without the blocks of some projects."""
    pieces, end = [], 0
    indexes = file.find_indexes(keys).values()
    for start, stop in sorted(map(file.find_block, indexes)):
        pieces.append(file.text[end:start])
        end = stop
    return b"".join([*pieces, file.text[end:]])
