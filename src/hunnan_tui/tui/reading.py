"""Reads the rest of a large file behind the screen, so that keys are answered meanwhile.

What it says comes from the cache, or from another process; a thread takes it in. A file
that has to be parsed as a whole is read by the thread itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from hunnan_tui.loading import NotInBlocksError, Part
from hunnan_tui.model import Dataset
from hunnan_tui.query import Index
from hunnan_tui.replace import read_file
from hunnan_tui.store import Loaded, Store
from hunnan_tui.survey.cache import keeping, kept_lines
from hunnan_tui.survey.gathering import Gathering
from hunnan_tui.survey.lines import BrokenSurveyError
from hunnan_tui.survey.process import Surveyor
from hunnan_tui.text_file import Stamp, stamp
from hunnan_tui.tui.facets import NAMES
from hunnan_tui.tui.slices import in_small_slices

BETWEEN = 0.7
"""Seconds between two looks of the screen at what has been read."""
GROWN = 1.3
"""How many times as many projects must be there for the next look."""
_AT_ONCE = 4_000
"""Projects that are taken into the index together."""

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
        self._surveyor = Surveyor(store.path)
        self._index: Index | None = None
        self._told = time.monotonic()
        self._count = self._shown = 0

    def stop(self) -> None:
        """End the reading as soon as possible."""
        self._is_stopped = True
        self._surveyor.stop()

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
        if self._store.is_lazy:
            path, cache = self._store.path, self._store.cache
            with suppress(BrokenSurveyError, NotInBlocksError):
                before = stamp(path)
                text = read_file(path)
                with suppress(BrokenSurveyError):
                    return self._gathered(text, before, kept_lines(cache, path))
                lines = keeping(cache, path, self._surveyor.lines())
                return self._gathered(text, before, lines)
        self._end_if_stopped()
        loaded = self._store.load(self._tell)
        return loaded, self._indexed(loaded.dataset)

    def _gathered(
        self, text: bytes, before: Stamp, lines: Iterator[bytes]
    ) -> tuple[Loaded, Index]:
        """Return what a survey of the file says.

        Raises:
            BrokenSurveyError: It is damaged, cut off, or of another text.
            NotInBlocksError: The text has to be parsed as a whole.
        """
        gathering = Gathering(text)
        for line in lines:
            gathering.take(line)
            self._look(gathering)
        parsed = gathering.whole()
        loaded = self._store.take_read(text, before, parsed, gathering.starts)
        index = gathering.index(loaded.dataset)
        _warm(index)
        return loaded, index

    def _look(self, gathering: Gathering) -> None:
        """Show what has been gathered, now and then."""
        self._end_if_stopped()
        if self._is_time(len(gathering)):
            part = gathering.part()
            self._show_soon(part, gathering.index(part.dataset))

    def _tell(self, part: Part) -> None:
        self._end_if_stopped()
        count = len(part.dataset.projects)
        late = time.monotonic() > self._told + BETWEEN
        # kept up with while the projects that were read are still in memory
        if count < self._count + _AT_ONCE and not late:
            return
        index = self._indexed(part.dataset)
        self._count = count
        if self._is_time(count):
            self._show_soon(part, index)

    def _end_if_stopped(self) -> None:
        if self._is_stopped:
            raise StoppedReadingError

    def _is_time(self, count: int) -> bool:
        """Return whether enough is new since the last look of the screen."""
        late = time.monotonic() > self._told + BETWEEN
        return late and count > self._shown * GROWN

    def _show_soon(self, part: Part, index: Index) -> None:
        _warm(index)
        self._shown, self._told = len(part.dataset.projects), time.monotonic()
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
