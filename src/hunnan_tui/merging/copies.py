"""The conflicted copies that sync tools leave beside a file, and what they add to it."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from hunnan_tui.core.errors import DataError
from hunnan_tui.files.reading import read_file
from hunnan_tui.merging.merge import CannotMergeError, MergedText, merge_texts
from hunnan_tui.versions.history import read_text
from hunnan_tui.versions.program import GitError

_MARK = re.compile(r"conflict|konflikt|conflit|冲突|衝突|競合|충돌", re.IGNORECASE)
"""What Dropbox, Nextcloud, ownCloud, Syncthing, Seafile, Jianguoyun and Resilio write into
the name, each in its own place and language."""


def find_copies(path: Path) -> list[Path]:
    """Return the conflicted copies beside a file, by name; none if the folder is closed."""
    folder, stem, suffix = path.parent, path.stem.casefold(), path.suffix.casefold()
    try:
        names = os.listdir(folder)  # noqa: PTH208 - a path for each name takes ten times as long
    except OSError:
        return []
    copies = []
    for name in names:
        folded = name.casefold()
        if not (folded.startswith(stem) and folded.endswith(suffix)):
            continue
        if _MARK.search(name[len(stem) :]) and (folder / name).is_file():
            copies.append(folder / name)
    return sorted(copies)


def merge_copy(path: Path, ours: bytes, copy: Path) -> MergedText:
    """Return a text with what a copy of it adds.

    What both started from is what git has, if it has the file; else nothing is known of
    it, and all that either side says is kept.

    Args:
        path: The file.
        ours: Its text.
        copy: The conflicted copy.

    Raises:
        CannotMergeError: One of them is no TOML.
        DataError: The copy cannot be read.
    """
    base = b""
    with suppress(GitError):
        base = read_text(path, "HEAD")
    theirs = read_file(copy)
    try:
        return merge_texts(base, ours, theirs)
    except CannotMergeError:
        if not base:
            raise
        return merge_texts(b"", ours, theirs)  # what git has may be no TOML


def find_new_copies(path: Path) -> list[Path]:
    """Return the conflicted copies of a file that say something which it does not."""
    copies = find_copies(path)
    if not copies:
        return []
    try:
        ours = read_file(path)
    except DataError:
        return []
    return [copy for copy in copies if _adds_something(path, ours, copy)]


def _adds_something(path: Path, ours: bytes, copy: Path) -> bool:
    try:
        return merge_copy(path, ours, copy).text != ours
    except (CannotMergeError, DataError):
        return True  # a person has to look at it
