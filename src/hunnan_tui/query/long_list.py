"""Lists of very many values, made while other threads go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Generic, TypeVar

T = TypeVar("T")

_STEP = 5_000
"""Values between two moments at which another thread may go on."""


def long_list(values: Iterable[T], count: int) -> list[T]:
    """Return values as a list.

    It has room for all of them at once: a list that grows is moved again and again, and
    whoever moves some megabytes holds everything up.

    Args:
        values: The values.
        count: How many they are.
    """
    return list(_Steps(values, count))


class _Steps(Generic[T]):
    """Values, as many as are said, with a few instructions in between."""

    def __init__(self, values: Iterable[T], count: int) -> None:
        self._values = values
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._steps())

    def _steps(self) -> Iterator[list[T]]:
        more = iter(self._values)
        while step := list(islice(more, _STEP)):
            yield step
