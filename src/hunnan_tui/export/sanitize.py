"""Makes text harmless in files that others open."""

from __future__ import annotations

import re

from hunnan_tui.core.text import display

_PLANES = range(0x10000, 0x110000, 0x10000)
_NO_CHARACTER = re.compile(
    "[\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane + last) for plane in _PLANES for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Code points that are not characters; HTML and XML forbid them."""


def clean(text: str) -> str:
    """Return text as the screen shows it: controls become marks, line breaks stay."""
    return _NO_CHARACTER.sub("\ufffd", display(text))


def clean_line(text: str) -> str:
    """Return text like `clean` on one line, with single blanks."""
    return " ".join(clean(text).split())


def clean_lines(text: str) -> tuple[str, ...]:
    """Return the lines of a longer text, each like `clean`."""
    return tuple(clean(text).strip("\n").split("\n"))
