"""How a thread works beside the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

_SLICE = 0.0001
"""Seconds after which the thread lets the screen go first."""
_ANSWERED = 0.012
"""Seconds in which a key is answered; threads rest for so long behind one."""
_QUIET = 0.3
"""Seconds without a key after which work goes on that can wait."""


class StoppedError(Exception):
    """The reader has left before a thread was done."""


_pressed = 0.0
"""When the last key came."""
_before: list[tuple[float, bool]] = []
"""How it was before each of the threads that are at work; the first is restored."""


def key_pressed() -> None:
    """Let the screen answer a key before threads go on."""
    global _pressed  # noqa: PLW0603  # of the process, as its threads are
    _pressed = monotonic()


def give_way() -> None:
    """Rest for a moment, in a thread, if a key has just been pressed."""
    if monotonic() - _pressed < _ANSWERED:
        sleep(_ANSWERED)


def wait_for_quiet(look: Callable[[], None]) -> None:
    """Rest, in a thread whose work can wait, as long as keys are pressed.

    Args:
        look: Called now and then; may raise to end it.
    """
    look()
    while monotonic() - _pressed < _QUIET:
        sleep(_ANSWERED)
        look()


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
