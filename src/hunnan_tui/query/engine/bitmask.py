"""Sets of projects as bit masks: bit n is the project at index n in the file.

They are combined by `&`, `|` and `^ everything`, and counted by `bit_count`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

_TO_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_FROM_DIGITS = bytes.maketrans(b"01", b"\x00\x01")


def from_flags(flags: Iterable[int]) -> int:
    """Return the mask of the positions at which the flag is 1 (or True)."""
    digits = bytes(flags).translate(_TO_DIGITS)[::-1]
    return int(digits, 2) if digits else 0


def from_positions(positions: Iterable[int], count: int) -> int:
    """Return the mask of some positions below a count."""
    flags = bytearray(count)
    for position in positions:
        flags[position] = 1
    return from_flags(flags)


def to_flags(mask: int, count: int) -> bytes:
    """Return a 1 for each position in the mask and a 0 for each other one."""
    return f"{mask:0{count}b}".encode()[::-1].translate(_FROM_DIGITS)[:count]


def list_positions(mask: int, count: int) -> Iterator[int]:
    """Return the positions in a mask, from the first."""
    return compress(range(count), to_flags(mask, count))
