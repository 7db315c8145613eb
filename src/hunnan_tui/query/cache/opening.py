"""Opens a large file with its index, for a command: from the cache, or by building it.

The app does the same beside its screen (`tui/background/dataset_loader.py`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from hunnan_tui.core.progress import tell_done
from hunnan_tui.files.private import MALFORMED
from hunnan_tui.query.cache.checksums import InvalidIndexError
from hunnan_tui.query.cache.packing import FileIndex, check_header, unpack, write_cache
from hunnan_tui.query.cache.process import IndexProcess
from hunnan_tui.query.cache.protocol import make_header
from hunnan_tui.query.cache.reader import CachedFile, read_snapshot
from hunnan_tui.query.cache.receiver import IndexReceiver
from hunnan_tui.query.cache.storage import save_cache
from hunnan_tui.query.cache.updater import update_index
from hunnan_tui.query.engine.counts import FACETS


def open_indexed(
    path: Path, cache: Path | None, *, may_build: bool = True
) -> tuple[CachedFile, FileIndex]:
    """Return a large file and its index; what had to be computed is kept in the cache.

    Args:
        path: The file.
        cache: The folder of the caches; None to use none.
        may_build: Whether to build the index where the cache is of no use. Who needs no
            index parses the projects in less time.

    Raises:
        DataError: The file cannot be read.
        NotInBlocksError: It must be parsed as a whole.
        InvalidIndexError: It has no index, or no other process can be started.
    """
    snapshot = read_snapshot(path, cache)
    with suppress(InvalidIndexError, *MALFORMED):
        return snapshot, _take_cached(snapshot)
    with suppress(InvalidIndexError, *MALFORMED):
        return snapshot, _keep(_update_cached(snapshot), snapshot, path, cache)
    if not may_build:
        raise InvalidIndexError
    return snapshot, _keep(_build(snapshot, path), snapshot, path, cache)


def _take_cached(snapshot: CachedFile) -> FileIndex:
    if snapshot.cached is None:
        raise InvalidIndexError
    contents, chunks = snapshot.cached
    check_header(snapshot, contents)
    file_index = unpack(snapshot.text, contents, chunks)
    file_index.key_index.complete(lambda: None)
    return file_index


def _update_cached(snapshot: CachedFile) -> FileIndex:
    if snapshot.cached is None:
        raise InvalidIndexError
    return update_index(snapshot, *snapshot.cached)


def _build(snapshot: CachedFile, path: Path) -> FileIndex:
    header = make_header(len(snapshot.text), snapshot.hash)
    receiver = IndexReceiver(snapshot.text, header)
    for line in IndexProcess(path).read_lines():
        receiver.receive(line)
        tell_done(receiver.starts[-1] if receiver.starts else 0, len(snapshot.text))
    return receiver.finish()


def _keep(
    file_index: FileIndex, snapshot: CachedFile, path: Path, cache: Path | None
) -> FileIndex:
    """Write an index to the cache."""

    def write(file: BinaryIO) -> None:
        write_cache(file, file_index, snapshot, FACETS, lambda: None)

    save_cache(cache, path, write)
    return file_index
