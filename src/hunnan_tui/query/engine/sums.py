"""Sums of amounts over any set of projects, without visiting each of them."""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.cooperative import iterate_in_steps, pause

_BIT = [bytes(byte >> bit & 1 for byte in range(256)) for bit in range(8)]


class Sums:
    """A bit-sliced index of amounts: for each bit, the mask of the projects with it.

    The sum over a mask adds up the population count of each bit slice, weighted by the
    bit: some forty operations, however many projects there are.
    """

    def __init__(self, amounts: Sequence[int | None]) -> None:
        self.amounts = amounts
        """The amounts that it was built from."""
        flags = (amount is not None for amount in iterate_in_steps(amounts))
        self.stated = bitmask.from_flags(flags)
        """The mask of the projects with an amount."""
        known = [amount for amount in iterate_in_steps(amounts) if amount is not None]
        self._least = min(known, default=0)
        width = ((max(known, default=0) - self._least).bit_length() + 7) // 8
        least, nothing = self._least, bytes(width)
        numbers = bytearray()
        for amount in iterate_in_steps(amounts):
            if amount is None:
                numbers += nothing
            else:
                numbers += (amount - least).to_bytes(width, "little")
        self._planes = list[tuple[int, int]]()
        for byte in range(width):
            column = numbers[byte::width]
            for bit in range(8):
                pause()
                if plane := bitmask.from_flags(column.translate(_BIT[bit])):
                    self._planes.append((8 * byte + bit, plane))

    def compute_sum(self, mask: int) -> int:
        """Return the sum over the projects of a mask; missing amounts count as 0."""
        stated = (mask & self.stated).bit_count()
        return self._least * stated + sum(
            (mask & plane).bit_count() << bit for bit, plane in self._planes
        )
