"""Cache files for the next start, one for each dataset.

A cache that is lost, damaged or of another text is built again.
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

from hunnan_tui.core.language import _
from hunnan_tui.files.io import READ_FLAGS
from hunnan_tui.files.set_aside import set_aside, set_aside_unless_transient

MAX_FILES = 8
"""Most cache files; those that were used last are kept."""
_SUFFIX = ".survey"


def open_cache(folder: Path | None, dataset: Path) -> BinaryIO | None:
    """Open the cache file of a dataset; None if there is none."""
    if folder is None:
        return None
    path = _get_path(folder, dataset)
    try:
        file = open(path, "rb", buffering=0, opener=_open_file)  # noqa: SIM115 - pathlib takes no opener; the caller closes it
    except OSError as error:
        set_aside_unless_transient(path, error)
        return None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        set_aside(path, _("it is no regular file"))
        return None
    if os.utime in os.supports_fd:
        with suppress(OSError):
            os.utime(file.fileno())
    return file


def save_cache(
    folder: Path | None, dataset: Path, write: Callable[[BinaryIO], None]
) -> None:
    """Write the cache file of a dataset with `write`; ignores errors of the system."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = mkstemp(".new", dir=folder)
    except OSError:
        return
    temporary = Path(name)
    try:
        with suppress(OSError):
            with os.fdopen(descriptor, "wb") as file:
                write(file)
            temporary.replace(_get_path(folder, dataset))
    finally:
        temporary.unlink(missing_ok=True)
    _remove_oldest(folder)


def _open_file(path: str, _: int) -> int:
    return os.open(path, READ_FLAGS)


def _get_path(folder: Path, dataset: Path) -> Path:
    name = os.fsencode(os.path.realpath(dataset))
    return folder / (blake2b(name, digest_size=16).hexdigest() + _SUFFIX)


def _remove_oldest(folder: Path) -> None:
    with suppress(OSError):
        files = [*folder.glob(f"*{_SUFFIX}")]
        files.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for file in files[MAX_FILES:]:
            file.unlink(missing_ok=True)
