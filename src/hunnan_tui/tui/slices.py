"""How a thread works beside the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SLICE = 0.0005
"""Seconds after which the thread lets the screen go first."""


class StoppedError(Exception):
    """The reader has left before a thread was done."""


_before: list[tuple[float, bool]] = []
"""How it was before each of the threads that are at work; the first is restored."""


@contextmanager
def in_small_slices() -> Iterator[None]:
    """Let the screen go first while a thread reads very many projects."""
    _before.append((sys.getswitchinterval(), gc.isenabled()))
    sys.setswitchinterval(_SLICE)
    gc.disable()  # millions of values and no garbage
    try:
        yield
    finally:
        interval, collecting = _before.pop()
        if not _before:
            sys.setswitchinterval(interval)
            gc.freeze()
            if collecting:
                gc.enable()
