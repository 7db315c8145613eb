"""Work over very many values, in steps between which others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from typing import Generic, TypeVar

T = TypeVar("T")

_STEP = 2_000
"""Values in a step: well under a millisecond."""

_rest: ContextVar[Callable[[], None] | None] = ContextVar("rest", default=None)


@contextmanager
def resting(wished: Callable[[], None]) -> Iterator[None]:
    """Rest between the steps of what this thread does.

    Args:
        wished: Called between two steps; may raise to end the work.
    """
    token = _rest.set(wished)
    try:
        yield
    finally:
        _rest.reset(token)


def rest() -> None:
    """Rest, if that was wished for in this thread."""
    wished = _rest.get()
    if wished is not None:
        wished()


def in_steps(values: Iterable[T]) -> Iterator[T]:
    """Yield values, with a rest after each step."""
    return chain.from_iterable(_steps(values))


def _steps(values: Iterable[T]) -> Iterator[list[T]]:
    more = iter(values)
    while step := list(islice(more, _STEP)):
        yield step
        rest()


def long_list(values: Iterable[T], count: int) -> list[T]:
    """Return values as a list, made in steps.

    It has room for all of them at once: a list that grows is moved again and again, and
    whoever moves some megabytes holds everything up.

    Args:
        values: The values.
        count: How many they are.
    """
    return list(_Counted(values, count))


class _Counted(Generic[T]):
    """Values of which it is said how many they are."""

    def __init__(self, values: Iterable[T], count: int) -> None:
        self._values = values
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return in_steps(self._values)
