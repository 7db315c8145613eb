"""Text that is harmless in a file that others open."""

from __future__ import annotations

import re

from hunnan_tui.core.text import display

_PLANES = range(0x10000, 0x110000, 0x10000)
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(each + last) for each in _PLANES for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""What is no character, and must not stand in HTML or XML."""


def clean(text: str) -> str:
    """Return text as the screen shows it: controls are marks, lines stay lines."""
    return _NO_CHARACTER.sub("\ufffd", display(text))


def one_line(text: str) -> str:
    """Return text like `clean` on one line, with single blanks."""
    return " ".join(clean(text).split())


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a longer text, each like `clean`."""
    return tuple(clean(text).strip("\n").split("\n"))
