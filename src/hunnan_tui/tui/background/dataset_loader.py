"""Loads the rest of a large file in the background, while keys are handled.

Its content comes from the cache or from another process; a thread makes a dataset and an
index of it. A file that must be parsed as a whole is parsed by the thread itself.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from hunnan_tui.core.model import Dataset
from hunnan_tui.dataset.incremental import LoadProgress, NotInBlocksError
from hunnan_tui.files.private import MALFORMED
from hunnan_tui.query.cache import reader
from hunnan_tui.query.cache.checksums import InvalidIndexError
from hunnan_tui.query.cache.packing import (
    FileIndex,
    check_header,
    is_probably_current,
    unpack,
    write_cache,
)
from hunnan_tui.query.cache.process import IndexProcess
from hunnan_tui.query.cache.protocol import make_header
from hunnan_tui.query.cache.reader import CachedFile
from hunnan_tui.query.cache.receiver import IndexReceiver
from hunnan_tui.query.cache.storage import save_cache
from hunnan_tui.query.cache.updater import update_index
from hunnan_tui.query.engine.cooperative import set_pause
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.store import Loaded, Store
from hunnan_tui.tui.background.scheduling import (
    StoppedError,
    switch_often,
    wait_until_idle,
    yield_to_keys,
)
from hunnan_tui.tui.presenters.facets import NAMES

SHOW_INTERVAL = 0.7
"""Seconds at least between two parts of the file that are shown."""
SHOW_GROWTH = 1.3
"""By what factor the projects must have grown before they are shown again."""
CACHE_SECONDS = 0.15
"""Seconds in which the cache is loaded, except that of the very largest files."""
DRAW_SECONDS = 0.2
"""Seconds that drawing the list takes; unpacking the cache meanwhile would slow it."""
DRAW_PART_SECONDS = 0.05
"""Seconds that drawing a part of the file takes; nothing is read meanwhile."""
_INDEX_BATCH = 4_000
"""Projects that are added to the index together."""

ReadSnapshot = Callable[[], CachedFile]
Show = Callable[[LoadProgress, Index], None]
IndexedFile = tuple[Loaded, Index]
"""The content of a file, with its index."""


class DatasetLoader:
    """Loads one file, once."""

    def __init__(self, store: Store, read_snapshot: ReadSnapshot | None = None) -> None:
        """Prepare to load.

        Args:
            store: The file.
            read_snapshot: Gives the text and the cache, if the search for them has begun.
        """
        self._store = store
        self._read_snapshot = read_snapshot or partial(
            reader.read_snapshot, store.path, store.cache
        )
        self.cursor_key = ""
        """The key of the project under the cursor: it is unpacked first."""
        self.show: Show | None = None
        """Called on the event loop with what has been loaded so far."""
        self.latest: tuple[LoadProgress, Index] | None = None
        """The last arguments of `show`, whether or not it was set."""
        self._garbage: list[list[Any]] = []
        """Millions of values that are not needed any more, to be freed bit by bit."""
        self._stopped = threading.Event()
        self._has_more = asyncio.Event()
        self._process = IndexProcess(store.path)
        self._index: Index | None = None
        self._last_shown = time.monotonic()
        self._count = self._shown = 0
        self._task: asyncio.Task[IndexedFile] | None = None
        self._uncached: tuple[FileIndex, CachedFile] | None = None
        """What to write to the cache, and for which text."""

    def stop(self) -> None:
        """End the loading as soon as possible."""
        self._stopped.set()
        self._process.stop()

    def start(self) -> asyncio.Task[IndexedFile]:
        """Start to load; return the task that `run` waits for."""
        if self._task is None:
            self._loop = asyncio.get_running_loop()
            self._task = self._loop.create_task(self._run())
            self._task.add_done_callback(lambda _: self._has_more.set())
        return self._task

    async def wait_for_cache(self) -> None:
        """Wait a short time for the cache, but not for the other process."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._has_more.wait(), CACHE_SECONDS)

    async def run(self) -> IndexedFile:
        """Load the file; return its content with an index.

        Raises:
            DataError: The file cannot be read.
            StoppedError: The loading was stopped.
        """
        return await self.start()

    async def _run(self) -> IndexedFile:
        with switch_often(), set_pause(self._pause):
            return await asyncio.to_thread(self._read)

    def free_parts(self) -> None:
        """Free the memory of the parts that were shown; runs in a thread."""
        if self.latest is not None:
            self._free_garbage()
            self._garbage = self.latest[1].get_long_lists()
            self.latest = None
        self._free_garbage()

    def _free_garbage(self) -> None:
        while self._garbage:  # keys are handled in between
            self._garbage.pop()

    def write_cache(self) -> None:
        """Write the cache for the next start, unless it is up to date; runs in a thread.

        Raises:
            StoppedError: The loading was stopped.
        """
        if self._uncached is None:
            return
        file_index, snapshot = self._uncached
        self._uncached = None

        def write(file: BinaryIO) -> None:
            write_cache(file, file_index, snapshot, NAMES, self._wait_until_idle)

        save_cache(self._store.cache, self._store.path, write)

    def _read(self) -> IndexedFile:
        if self._store.is_lazy:
            snapshot = self._read_snapshot()
            with suppress(NotInBlocksError):
                # the parser may still understand what cannot be indexed
                for load_index in (self._load_cached, self._update_cached):
                    with suppress(InvalidIndexError, *MALFORMED):
                        return self._finish(snapshot, load_index(snapshot))
                with suppress(InvalidIndexError):
                    return self._finish(snapshot, self._receive(snapshot))
        self._pause()
        loaded = self._store.load(self._follow_progress)
        return loaded, self._update_index(loaded.dataset)

    def _finish(self, snapshot: CachedFile, file_index: FileIndex) -> IndexedFile:
        loaded = self._store.adopt(
            snapshot.text, snapshot.stamp, file_index.parsed, file_index.starts
        )
        return loaded, file_index.index

    def _load_cached(self, snapshot: CachedFile) -> FileIndex:
        """Return the index in the cache; shows it before all of it is unpacked.

        Raises:
            InvalidIndexError: The cache has none of this text.
            NotInBlocksError: The text must be parsed as a whole.
        """
        if snapshot.cached is None:
            raise InvalidIndexError
        contents, chunks = snapshot.cached
        if not is_probably_current(snapshot, contents):
            check_header(snapshot, contents)
        # a copy: what is shown is unpacked from it, even after `chunks` is cleared
        file_index = unpack(snapshot.text, contents, dict(chunks), self.cursor_key)
        self._pause()
        self._schedule_show(
            LoadProgress(file_index.parsed.dataset, 1), file_index.index
        )
        self._stopped.wait(DRAW_SECONDS)
        check_header(snapshot, contents)
        chunks.clear()  # a chunk is freed once it is unpacked
        file_index.unpack()
        return file_index

    def _update_cached(self, snapshot: CachedFile) -> FileIndex:
        """Return the cached index of an older text, updated.

        Raises:
            InvalidIndexError: The cache has none, or too much has changed.
        """
        if snapshot.cached is None:
            raise InvalidIndexError
        file_index = update_index(snapshot, *snapshot.cached)
        _warm_up(file_index.index)
        self._uncached = file_index, snapshot
        return file_index

    def _receive(self, snapshot: CachedFile) -> FileIndex:
        """Return the index that another process builds of the file.

        Raises:
            InvalidIndexError: The process failed.
            NotInBlocksError: The text must be parsed as a whole.
        """
        self._loop.call_soon_threadsafe(self._has_more.set)
        if snapshot.cached is not None:
            snapshot.cached[1].clear()  # it is as large as the new index
        receiver = IndexReceiver(
            snapshot.text, make_header(len(snapshot.text), snapshot.hash)
        )
        for line in self._process.read_lines():
            receiver.receive(line)
            self._show_received(receiver)
        file_index = receiver.finish()
        _warm_up(file_index.index)
        self._uncached = file_index, snapshot
        return file_index

    def _show_received(self, receiver: IndexReceiver) -> None:
        """Show what has been received, if it is time to."""
        self._pause()
        if self._is_show_due(len(receiver)):
            part = receiver.get_progress()
            index = receiver.make_index(part.dataset)
            _warm_up(index)
            self._schedule_show(part, index)
            self._stopped.wait(DRAW_PART_SECONDS)

    def _follow_progress(self, part: LoadProgress) -> None:
        self._pause()
        count = len(part.dataset.projects)
        late = time.monotonic() > self._last_shown + SHOW_INTERVAL
        # the index is kept up to date while the new projects are still in memory
        if count < self._count + _INDEX_BATCH and not late:
            return
        index = self._update_index(part.dataset)
        self._count = count
        if self._is_show_due(count):
            _warm_up(index)
            self._schedule_show(part, index)

    def _wait_until_idle(self) -> None:
        wait_until_idle(self._pause)

    def _pause(self) -> None:
        """Let a key be handled first; raise StoppedError after `stop`."""
        if self._stopped.is_set():
            raise StoppedError
        yield_to_keys()

    def _is_show_due(self, count: int) -> bool:
        """Return whether enough is new since a part was shown last."""
        late = time.monotonic() > self._last_shown + SHOW_INTERVAL
        return late and count > self._shown * SHOW_GROWTH

    def _schedule_show(self, part: LoadProgress, index: Index) -> None:
        self._shown, self._last_shown = len(part.dataset.projects), time.monotonic()
        self._free_garbage()
        if self.latest is not None:
            self._garbage = self.latest[1].get_long_lists()
        self.latest = part, index
        self._loop.call_soon_threadsafe(self._show_latest)

    def _show_latest(self) -> None:
        self._has_more.set()
        if self.show is not None and self.latest is not None:
            self.show(*self.latest)

    def _update_index(self, dataset: Dataset) -> Index:
        if self._index is None:
            self._index = Index(dataset)
            self._index.prepare()
        else:
            self._index = self._index.update(dataset, ())
        return self._index


def _warm_up(index: Index) -> None:
    """Compute what the screen needs first of an index."""
    index.list_keys(index.everything)
    index.count_mask(index.everything, NAMES)
    index.count_spellings()
