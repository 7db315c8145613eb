"""How text is compared, and how it is sanitized for display.

No text from a file reaches a terminal without `display` or `display_line`.
"""

from __future__ import annotations

import re

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
"""What a terminal could obey or hide: controls, bidi controls, invisible characters.

ZWJ and ZWNJ stay: emoji, Persian and the Indic scripts need them.
"""

_PICTURES = {c: chr(0x2400 + c) for c in range(0x20)} | {0x7F: "␡"}


def _mark(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _PICTURES.get(code) or f"⟨U+{code:04X}⟩"


def display(text: str) -> str:
    """Return text safe for a terminal; newlines and tabs stay, controls become marks."""
    if text.isascii() and text.isprintable():
        return text
    return UNSAFE.sub(_mark, text.replace("\r\n", "\n"))


def display_line(text: str) -> str:
    """Like `display`, on one line: a line break shows as ⏎, a tab as a blank."""
    if text.isascii() and text.isprintable():
        return text
    return display(text).replace("\n", "⏎").replace("\t", " ")


def display_path(path: object) -> str:
    """Return a path as it is shown in a message."""
    return display_line(str(path))


def fold(text: str) -> str:
    """Return the form in which texts are compared, tags as well as what is searched.

    Width, case, accents, strokes and ligatures, invisible characters, radicals and
    traditional or simplified writing make no difference; blanks are single spaces.
    """
    if text.isascii():
        folded = text.lower().replace("\0", "")
    else:
        from hunnan_tui.core.folding import (
            FOLDED,  # its tables are not needed for most text
        )

        folded = text.translate(FOLDED)
    return " ".join(folded.split())
