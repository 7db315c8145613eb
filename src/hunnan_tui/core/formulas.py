"""Texts that no spreadsheet runs as a formula.

A spreadsheet takes a text for a formula that begins with `=`, `+`, `-` or `@`, or with a
form of them that it widens; some also where blanks, signs that are not seen or quotes
stand before it; and a text that begins with a tab or a line break. Such a text gets an
apostrophe before it: to get the text back take one apostrophe away where what follows is
such a text (`restore`).
"""

from __future__ import annotations

import unicodedata

_SIGNS = frozenset("=+-@\u2212\ufe66\ufe62\ufe63\ufe6b＝＋－＠⁼⁺⁻₌₊₋﬩⩵⩶")
"""The signs, and all that compatibility folding makes one of them."""
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800'\"`´＂＇｀")
"""Letters and signs that show nothing, and quotes that are no quotes for Unicode."""
_BREAKS = ("\t", "\r", "\n")


def defuse(text: str) -> str:
    """Return a text as it stands in a cell: no spreadsheet takes it for a formula."""
    return f"'{text}" if _is_formula(text) else text


def restore(text: str) -> str:
    """Return the text that `defuse` was given."""
    return text[1:] if text.startswith("'") and _is_formula(text) else text


def _is_formula(text: str) -> bool:
    if text.lstrip("'").startswith(_BREAKS):
        return True
    for character in text:
        if character in _SIGNS:
            return True
        if not _may_precede(character):
            return False
    return False


def _may_precede(character: str) -> bool:
    """Return whether a spreadsheet may look behind a character for the sign."""
    if character in _BLANK:
        return True
    category = unicodedata.category(character)
    # separators, controls and formats, marks that join, quotes
    return category[0] in "ZC" or category in ("Mn", "Me", "Pi", "Pf")
