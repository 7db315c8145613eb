"""Finds the conflict markers of git in a text."""

from __future__ import annotations

import re

# also where somebody has commented them out
_MARKER = re.compile(
    rb"^(?:\xef\xbb\xbf)?[ \t]*(?:#[ \t]*)?(?:(<{7}|>{7})(?:[ \t][^\r\n]*)?|(={7}))\r?$",
    re.MULTILINE,
)


def find_conflicts(text: bytes) -> list[int]:
    """Return where each conflict begins, also one that has lost its first marker.

    A line of seven equals signs alone may underline a heading, and one of seven angle
    brackets may be a quotation: neither is a conflict by itself.
    """
    if b"<<<<<<<" not in text and b">>>>>>>" not in text:
        return []
    offsets: list[int] = []
    is_open, middle = False, None
    for marker in _MARKER.finditer(text):
        sign = (marker[1] or marker[2])[:1]
        if sign == b"<":
            offsets.append(marker.start())
            is_open, middle = True, None
        elif sign == b"=":
            middle = marker.start()
        else:
            if not is_open and middle is not None:
                offsets.append(middle)
            is_open, middle = False, None
    return offsets
