"""Where surveys are kept for the next start: one file for each dataset.

What is there can be lost, damaged or of another text: it is then made anew.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from hunnan_tui.files.io import READ_FLAGS
from hunnan_tui.files.set_aside import set_aside, set_aside_unless_transient

KEPT = 8
"""Datasets whose surveys are kept, those that were used last."""
_ENDING = ".survey"


def open_kept(folder: Path | None, dataset: Path) -> BinaryIO | None:
    """Return the file that is kept for a dataset, open; None if there is none."""
    if folder is None:
        return None
    path = _file(folder, dataset)
    try:
        file = open(path, "rb", buffering=0, opener=_open)  # noqa: SIM115 - pathlib takes no opener; the caller closes it
    except OSError as error:
        set_aside_unless_transient(path, error)
        return None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        set_aside(path, "it is no regular file")
        return None
    if os.utime in os.supports_fd:
        with suppress(OSError):
            os.utime(file.fileno())
    return file


def keep(folder: Path | None, dataset: Path, write: Callable[[BinaryIO], None]) -> None:
    """Keep for a dataset what `write` writes; what cannot be kept is not."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = mkstemp(".new", dir=folder)
    except OSError:
        return
    new = Path(name)
    try:
        with suppress(OSError), os.fdopen(descriptor, "wb") as file:
            write(file)
            file.flush()
            new.replace(_file(folder, dataset))
    finally:
        new.unlink(missing_ok=True)
    _forget_old(folder)


def _open(path: str, _: int) -> int:
    return os.open(path, READ_FLAGS)


def _file(folder: Path, dataset: Path) -> Path:
    name = os.fsencode(os.path.realpath(dataset))
    return folder / (blake2b(name, digest_size=16).hexdigest() + _ENDING)


def _forget_old(folder: Path) -> None:
    with suppress(OSError):
        files = [*folder.glob(f"*{_ENDING}")]
        files.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)
