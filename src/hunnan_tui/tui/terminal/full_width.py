"""Translates the keys of a Chinese input method: `ｎ` to `n`, `？` to `?`, `、` to `/`.

They are translated only where no text is typed. A Chinese character there means that the
input method is composing words from the letters, so that commands cannot be typed.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from textual import events
from textual.keys import _character_to_key

_SHIFT: Final = 0xFEE0
"""From a full-width character (U+FF01 to U+FF5E) to its ASCII counterpart."""
_PUNCTUATION: Final = {
    "\u3000": " ",
    "、": "/",
    "。": ".",
    "·": "`",
    "【": "[",
    "】": "]",
    "《": "<",
    "》": ">",
    "「": "[",
    "」": "]",
    "￥": "$",
}
"""What the keys of a Chinese keyboard send besides full-width characters."""
_HAN: Final = range(0x3400, 0x323B0)


def to_plain_key(event: events.Key) -> events.Key:
    """Return the ASCII key for a full-width one; any other key unchanged."""
    character = event.character or _find_character(event.key)
    plain = _PUNCTUATION.get(character, "")
    if len(character) == 1 and 0xFF01 <= ord(character) <= 0xFF5E:
        plain = chr(ord(character) - _SHIFT)
    return events.Key(_character_to_key(plain), plain) if plain else event


def _find_character(key: str) -> str:
    """Return the character that a key is named after; empty if it is none."""
    try:
        return unicodedata.lookup(key.replace("_", " ")) if "_" in key else ""
    except KeyError:
        return ""


def is_chinese(event: events.Key) -> bool:
    """Return whether a key is a Chinese character, which an input method composed."""
    return is_han(event.character or "")


def is_han(text: str) -> bool:
    """Return whether a text is one Chinese character."""
    return len(text) == 1 and ord(text) in _HAN
