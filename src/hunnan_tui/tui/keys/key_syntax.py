"""The names of keys as people write them, and which of them a terminal can send."""

from __future__ import annotations

import unicodedata
from difflib import get_close_matches
from functools import cache

from textual.keys import Keys, _character_to_key, key_to_character

from hunnan_tui.core.language import _
from hunnan_tui.tui.terminal.full_width import is_han

_ALIASES = {
    "esc": "escape",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "del": "delete",
    "ins": "insert",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    "control": "ctrl",
    "option": "alt",
    "cmd": "super",
    "win": "super",
}
_MODIFIERS = ("alt", "ctrl", "hyper", "meta", "super", "shift")
"""In the order in which Textual writes them."""
_SENT_AS = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "esc",
}
"""Keys that a terminal sends as another one."""
_SENT_WITH_CTRL = frozenset(
    {"at", "space", "backslash", "right_square_bracket"}
    | {"circumflex_accent", "underscore"}
)
"""Signs that have a control character, besides the letters."""
_CURSOR_KEYS = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    | {"insert", "delete"}
    | {f"f{number}" for number in range(1, 13)}
)
"""Keys that terminals send with modifiers."""


def find_key(text: str) -> str | None:
    """Return Textual's name of a key that is written `ctrl+n`, `^n`, `?`, `N` or `esc`.

    None if there is no such key.
    """
    text = unicodedata.normalize("NFKC", text)  # an input method's ？ is ?
    if len(text) > 1 and text.startswith("^"):
        text = f"ctrl+{text[1:]}"
    if not text:
        return None
    *words, name = text.split("+")
    if text == "+" or text.endswith("++"):
        *words, name = *text[:-2].split("+"), "+"
        words = [word for word in words if word]
    modifiers = {
        _ALIASES.get(word.casefold().strip(), word.casefold()) for word in words
    }
    if not modifiers <= {*_MODIFIERS}:
        return None
    if len(name) > 1:
        name = name.casefold().strip()
    name = _ALIASES.get(name, name)
    if len(name) == 1:
        if name.isalpha() and "shift" in modifiers:
            name = name.upper() if modifiers == {"shift"} else name.lower()
            modifiers -= {"shift"} if modifiers == {"shift"} else set()
        elif modifiers:
            name = name.lower()
        if is_han(name):
            return None  # no key, but composed by an input method
        name = _character_to_key(name)
    elif name not in _list_names():
        character = key_to_character(name)
        if character is None or not character.isprintable() or is_han(character):
            return None
    return "+".join([*(each for each in _MODIFIERS if each in modifiers), name])


def suggest_key(text: str) -> str:
    """Return the key that was probably meant; empty if none is close."""
    *words, name = text[:40].casefold().split("+")
    mended = [_find_near(word, _MODIFIERS) for word in words]
    if name and len(name) > 1:
        name = _find_near(name, sorted({*_list_names(), *_ALIASES}))
    if not name or not all(mended):
        return ""
    near = "+".join([*mended, name])
    return near if find_key(near) else ""


def explain_unsent(key: str, *, has_kitty_keys: bool) -> tuple[str, str] | None:
    """Return why a terminal does not send a key, and what to do; None if it does.

    Args:
        key: Textual's name of it.
        has_kitty_keys: Whether the terminal has the kitty keyboard protocol.
    """
    if key == "ctrl+c":
        return (
            _("ctrl+c copies what is selected, and ends what hangs"),
            _("choose another key"),
        )
    if key in _SENT_AS:
        message = _("terminals send {same} for {key}").format(
            same=_SENT_AS[key], key=key.replace("left_square_bracket", "[")
        )
        return message, _("choose another key")
    if has_kitty_keys or _is_sent(key):
        return None
    message = _("most terminals do not send {key}").format(key=key)
    hint = _(
        "choose another key, or set kitty_keys = true if the terminal has the protocol"
    )
    return message, hint


def _is_sent(key: str) -> bool:
    *modifiers, name = key.split("+")
    if not modifiers:
        return True
    if name in _CURSOR_KEYS:
        return {*modifiers} <= {"ctrl", "shift", "alt"}
    if modifiers == ["ctrl"]:
        is_letter = len(name) == 1 and name.isascii() and name.isalpha()
        return is_letter or name in _SENT_WITH_CTRL
    if modifiers == ["shift"]:
        return name == "tab"
    return modifiers == ["alt"]


def _find_near(word: str, words: tuple[str, ...] | list[str]) -> str:
    return (get_close_matches(word, words, n=1, cutoff=0.6) or [""])[0]


@cache
def _list_names() -> frozenset[str]:
    """Return the names of keys without modifiers."""
    names = (str(key.value) for key in Keys)
    signs = (_character_to_key(chr(code)) for code in range(0x21, 0x7F))
    return frozenset([*(name for name in names if name.isalnum()), *signs])
