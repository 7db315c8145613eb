"""Reads a command line that is being typed, and writes words as a shell wants them."""

from __future__ import annotations

import re
from typing import NamedTuple

_ESCAPED_IN_QUOTES = '$`"\\'
_POWERSHELL_SAFE = re.compile(r"[\w./\\:=+%-]+")


class TypedLine(NamedTuple):
    """A command line up to the cursor."""

    words: list[str]
    """The words before the one at the cursor, without quotes."""
    current: str
    """The word at the cursor, without quotes; empty behind a blank."""
    quote: str = ""
    """The quotation mark that is open at the cursor."""
    cut: int = 0
    """How many characters of the current word stay when the shell replaces its end."""


def split_line(line: str, breaks: str = "") -> TypedLine:
    """Split a line of bash as far as it is typed.

    Args:
        line: The text before the cursor.
        breaks: The characters behind which bash replaces a part of a word.
    """
    words: list[str] = []
    value: list[str] = []
    is_inside, quote, cut, opened = False, "", 0, 0
    characters = iter(line)
    for character in characters:
        if quote == "'" and character != quote:
            value.append(character)
        elif character == quote:
            quote = ""
        elif character == "\\":
            following = next(characters, "")
            if quote and following not in _ESCAPED_IN_QUOTES:
                value.append(character)
            value.append(following)
            is_inside = True
        elif quote:
            value.append(character)
        elif character in "'\"":
            quote, opened, is_inside = character, len(value), True
        elif character.isspace():
            if is_inside:
                words.append("".join(value))
            value, is_inside, cut = [], False, 0
        else:
            value.append(character)
            is_inside = True
            if character in breaks:
                cut = len(value)
    return TypedLine(words, "".join(value), quote, opened if quote else cut)


def quote_for_bash(value: str, quote: str = "") -> str | None:
    """Return a value as it is typed in bash, behind an open quotation mark if there is one.

    None if it cannot be typed so.
    """
    if quote == "'":
        return None if "'" in value else value
    if quote:
        # an exclamation mark recalls a command there, and cannot be escaped
        escaped = re.sub(r'([$`"\\])', r"\\\1", value)
        return None if "!" in value else escaped
    return re.sub(r"([^\w./,:=@%+-])", r"\\\1", value)


def quote_for_powershell(value: str) -> str:
    """Return a value as one argument of PowerShell."""
    if _POWERSHELL_SAFE.fullmatch(value):
        return value
    # typographic quotation marks end a text there, too
    return "'" + re.sub("(['\u2018-\u201b])", r"\1\1", value) + "'"
