"""Closes replaced files without anybody waiting for it.

Whoever closes a file last that has no name any more frees its blocks. For a file of some
megabytes that takes as long as half of a save, whose reader has no use for it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from queue import SimpleQueue
from threading import Thread

_close = os.close  # not looked up: it is no step of a save
_waiting: SimpleQueue[int] = SimpleQueue()


def close_later(descriptor: int) -> None:
    """Close a file that was only read, at some time soon."""
    try:
        _start_worker()
    except RuntimeError:  # no more threads: then it is waited for
        with suppress(OSError):
            _close(descriptor)
    else:
        _waiting.put(descriptor)


@cache
def _start_worker() -> Thread:
    thread = Thread(target=_close_all, name="freeing", daemon=True)
    thread.start()
    return thread


def _close_all() -> None:
    while True:
        with suppress(OSError):
            _close(_waiting.get())
