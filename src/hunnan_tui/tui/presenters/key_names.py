"""How keys are written: the same in footer, help, palette, dialogs and on the command line."""

from __future__ import annotations

from textual.keys import format_key, key_to_character

_NAMES = {
    "enter": "enter",
    "backspace": "backspace",
    "delete": "delete",
    "pagedown": "pagedown",
    "pageup": "pageup",
}
"""The keys that Textual would write as a sign or a short form."""


def display_key(key: str) -> str:
    """Return how a key is written for people: `ctrl+d`, `?`, `esc`, `↑`.

    Args:
        key: Textual's name of it: `ctrl+d`, `question_mark`.
    """
    modifiers, plus, name = key.rpartition("+")
    return f"{modifiers}{plus}{_NAMES.get(name) or format_key(name)}"


def is_everywhere(key: str) -> bool:
    """Return whether every keyboard has a key; twins that do the same are on others.

    Args:
        key: Textual's name of it: `left_square_bracket`, `left_corner_bracket`.
    """
    return (key_to_character(key) or "x").isascii()
