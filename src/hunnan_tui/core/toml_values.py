"""TOML values in words: what is written, and of which kind it is."""

from datetime import date, datetime

from hunnan_tui.core.money import INTEGERS, is_too_long

WRITTEN_LENGTH = 2_000
"""Characters of a value that we could not read, or do not know, that are shown."""


def format_toml_value(value: object) -> str:
    """Return a TOML value as text of bounded length, much as the file has it."""
    if isinstance(value, str):
        return value[:WRITTEN_LENGTH]
    if is_too_long(value):
        # Python refuses to turn such numbers into decimal digits
        return f"a number of about {value.bit_length() * 3 // 10} digits"
    import tomli_w  # most files have nothing to show so

    try:
        text = tomli_w.dumps({"x": value})
    except (ValueError, RecursionError):
        return f"{name_type(value)} that is too large to show"
    return text.removeprefix("x = ").strip()[:WRITTEN_LENGTH]


def name_type(value: object) -> str:
    """Return what kind of TOML value this is, in words."""
    if type(value) is int and value not in INTEGERS:
        return "an integer of more than 64 bits"
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a whole number"),
        (float, "a decimal number"),
        (datetime, "a date with a time"),
        (date, "a date"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), "a time")
