"""Keys as a Chinese input method sends them: `ｎ` for `n`, `？` for `?`, `、` for `/`.

Where no text is typed they are the keys that they stand for. A Chinese character there
means that the input method takes the letters: that is said, once.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from textual import events
from textual.keys import _character_to_key

_SHIFT: Final = 0xFEE0
"""From a full-width sign (U+FF01 to U+FF5E) to its ASCII twin."""
_SIGNS: Final = {
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
"""What the keys of a Chinese keyboard send besides the full-width signs."""
_HAN: Final = range(0x3400, 0x323B0)


def plain_key(event: events.Key) -> events.Key:
    """Return the key that a full-width one stands for; any other as it is."""
    character = event.character or _named(event.key)
    twin = _SIGNS.get(character, "")
    if len(character) == 1 and 0xFF01 <= ord(character) <= 0xFF5E:
        twin = chr(ord(character) - _SHIFT)
    return events.Key(_character_to_key(twin), twin) if twin else event


def _named(key: str) -> str:
    """Return the character that a key is called after; empty if it is none."""
    try:
        return unicodedata.lookup(key.replace("_", " ")) if "_" in key else ""
    except KeyError:
        return ""


def is_chinese(event: events.Key) -> bool:
    """Return whether a key is a Chinese character: an input method has made it."""
    character = event.character or ""
    return len(character) == 1 and ord(character) in _HAN
