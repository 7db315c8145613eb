"""How wide text is in terminal cells; every aligned output uses these functions.

Widths are those of Textual, so that what is measured is what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_JOINER = "\u200d"
"""Takes in the character behind it, which then has no width of its own."""


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


def cut_middle(text: str, width: int) -> str:
    """Return a text in at most so many cells, with … for what is missing in its middle.

    More is left of its end than of its beginning: it is for texts that begin alike.
    """
    if measure_width(text) <= width or width < 4:
        return cut(text, width)
    head = cut(text, (width + 2) // 3)
    room = width - measure_width(head)
    start = len(text)
    while start and (room := room - measure_width(text[start - 1])) >= 0:
        start -= 1
    return head + text[start:].lstrip()


def find_twins(texts: Iterable[str], width: int) -> set[str]:
    """Return the texts that look the same as another when they are cut to a width."""
    by_look: dict[str, set[str]] = {}
    for text in texts:
        by_look.setdefault(cut(text, width), set()).add(text)
    return {text for twins in by_look.values() if len(twins) > 1 for text in twins}


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
