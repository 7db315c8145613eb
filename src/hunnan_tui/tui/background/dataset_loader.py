"""Reads the rest of a large file behind the screen, so that keys are answered meanwhile.

What it says comes from the cache, or from another process; a thread takes it in. A file
that has to be parsed as a whole is read by the thread itself.
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
from hunnan_tui.query.cache.checksums import BrokenSurveyError
from hunnan_tui.query.cache.packing import (
    Survey,
    check,
    is_likely,
    unkept,
    write_kept,
)
from hunnan_tui.query.cache.process import Surveyor
from hunnan_tui.query.cache.protocol import heading
from hunnan_tui.query.cache.reader import Found
from hunnan_tui.query.cache.receiver import Gathering
from hunnan_tui.query.cache.storage import keep
from hunnan_tui.query.cache.updater import mend
from hunnan_tui.query.engine.cooperative import resting
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.store import Loaded, Store
from hunnan_tui.tui.background.scheduling import (
    StoppedError,
    give_way,
    in_small_slices,
    wait_for_quiet,
)
from hunnan_tui.tui.presenters.facets import NAMES

BETWEEN = 0.7
"""Seconds between two looks of the screen at what has been read."""
GROWN = 1.3
"""How many times as many projects must be there for the next look."""
SOON = 0.15
"""Seconds in which what was kept is there, but of the very largest files."""
DRAWN = 0.2
"""Seconds in which a list is drawn; nothing is unpacked meanwhile, it would be slower."""
REST = 0.05
"""Seconds in which a part of a list is drawn, with nothing read meanwhile."""
_AT_ONCE = 4_000
"""Projects that are taken into the index together."""

Find = Callable[[], Found]
Show = Callable[[LoadProgress, Index], None]
Read = tuple[Loaded, Index]
"""What a file holds, ready to be searched."""


class Reading:
    """One reading of a file, in the background."""

    def __init__(self, store: Store, find: Find | None = None) -> None:
        """Prepare to read.

        Args:
            store: The file.
            find: Gives what was found of it, where that was begun before.
        """
        self._store = store
        self._find = find or partial(reader.find, store.path, store.cache)
        self.wanted = ""
        """The key of the project that the cursor is on."""
        self.show: Show | None = None
        """Called on the event loop with what has been read so far."""
        self.latest: tuple[LoadProgress, Index] | None = None
        """What `show` was called with last, or would have been."""
        self._past: list[list[Any]] = []
        """The values that it was called with before: to free millions of them takes long."""
        self._stopped = threading.Event()
        self._has_more = asyncio.Event()
        self._surveyor = Surveyor(store.path)
        self._index: Index | None = None
        self._told = time.monotonic()
        self._count = self._shown = 0
        self._task: asyncio.Task[Read] | None = None
        self._new: tuple[Survey, Found] | None = None
        """What is to be kept, and of which file it is."""

    def stop(self) -> None:
        """End the reading as soon as possible."""
        self._stopped.set()
        self._surveyor.stop()

    def begin(self) -> asyncio.Task[Read]:
        """Begin to read; return the task that `run` waits for."""
        if self._task is None:
            self._loop = asyncio.get_running_loop()
            self._task = self._loop.create_task(self._run())
            self._task.add_done_callback(lambda _: self._has_more.set())
        return self._task

    async def soon(self) -> None:
        """Wait for what was kept, but not for long, and not for the other process."""
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._has_more.wait(), SOON)

    async def run(self) -> Read:
        """Return what the file holds, ready to be searched.

        Raises:
            DataError: It cannot be read.
            StoppedError: It was stopped.
        """
        return await self.begin()

    async def _run(self) -> Read:
        with in_small_slices(), resting(self._rest):
            return await asyncio.to_thread(self._read)

    def release(self) -> None:
        """Free what was shown of a part of the file; for a thread."""
        if self.latest is not None:
            self._free_past()
            self._past = self.latest[1].lists()
            self.latest = None
        self._free_past()

    def _free_past(self) -> None:
        while self._past:  # keys are answered between them
            self._past.pop()

    def keep(self) -> None:
        """Keep what was read for the next start, if that was much work.

        Raises:
            StoppedError: It was stopped.
        """
        if self._new is None:
            return
        survey, found = self._new
        self._new = None

        def write(file: BinaryIO) -> None:
            write_kept(file, survey, found, NAMES, self._wait_for_quiet)

        keep(self._store.cache, self._store.path, write)

    def _read(self) -> Read:
        if self._store.is_lazy:
            found = self._find()
            with suppress(NotInBlocksError):
                # a whole file may still say what no survey says
                for way in (self._unkept, self._mended):
                    with suppress(BrokenSurveyError, *MALFORMED):
                        return self._take(found, way(found))
                with suppress(BrokenSurveyError):
                    return self._take(found, self._gathered(found))
        self._rest()
        loaded = self._store.load(self._tell)
        return loaded, self._indexed(loaded.dataset)

    def _take(self, found: Found, survey: Survey) -> Read:
        loaded = self._store.adopt(
            found.text, found.before, survey.parsed, survey.starts
        )
        return loaded, survey.index

    def _unkept(self, found: Found) -> Survey:
        """Return the survey that was kept; shows it before all of it is unpacked.

        Raises:
            BrokenSurveyError: There is none of this text.
            NotInBlocksError: The text has to be parsed as a whole.
        """
        if found.kept is None:
            raise BrokenSurveyError
        contents, chunks = found.kept
        if not is_likely(found, contents):
            check(found, contents)
        # a dict of its own: what is shown unpacks from it, whatever becomes of the rest
        survey = unkept(found.text, contents, dict(chunks), self.wanted)
        self._rest()
        self._show_soon(LoadProgress(survey.parsed.dataset, 1), survey.index)
        self._stopped.wait(DRAWN)
        check(found, contents)
        chunks.clear()  # what has been unpacked is forgotten
        survey.unpack()
        return survey

    def _mended(self, found: Found) -> Survey:
        """Return the survey from one of an older text.

        Raises:
            BrokenSurveyError: There is none, or too much has changed.
        """
        if found.kept is None:
            raise BrokenSurveyError
        survey = mend(found, *found.kept)
        _warm(survey.index)
        self._new = survey, found
        return survey

    def _gathered(self, found: Found) -> Survey:
        """Return what another process says of the file.

        Raises:
            BrokenSurveyError: The process could not do it.
            NotInBlocksError: The text has to be parsed as a whole.
        """
        self._loop.call_soon_threadsafe(self._has_more.set)
        if found.kept is not None:
            found.kept[1].clear()  # as large as what is gathered
        gathering = Gathering(found.text, heading(len(found.text), found.hash))
        for line in self._surveyor.lines():
            gathering.take(line)
            self._look(gathering)
        survey = gathering.whole()
        _warm(survey.index)
        self._new = survey, found
        return survey

    def _look(self, gathering: Gathering) -> None:
        """Show what has been gathered, now and then."""
        self._rest()
        if self._is_time(len(gathering)):
            part = gathering.part()
            index = gathering.index(part.dataset)
            _warm(index)
            self._show_soon(part, index)
            self._stopped.wait(REST)

    def _tell(self, part: LoadProgress) -> None:
        self._rest()
        count = len(part.dataset.projects)
        late = time.monotonic() > self._told + BETWEEN
        # kept up with while the projects that were read are still in memory
        if count < self._count + _AT_ONCE and not late:
            return
        index = self._indexed(part.dataset)
        self._count = count
        if self._is_time(count):
            _warm(index)
            self._show_soon(part, index)

    def _wait_for_quiet(self) -> None:
        wait_for_quiet(self._rest)

    def _rest(self) -> None:
        """Let a key be answered first; StoppedError if the reader has left."""
        if self._stopped.is_set():
            raise StoppedError
        give_way()

    def _is_time(self, count: int) -> bool:
        """Return whether enough is new since the last look of the screen."""
        late = time.monotonic() > self._told + BETWEEN
        return late and count > self._shown * GROWN

    def _show_soon(self, part: LoadProgress, index: Index) -> None:
        self._shown, self._told = len(part.dataset.projects), time.monotonic()
        self._free_past()
        if self.latest is not None:
            self._past = self.latest[1].lists()
        self.latest = part, index
        self._loop.call_soon_threadsafe(self._show_latest)

    def _show_latest(self) -> None:
        self._has_more.set()
        if self.show is not None and self.latest is not None:
            self.show(*self.latest)

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
    index.spellings()
