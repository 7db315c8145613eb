"""Reads a file and what was kept of it: the slow part of a start, without much program."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hunnan_tui.files.atomic import read_file
from hunnan_tui.files.io import Stamp, read_stamp
from hunnan_tui.query.cache.checksums import BrokenSurveyError, hash_of
from hunnan_tui.query.cache.chunks import Chunks, read_chunks
from hunnan_tui.query.cache.storage import open_kept

Kept = tuple[dict[str, Any], Chunks]
"""What was kept, as `read_chunks` gives it."""


@dataclass(frozen=True)
class Found:
    """A file, and what was kept of one of that path."""

    text: bytes
    before: Stamp
    """Its stamp before it was read."""
    kept: Kept | None

    @cached_property
    def hash(self) -> str:
        """Tells the text from any other; takes a second for the largest files."""
        return hash_of(self.text)


def find(path: Path, cache: Path | None) -> Found:
    """Read a file, and what is kept of it in a folder.

    Raises:
        DataError: The file cannot be read.
    """
    before = read_stamp(path)
    text = read_file(path)
    # one after the other: the screen comes up meanwhile, and needs a processor too
    return Found(text, before, _read_kept(path, cache))


def _read_kept(path: Path, cache: Path | None) -> Kept | None:
    file = open_kept(cache, path)
    if file is None:
        return None
    with file, suppress(BrokenSurveyError):
        return read_chunks(file)
    return None
