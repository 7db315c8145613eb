"""The reverse of one edit of a text, so that undo restores exactly the same bytes."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Patch:
    """Turns one exact text back into another."""

    text: bytes
    """Digest of the text that it applies to, or of the beginning of it."""
    length: int
    """How many bytes that is, and anything may follow; negative for the whole text."""
    start: int
    """Where the texts begin to differ, in bytes."""
    removed: int
    """How many bytes go."""
    inserted: bytes
    """What comes in their place."""

    def apply(self, text: bytes) -> bytes | None:
        """Return the other text, or None when this is not the text it was made for."""
        if _hash(text if self.length < 0 else text[: self.length]) != self.text:
            return None
        end = self.start + self.removed
        return text[: self.start] + self.inserted + text[end:]


def make_reverse_patch(before: bytes, after: bytes, end: int = -1) -> Patch:
    """Return the patch that turns after into before.

    Args:
        before: The text to come back to.
        after: The text that the patch applies to.
        end: Where the part of it ends that must still be the same, if not with the text;
            the patch changes nothing behind it.
    """
    start = _count_common_bytes(before, after)
    tail = _count_common_bytes(before[start:][::-1], after[start:][::-1])
    length = end if end < 0 else max(end, len(after) - tail)
    return Patch(
        _hash(after if length < 0 else after[:length]),
        length,
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
