"""Cooperative multitasking: long work in steps, with a pause after each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from typing import Generic, TypeVar

T = TypeVar("T")

_STEP = 2_000
"""Values in a step, which takes well under a millisecond."""

_callback: ContextVar[Callable[[], None] | None] = ContextVar("pause", default=None)


@contextmanager
def set_pause(callback: Callable[[], None]) -> Iterator[None]:
    """Pause between the steps of the work in this thread.

    Args:
        callback: Called between two steps; may raise to end the work.
    """
    token = _callback.set(callback)
    try:
        yield
    finally:
        _callback.reset(token)


def pause() -> None:
    """Call the callback of this thread, if `set_pause` set one."""
    callback = _callback.get()
    if callback is not None:
        callback()


def iterate_in_steps(values: Iterable[T]) -> Iterator[T]:
    """Yield values, with a pause after each step."""
    return chain.from_iterable(_split_into_steps(values))


def _split_into_steps(values: Iterable[T]) -> Iterator[list[T]]:
    more = iter(values)
    while step := list(islice(more, _STEP)):
        yield step
        pause()


def build_list(values: Iterable[T], count: int) -> list[T]:
    """Return values as a list, built in steps.

    It is allocated once: growing a long list copies megabytes again and again, while
    all other threads wait.

    Args:
        values: The values.
        count: Their number.
    """
    return list(_Sized(values, count))


class _Sized(Generic[T]):
    """Values with a known length, which `list` allocates at once."""

    def __init__(self, values: Iterable[T], count: int) -> None:
        self._values = values
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return iterate_in_steps(self._values)
