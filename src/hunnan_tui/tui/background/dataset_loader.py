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
from hunnan_tui.query.engine.cooperative import pausing
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

FindCache = Callable[[], Found]
Show = Callable[[LoadProgress, Index], None]
IndexedFile = tuple[Loaded, Index]
"""The content of a file, with its index."""


class DatasetLoader:
    """Loads one file, once."""

    def __init__(self, store: Store, find_cache: FindCache | None = None) -> None:
        """Prepare to load.

        Args:
            store: The file.
            find_cache: Gives the text and the cache, if the search for them has begun.
        """
        self._store = store
        self._find_cache = find_cache or partial(reader.find, store.path, store.cache)
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
        self._surveyor = Surveyor(store.path)
        self._index: Index | None = None
        self._last_shown = time.monotonic()
        self._count = self._shown = 0
        self._task: asyncio.Task[IndexedFile] | None = None
        self._uncached: tuple[Survey, Found] | None = None
        """What to write to the cache, and for which text."""

    def stop(self) -> None:
        """End the loading as soon as possible."""
        self._stopped.set()
        self._surveyor.stop()

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
        with switch_often(), pausing(self._pause):
            return await asyncio.to_thread(self._read)

    def free_parts(self) -> None:
        """Free the memory of the parts that were shown; runs in a thread."""
        if self.latest is not None:
            self._free_garbage()
            self._garbage = self.latest[1].lists()
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
        survey, found = self._uncached
        self._uncached = None

        def write(file: BinaryIO) -> None:
            write_kept(file, survey, found, NAMES, self._wait_until_idle)

        keep(self._store.cache, self._store.path, write)

    def _read(self) -> IndexedFile:
        if self._store.is_lazy:
            found = self._find_cache()
            with suppress(NotInBlocksError):
                # the parser may still understand what no survey can
                for load_survey in (self._load_cached, self._update_cached):
                    with suppress(BrokenSurveyError, *MALFORMED):
                        return self._finish(found, load_survey(found))
                with suppress(BrokenSurveyError):
                    return self._finish(found, self._receive(found))
        self._pause()
        loaded = self._store.load(self._follow_progress)
        return loaded, self._update_index(loaded.dataset)

    def _finish(self, found: Found, survey: Survey) -> IndexedFile:
        loaded = self._store.adopt(
            found.text, found.before, survey.parsed, survey.starts
        )
        return loaded, survey.index

    def _load_cached(self, found: Found) -> Survey:
        """Return the survey in the cache; shows it before all of it is unpacked.

        Raises:
            BrokenSurveyError: The cache has none of this text.
            NotInBlocksError: The text must be parsed as a whole.
        """
        if found.kept is None:
            raise BrokenSurveyError
        contents, chunks = found.kept
        if not is_likely(found, contents):
            check(found, contents)
        # a copy: what is shown is unpacked from it, even after `chunks` is cleared
        survey = unkept(found.text, contents, dict(chunks), self.cursor_key)
        self._pause()
        self._schedule_show(LoadProgress(survey.parsed.dataset, 1), survey.index)
        self._stopped.wait(DRAW_SECONDS)
        check(found, contents)
        chunks.clear()  # a chunk is freed once it is unpacked
        survey.unpack()
        return survey

    def _update_cached(self, found: Found) -> Survey:
        """Return the survey of an older text in the cache, updated.

        Raises:
            BrokenSurveyError: The cache has none, or too much has changed.
        """
        if found.kept is None:
            raise BrokenSurveyError
        survey = mend(found, *found.kept)
        _warm_up(survey.index)
        self._uncached = survey, found
        return survey

    def _receive(self, found: Found) -> Survey:
        """Return the survey that another process makes of the file.

        Raises:
            BrokenSurveyError: The process failed.
            NotInBlocksError: The text must be parsed as a whole.
        """
        self._loop.call_soon_threadsafe(self._has_more.set)
        if found.kept is not None:
            found.kept[1].clear()  # it is as large as the new survey
        gathering = Gathering(found.text, heading(len(found.text), found.hash))
        for line in self._surveyor.lines():
            gathering.take(line)
            self._show_gathered(gathering)
        survey = gathering.whole()
        _warm_up(survey.index)
        self._uncached = survey, found
        return survey

    def _show_gathered(self, gathering: Gathering) -> None:
        """Show what has been received, if it is time to."""
        self._pause()
        if self._is_show_due(len(gathering)):
            part = gathering.part()
            index = gathering.index(part.dataset)
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
            self._garbage = self.latest[1].lists()
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
    index.spellings()
