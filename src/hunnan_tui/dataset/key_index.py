"""The position of every key of a large file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import TypeVar, overload

T = TypeVar("T")

_DICT_SIZE = 100_000
"""Keys in one dict: one of a million holds everything up for a tenth of a second when it
grows."""
_BATCH = 4_000
"""Keys that are added together: other threads go on between them."""


class KeyIndex(Mapping[str, int]):
    """The position of each key, from 0, in the order of adding.

    A thread may add keys while another looks for those that were there before.
    """

    def __init__(self, keys: list[str], first: Iterable[int] = ()) -> None:
        """Take keys; until `complete` has run, lookups search the list.

        Args:
            keys: The keys; the list is not copied, and may grow.
            first: The positions of keys that will be looked up soon.
        """
        self._keys = keys
        self._first = {keys[number]: number for number in first}
        self._parts: list[dict[str, int]] = [{}]
        self._numbered = 0

    def complete(self, check_cancelled: Callable[[], None]) -> None:
        """Index the remaining keys; may run in another thread.

        Args:
            check_cancelled: Called from time to time; may raise to stop.
        """
        while self._numbered < len(self._keys):
            check_cancelled()
            self._number()

    def extend(self, keys: Sequence[str]) -> None:
        """Add new keys to a complete index."""
        for start in range(0, len(keys), _BATCH):
            self._keys += keys[start : start + _BATCH]
            self._number()

    def _number(self) -> None:
        if len(self._parts[-1]) >= _DICT_SIZE:
            self._parts.append({})
        first = self._numbered
        batch = self._keys[first : first + _BATCH]
        self._parts[-1].update(zip(batch, count(first), strict=False))
        self._numbered += len(batch)

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __getitem__(self, key: str) -> int:
        number = self.get(key)
        if number is None:
            raise KeyError(key)
        return number

    @overload
    def get(self, key: str, /) -> int | None: ...
    @overload
    def get(self, key: str, /, default: int | T) -> int | T: ...
    def get(self, key: str, /, default: int | T | None = None) -> int | T | None:
        numbered = self._numbered  # before the parts: another thread numbers on
        for part in (self._first, *self._parts):
            number = part.get(key)
            if number is not None:
                return number
        if numbered < len(self._keys):
            with suppress(ValueError):
                return self._keys.index(key, numbered)
        return default
