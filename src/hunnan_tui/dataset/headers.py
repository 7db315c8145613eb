"""Finds where projects may begin in a text that has not been parsed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import mmap

# not anchored at the line start: a pattern with a literal prefix is 8 times as fast
_HEADER = re.compile(rb"\[\[[ \t]*+projects[ \t]*+\]\]")
_LONG_STRING = re.compile(rb"\"{3}|'{3}")


def find_headers(text: bytes | mmap.mmap, end: int = sys.maxsize) -> Iterator[int]:
    """Yield the offsets of lines that look like `[[projects]]`, even within strings.

    Args:
        text: The bytes of a file.
        end: Where to stop looking.
    """
    behind = 0
    for match in _HEADER.finditer(text, 0, end):
        start = text.rfind(b"\n", behind, match.start()) + 1
        # only the first in a line can be a header, and the line may be long
        if (start or not behind) and not text[start : match.start()].strip(b" \t"):
            yield start
        behind = match.end()


def has_plain_header(text: bytes) -> bool:
    """Return whether a valid text certainly has a `[[projects]]` block.

    The first line that looks like a header is one, if no multi-line string can have
    begun before it; within an array such a line is not valid.
    """
    first = next(find_headers(text), None)
    return first is not None and not _LONG_STRING.search(text, 0, first)
