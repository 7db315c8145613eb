"""Reads the rest of a large file in a thread, so that keys are answered meanwhile."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hunnan_tui.loading import Part
from hunnan_tui.model import Dataset
from hunnan_tui.query import Index
from hunnan_tui.store import Loaded, Store
from hunnan_tui.tui.facets import NAMES

BETWEEN = 0.7
"""Seconds between two looks of the screen at what has been read."""
GROWN = 1.3
"""How many times as many projects must be there for the next look."""
_AT_ONCE = 4_000
"""Projects that are taken into the index together."""
_SLICE = 0.0005
"""Seconds after which the thread lets the screen go first."""

Show = Callable[[Part, Index], None]


class StoppedReadingError(Exception):
    """The reader has left before the file was read."""


class Reading:
    """One reading of a file, in the background."""

    def __init__(self, store: Store, show: Show) -> None:
        """Prepare to read.

        Args:
            store: The file.
            show: Called on the event loop with what has been read so far.
        """
        self._store = store
        self._show = show
        self._is_stopped = False
        self._index: Index | None = None
        self._told = time.monotonic()
        self._count = self._shown = 0

    def stop(self) -> None:
        """End the reading as soon as possible."""
        self._is_stopped = True

    async def run(self) -> tuple[Loaded, Index]:
        """Return what the file holds, ready to be searched.

        Raises:
            DataError: It cannot be read.
            StoppedReadingError: It was stopped.
        """
        self._loop = asyncio.get_running_loop()
        with in_small_slices():
            return await asyncio.to_thread(self._read)

    def _read(self) -> tuple[Loaded, Index]:
        loaded = self._store.load(self._tell)
        return loaded, self._indexed(loaded.dataset)

    def _tell(self, part: Part) -> None:
        if self._is_stopped:
            raise StoppedReadingError
        count = len(part.dataset.projects)
        late = time.monotonic() > self._told + BETWEEN
        # kept up with while the projects that were read are still in memory
        if count < self._count + _AT_ONCE and not late:
            return
        index = self._indexed(part.dataset)
        self._count = count
        if late and count > self._shown * GROWN:
            _warm(index)
            self._shown, self._told = count, time.monotonic()
            self._loop.call_soon_threadsafe(self._show, part, index)

    def _indexed(self, dataset: Dataset) -> Index:
        if self._index is None:
            self._index = Index(dataset)
            self._index.prepare()
        else:
            self._index = self._index.updated(dataset, ())
        return self._index


def _warm(index: Index) -> None:
    """Make what the first look at an index asks for."""
    index.listed(index.everything)
    index.counted(index.everything, NAMES)


@contextmanager
def in_small_slices() -> Iterator[None]:
    """Let the screen go first while a thread reads very many projects."""
    interval, collecting = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_SLICE)
    gc.disable()  # millions of values and no garbage
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        gc.freeze()
        if collecting:
            gc.enable()
