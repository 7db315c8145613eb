"""How wide text is in terminal cells; every aligned output uses these functions.

Widths are those of Textual, so that what is measured is what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_JOINER = "\u200d"
"""Takes in the character behind it, which then has no width of its own."""

_LEAST_FOR_MIDDLE = 6
"""Cells below which a text is cut at its end whatever it is for."""
_LONGEST_WORD = 8
"""Characters of a word that are left before the one that differs."""


def measure_width(text: str) -> int:
    """Return the width of a text in cells."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len  # its tables are large: only for who needs them

    return cell_len(text)


def measure_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column of rows of the same length."""
    return [max(map(measure_width, column)) for column in zip(*rows, strict=True)]


def cut(text: str, width: int) -> str:
    """Return a text in at most so many cells, ending in … where something is missing."""
    if measure_width(text) <= width:
        return text
    if width < 1:
        return ""
    from rich.cells import set_cell_size

    # without the blank that stands for half of a wide character
    return f"{set_cell_size(text, width - 1).rstrip()}…"


def cut_middle(text: str, width: int, shared: int | None = None) -> str:
    """Return a text in at most so many cells, with … for what is missing in its middle.

    More is left of its end than of its beginning: it is for texts that begin alike.

    Args:
        text: The text.
        width: The cells.
        shared: How many characters the others begin with too; what follows them is left
            rather than the end. None for the end.
    """
    if measure_width(text) <= width or width < _LEAST_FOR_MIDDLE:
        return cut(text, width)
    head, start, end = split_middle(text, width, shared)
    return f"{text[:head]}…{text[start:end]}{'…' if end < len(text) else ''}"


@lru_cache(maxsize=1_024)  # a list draws the same names for each letter of a filter
def split_middle(text: str, width: int, shared: int | None) -> tuple[int, int, int]:
    """Return what `cut_middle` leaves: where the head ends, where the rest starts and ends."""
    beginning = cut(text, (width + 2) // 3)
    head = len(beginning) - 1
    room = left = width - measure_width(beginning)
    start = end = len(text)
    while start > head and (left := left - measure_width(text[start - 1])) >= 0:
        start -= 1
    if shared is not None and start > shared:  # the end is not what tells them apart
        start = max(head, shared)
        while start > head and shared - start < _LONGEST_WORD and _is_word(text, start):
            start -= 1
        rest = cut(text[start:], room)
        end = start + len(rest) - (1 if rest != text[start:] else 0)
    while start < end and text[start] == " ":
        start += 1
    return head, start, end


def _is_word(text: str, index: int) -> bool:
    """Return whether the characters before and at an index are of the same word."""
    around = text[index - 1 : index + 1]
    return around.isascii() and around.isalnum()


def find_twins(texts: Iterable[str], width: int) -> dict[str, int]:
    """Return the texts that look the same as another when they are cut to a width.

    Each comes with the number of characters that those which look like it begin with.
    """
    by_look: dict[str, set[str]] = {}
    for text in texts:
        by_look.setdefault(cut(text, width), set()).add(text)
    return {
        text: _count_shared(twins)
        for twins in by_look.values()
        if len(twins) > 1
        for text in twins
    }


def _count_shared(texts: set[str]) -> int:
    """Return how many characters all of some texts begin with."""
    first, last = min(texts), max(texts)
    pairs = enumerate(zip(first, last, strict=False))
    return next((index for index, (one, two) in pairs if one != two), len(first))


def cut_alike(texts: Sequence[str], width: int) -> list[str]:
    """Return texts cut to a width so that they can be told apart.

    Those that would look the same as another are cut in the middle.
    """
    twins = find_twins(texts, width)
    return [
        cut_middle(text, width) if text in twins else cut(text, width) for text in texts
    ]


def wrap_cells(text: str, width: int) -> list[str]:
    """Return a text as lines of at most so many cells; Chinese breaks anywhere.

    No line begins with a sign that belongs to the text before it.
    """
    lines, line, used = [], "", 0
    for piece in re.findall(r"[!-~]+\s*|[^!-~][，。；：、！？）”]*\s*", text):
        size = measure_width(piece.rstrip())
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        line += piece
        used += measure_width(piece)
    return [*lines, line.rstrip()] if line.strip() else lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return a text filled with blanks up to a width; at the right side if asked."""
    text = text.rstrip(_JOINER)  # it would take a blank in
    blanks = " " * (width - measure_width(text))
    return blanks + text if right else text + blanks


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return a text in exactly so many cells: cut, or filled with blanks."""
    fitted = pad(cut(text, width), width, right=right)
    if measure_width(fitted) == width:
        return fitted
    # a joiner without anything to join takes the next character in
    return pad(cut(text.replace(_JOINER, ""), width), width, right=right)
