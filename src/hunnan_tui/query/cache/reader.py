"""Reads a file and its cache: the slow part of a start, with few imports."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hunnan_tui.files.io import Stamp, read_stamp
from hunnan_tui.files.reading import read_file
from hunnan_tui.query.cache.checksums import InvalidIndexError, hash_text
from hunnan_tui.query.cache.chunks import CacheContent, read_chunks
from hunnan_tui.query.cache.storage import open_cache


@dataclass(frozen=True)
class CachedFile:
    """The text of a file, with the cache for its path."""

    text: bytes
    stamp: Stamp
    """The stamp of the file before it was read."""
    cached: CacheContent | None

    @cached_property
    def hash(self) -> str:
        """The hash of the text; takes a second for the largest files."""
        return hash_text(self.text)


def read_snapshot(path: Path, cache: Path | None) -> CachedFile:
    """Read a file, and its cache in a folder.

    Raises:
        DataError: The file cannot be read.
    """
    stamp = read_stamp(path)
    text = read_file(path)
    # sequentially: starting the screen needs a processor, too
    return CachedFile(text, stamp, _read_cache(path, cache))


def _read_cache(path: Path, cache: Path | None) -> CacheContent | None:
    file = open_cache(cache, path)
    if file is None:
        return None
    with file, suppress(InvalidIndexError):
        return read_chunks(file)
    return None
