"""How many cells of a terminal a text takes: Chinese characters take two."""

from __future__ import annotations

import unicodedata

_JAMO = range(0x1160, 0x1200)
"""Vowels and finals of Korean syllables written in parts: drawn over the initial."""


def cell_width(text: str) -> int:
    """Return the width of a text in cells; it holds no controls (`text.display`)."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def cut(text: str, width: int) -> str:
    """Return a text in at most so many cells, ending in … where something is missing."""
    if len(text) <= width and cell_width(text) <= width:
        return text
    taken = 0
    for place, character in enumerate(text):
        taken += _width(character)
        if taken > width - 1:
            return text[:place] + "…"[:width]
    return text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled with blanks up to a width; at the right side if asked."""
    blanks = " " * (width - cell_width(text))
    return blanks + text if right else text + blanks


def _width(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if ord(character) in _JAMO:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
