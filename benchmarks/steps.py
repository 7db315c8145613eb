"""What the app does without its screen: `python steps.py FILE` prints seconds as JSON.

In a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from limits import read, write

from hunnan_tui.core.changes import AddTags, Edit, RemoveTags
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.query import Query
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction import PendingTransaction
from hunnan_tui.tui.background.dataset_loader import DatasetLoader

SORTS = ("name", "stage", "stage_date", "district")
RUNS = 3
MANY = 20_000
"""Projects from which the first sounds would take longer than all the rest."""
SAVES, SAVES_OF_MANY = 25, 5
"""Twice as many are timed."""
WORDS = ("turbine", "stage:signed", "不存在", "invest>5bn")
TAG = "benchmark"
FSYNC = 0.004
"""Seconds that an fsync takes at least on a disk that is called slow here."""


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _filter(index: Index, query: Query) -> None:
    index.list_keys(index.compute_mask(query, wait=False))


def measure(path: Path) -> dict[str, float]:
    """Return the seconds of each step on a file of its own."""
    gc.disable()  # as the process does that reads a large file for the app
    store = Store(path, lazily=True)
    found = {"read": median(read(path) for _ in range(RUNS))}
    found["load"] = timed(store.load)
    _, index = asyncio.run(DatasetLoader(store).run())
    is_small = len(index.dataset.projects) < MANY
    if is_small:
        index.prepare_pinyin()
    index.list_keys(index.everything)
    today = date(2026, 11, 23)
    queries = [index.parse(word, today=today) for word in WORDS]
    found["filter"] = max(timed(partial(_filter, index, query)) for query in queries)
    sorts = [(SortKey(field),) for field in SORTS]
    found["sort"] = max(
        timed(partial(index.list_keys, index.everything, sort)) for sort in sorts
    )
    key = next(iter(index.dataset.projects))
    saved = partial(_saved, store, key, SAVES if is_small else SAVES_OF_MANY)
    found["save"], found["floor"] = saved()
    if is_small:
        with slow_disk():
            found["slow save"], found["slow floor"] = saved()
    return found


def _saved(store: Store, key: str, runs: int) -> tuple[float, float]:
    """Return the seconds of a save and of the least that it can take.

    By turns, as a disk is not as fast at all times. What is written behind a save meets
    the freeing of the file that it has replaced: not that is measured, but the next.
    """
    text = store.path.read_bytes()
    saves, floors = [], []
    for change in (AddTags((TAG,)), RemoveTags((TAG,))) * runs:
        step = PendingTransaction(len(saves), (Edit(key, change),))
        saves.append(timed(partial(store.save, [step])))
        write(text, store.path)
        floors.append(write(text, store.path))
    return median(saves), median(floors)


@contextmanager
def slow_disk() -> Iterator[None]:
    """Let each fsync take as long as on a disk without a cache of its own."""
    real = os.fsync

    def fsync(descriptor: int) -> None:
        until = time.perf_counter() + FSYNC
        real(descriptor)
        time.sleep(max(0, until - time.perf_counter()))

    os.fsync = fsync
    try:
        yield
    finally:
        os.fsync = real


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
