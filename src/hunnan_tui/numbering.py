"""The number of each key of a large file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import TypeVar, overload

T = TypeVar("T")

_PART = 100_000
"""Keys in one dict: one of a million holds everything up for a tenth of a second when it
grows."""
_STEP = 4_000
"""Keys that are added together: other threads go on between them."""


class Numbering(Mapping[str, int]):
    """The number of each key, from 0, in the order in which they were added.

    A thread may add keys while another looks for those that were there before.
    """

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._parts: list[dict[str, int]] = [{}]

    def extend(self, keys: Sequence[str]) -> None:
        """Add keys that are not there yet."""
        for start in range(0, len(keys), _STEP):
            if len(self._parts[-1]) >= _PART:
                self._parts.append({})
            step = keys[start : start + _STEP]
            self._parts[-1].update(zip(step, count(len(self._keys)), strict=False))
            self._keys += step

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return any(key in part for part in self._parts)

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
        for part in self._parts:
            number = part.get(key)
            if number is not None:
                return number
        return default
