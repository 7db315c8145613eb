"""The reverse of one edit of a text, so that undo restores exactly the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Patch:
    """Turns one exact text back into another."""

    text: bytes
    """Digest of the text that it applies to."""
    start: int
    """Where the texts begin to differ, in bytes."""
    removed: int
    """How many bytes go."""
    inserted: bytes
    """What comes in their place."""

    def apply(self, text: bytes) -> bytes | None:
        """Return the other text, or None when this is not the text it was made for."""
        if _hash(text) != self.text:
            return None
        end = self.start + self.removed
        return text[: self.start] + self.inserted + text[end:]


def make_reverse_patch(before: bytes, after: bytes) -> Patch:
    """Return the patch that turns after into before."""
    start = _count_common_bytes(before, after)
    tail = _count_common_bytes(before[start:][::-1], after[start:][::-1])
    return Patch(
        _hash(after),
        start,
        len(after) - tail - start,
        before[start : len(before) - tail],
    )


def _count_common_bytes(one: bytes, other: bytes) -> int:
    """Return how many bytes two texts share at their start."""
    length = min(len(one), len(other))
    # as numbers: the lowest bit that differs
    bits = int.from_bytes(one[:length], "little")
    bits ^= int.from_bytes(other[:length], "little")
    return ((bits & -bits).bit_length() - 1) // 8 if bits else length


def _hash(text: bytes) -> bytes:
    return blake2b(text, digest_size=16).digest()
