"""Where surveys are kept for the next start: one file for each dataset.

What is there can be lost, damaged or of another text: it is then made anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp

KEPT = 8
"""Datasets whose surveys are kept, those that were used last."""
_ENDING = ".survey"


def kept_lines(folder: Path | None, dataset: Path) -> Iterator[bytes]:
    """Yield the lines of the survey that is kept for a dataset; none if there is none."""
    if folder is None:
        return
    with suppress(OSError), _file(folder, dataset).open("rb") as file:
        os.utime(file.fileno())
        yield from file


def keeping(
    folder: Path | None, dataset: Path, lines: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield lines, and keep them when they have come to their end.

    What cannot be kept is passed on all the same.
    """
    if folder is None:
        yield from lines
        return
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = mkstemp(".new", dir=folder)
    except OSError:
        yield from lines
        return
    new = Path(name)
    try:
        with suppress(OSError), os.fdopen(descriptor, "wb") as file:
            for line in lines:
                with suppress(OSError):  # found out by the digest of the line
                    file.write(line)
                yield line
            file.flush()
            new.replace(_file(folder, dataset))
    finally:
        new.unlink(missing_ok=True)
    _forget_old(folder)


def _file(folder: Path, dataset: Path) -> Path:
    name = os.fsencode(os.path.realpath(dataset))
    return folder / (blake2b(name, digest_size=16).hexdigest() + _ENDING)


def _forget_old(folder: Path) -> None:
    with suppress(OSError):
        files = [*folder.glob(f"*{_ENDING}")]
        files.sort(key=lambda each: each.stat().st_mtime, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)
