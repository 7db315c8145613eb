"""What the app does without its screen: `python steps.py FILE` prints seconds as JSON.

In a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from limits import read, write

from hunnan_tui.batch import Queued
from hunnan_tui.edits import AddTags, Edit, RemoveTags
from hunnan_tui.query import Index, Query, SortKey
from hunnan_tui.store import Store
from hunnan_tui.tui.reading import Reading

SORTS = ("name", "stage", "stage_date", "district")
RUNS = 3
MANY = 20_000
"""Projects from which the first sounds would take longer than all the rest."""
SAVES, SAVES_OF_MANY = 25, 5
"""Twice as many are timed."""
WORDS = ("turbine", "stage:signed", "不存在", "invest>5bn")
TAG = "benchmark"


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _filter(index: Index, query: Query) -> None:
    index.listed(index.mask(query, wait=False))


def measure(path: Path) -> dict[str, float]:
    """Return the seconds of each step on a file of its own."""
    gc.disable()  # as the process does that reads a large file for the app
    store = Store(path, lazily=True)
    found = {"read": median(read(path) for _ in range(RUNS))}
    found["load"] = timed(store.load)
    _, index = asyncio.run(Reading(store).run())
    is_small = len(index.dataset.projects) < MANY
    if is_small:
        index.prepare_pinyin()
    index.listed(index.everything)
    today = date(2026, 11, 23)
    queries = [index.parse(word, today=today) for word in WORDS]
    found["filter"] = max(timed(partial(_filter, index, query)) for query in queries)
    sorts = [(SortKey(field),) for field in SORTS]
    found["sort"] = max(
        timed(partial(index.listed, index.everything, sort)) for sort in sorts
    )
    key = next(iter(index.dataset.projects))
    makers = (AddTags, RemoveTags) * (SAVES if is_small else SAVES_OF_MANY)
    edits = [Edit(key, make((TAG,))) for make in makers]
    text = path.read_bytes()
    saves, floors = [], []
    for run, edit in enumerate(edits):  # by turns: a disk is not as fast at all times
        saves.append(timed(partial(store.save, [Queued(run, (edit,))])))
        floors.append(write(text, path))
    found["save"], found["floor"] = median(saves), median(floors)
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
