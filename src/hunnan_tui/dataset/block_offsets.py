"""The offsets of blocks in a text, kept up to date while edits resize some of them."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import overload

MOST_SHIFTS = 200
"""The number of resized blocks that are tracked; beyond it all offsets are recomputed."""


class BlockOffsets(Sequence[int]):
    """The start offsets of blocks, and by how much blocks have grown since.

    An edit moves every block behind it. Updating all offsets of a large file at each edit
    would be slow, so an offset is computed when it is read.
    """

    def __init__(
        self, known: Sequence[int], grown: Mapping[int, int] | None = None
    ) -> None:
        """Take the offsets before any edits.

        Args:
            known: Where each block began.
            grown: By how many bytes blocks have grown, by index.
        """
        self._known = known
        self._grown = dict(sorted((grown or {}).items()))
        self._indexes = list(self._grown)
        self._shifts = [0, *accumulate(self._grown.values())]

    def __len__(self) -> int:
        return len(self._known)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        return self._known[index] + self._shifts[bisect_left(self._indexes, index)]

    def __iter__(self) -> Iterator[int]:
        begin = 0
        ends = [*(index + 1 for index in self._indexes), len(self)]
        for end, shift in zip(ends, self._shifts, strict=True):
            for start in self._known[begin:end]:
                yield start + shift
            begin = end

    def grow(self, grown: Mapping[int, int]) -> BlockOffsets:
        """Return the offsets after blocks have grown or shrunk by so many bytes."""
        total = dict(self._grown)
        for index, by in grown.items():
            total[index] = total.get(index, 0) + by
        if len(total) <= MOST_SHIFTS:
            return BlockOffsets(self._known, total)
        return BlockOffsets(array("Q", BlockOffsets(self._known, total)))
