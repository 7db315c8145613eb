"""Decides what goes first: keys, the workers that they wait for, or threads."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Final

ACTION: Final = "default"
"""Textual's own group: the worker of an action that names no other."""
BULK_EDIT: Final = "many"
"""Changes very many projects."""
CONTENT: Final = "content"
"""Computes what a page shows."""
PUT_BACK: Final = "put-back"
"""Looks for edits that can be put back, then puts them back."""
SAVE: Final = "save"
LOAD: Final = "load"
POLL: Final = "poll"
"""Looks for changes that others have made to the files."""
PINYIN: Final = "pinyin"
QUEUED_EDIT: Final = "later"
"""An edit that waits for a bulk edit; it must not hold the keys for so long."""
FILTER: Final = "filter"
COPY: Final = "copy"
RELATED: Final = "relate"
COMMITS: Final = "commits"
"""Reads from git."""
VISITS: Final = "since"
LOSSES: Final = "lost"
USER_COMMAND: Final = "user"
"""Waits for a program of the user's."""

HOLDS_KEYS: Final = frozenset({ACTION, BULK_EDIT, CONTENT, PUT_BACK})
"""The groups that keys wait for; workers of any other group run beside the keys."""

_SLICE = 0.0001
"""Seconds after which a thread can be interrupted."""
_KEY_SECONDS = 0.012
"""Seconds that handling a key takes; threads pause for so long after one."""
_IDLE_SECONDS = 0.3
"""Seconds without a key after which work continues that can wait."""


class StoppedError(Exception):
    """Raised in a thread whose result is no longer needed."""


_last_key = 0.0
"""When the last key was pressed."""
_saved: list[tuple[float, bool]] = []
"""The settings before each of the running threads started; the first are restored."""


def record_key() -> None:
    """Note that a key was pressed, so that threads pause until it is handled."""
    global _last_key  # noqa: PLW0603  # one for the process, as the interpreter lock is
    _last_key = monotonic()


def yield_to_keys() -> None:
    """Pause for a moment, in a thread, if a key has just been pressed."""
    if monotonic() - _last_key < _KEY_SECONDS:
        sleep(_KEY_SECONDS)


def wait_until_idle(raise_if_stopped: Callable[[], None]) -> None:
    """Pause, in a thread whose work can wait, as long as keys are pressed.

    Args:
        raise_if_stopped: Called again and again; raises an error to end the wait.
    """
    raise_if_stopped()
    while monotonic() - _last_key < _IDLE_SECONDS:
        sleep(_KEY_SECONDS)
        raise_if_stopped()


@contextmanager
def switch_often() -> Iterator[None]:
    """Let other threads interrupt this work often, and collect no garbage meanwhile.

    It is for a thread that creates millions of values and no garbage.
    """
    _saved.append((sys.getswitchinterval(), gc.isenabled()))
    sys.setswitchinterval(_SLICE)
    gc.disable()
    try:
        yield
    finally:
        interval, collecting = _saved.pop()
        if not _saved:
            sys.setswitchinterval(interval)
            gc.freeze()
            if collecting:
                gc.enable()
