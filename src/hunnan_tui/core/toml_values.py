"""TOML values in words: what is written, and of which kind it is."""

from datetime import date, datetime

from hunnan_tui.core.language import _
from hunnan_tui.core.money import INTEGERS, is_too_long

WRITTEN_LENGTH = 2_000
"""Characters of a value that we could not read, or do not know, that are shown."""


def format_toml_value(value: object) -> str:
    """Return a TOML value as text of bounded length, much as the file has it."""
    if isinstance(value, str):
        return value[:WRITTEN_LENGTH]
    if is_too_long(value):
        # Python refuses to turn such numbers into decimal digits
        return _("a number of about {digits} digits").format(
            digits=value.bit_length() * 3 // 10
        )
    import tomli_w  # most files have nothing to show so

    try:
        text = tomli_w.dumps({"x": value})
    except (ValueError, RecursionError):
        return _("{type} that is too large to show").format(type=name_type(value))
    return text.removeprefix("x = ").strip()[:WRITTEN_LENGTH]


def name_type(value: object) -> str:
    """Return what kind of TOML value this is, in words."""
    if type(value) is int and value not in INTEGERS:
        return _("an integer of more than 64 bits")
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, _("true or false")),
        (str, _("a text")),
        (int, _("a whole number")),
        (float, _("a decimal number")),
        (datetime, _("a date with a time")),
        (date, _("a date")),
        (list, _("a list")),
        (dict, _("a table")),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), _("a time"))
