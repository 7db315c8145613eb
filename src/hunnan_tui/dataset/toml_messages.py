"""What the TOML parser says is wrong, in the language of the interface."""

from __future__ import annotations

import re

from hunnan_tui.core.language import N_, _

_FIXED = (
    N_("Cannot overwrite a value"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected newline or end of document after a statement"),
    N_("Invalid date or datetime"),
    N_("Invalid initial character for a key part"),
    N_("Invalid statement"),
    N_("Invalid value"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Unterminated string"),
)
_NAMED = (
    (re.compile(r"Cannot declare \((.+?),?\) twice"), N_("Cannot declare {key} twice")),
    (
        re.compile(r"Duplicate inline table key (.+)"),
        N_("Duplicate inline table key {key}"),
    ),
    (re.compile(r"Illegal character (.+)"), N_("Illegal character {key}")),
    (re.compile(r"Found invalid character (.+)"), N_("Found invalid character {key}")),
)


def name_error(message: str) -> str:
    """Return a message of the parser as people read it; one that is not known as it is."""
    if message in _FIXED:
        return _(message)
    for pattern, text in _NAMED:
        if match := pattern.fullmatch(message):
            translated = _(text)
            return translated.format(key=match[1]) if translated != text else message
    return message
