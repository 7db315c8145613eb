"""Formats plain values as TOML 1.0; tomli-w formats the scalar values."""

from __future__ import annotations

import re
from datetime import datetime
from math import copysign
from typing import Any

import tomli_w

from hunnan_tui.core.money import is_too_long

_BARE_KEY = re.compile("[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'["\\]')
LINE = 88
"""The longest list that stands on one line, in characters."""


def format_key(key: str) -> bytes:
    """Return a key, quoted if it must be."""
    if _BARE_KEY.fullmatch(key):
        return key.encode()
    return tomli_w.dumps({key: 1}).removesuffix(" = 1\n").encode()


def format_inline(value: Any) -> bytes:
    """Return a value on one line."""
    # most are texts with nothing to escape: many times as fast
    if type(value) is str and value.isprintable() and not _ESCAPED.search(value):
        return f'"{value}"'.encode()
    if isinstance(value, list):
        return b"[" + b", ".join(map(format_inline, value)) + b"]"
    if isinstance(value, dict):
        if not value:
            return b"{}"
        pairs = (
            format_key(key) + b" = " + format_inline(element)
            for key, element in value.items()
        )
        return b"{ " + b", ".join(pairs) + b" }"
    if isinstance(value, datetime):
        return value.isoformat().encode()
    if isinstance(value, float) and value != value:  # noqa: PLR0124  # NaN
        return b"nan" if copysign(1, value) > 0 else b"-nan"
    if is_too_long(value):
        return hex(value).encode()
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n").encode()


def format_pair(key: str, value: Any, newline: bytes) -> bytes:
    """Return a key and its value as lines of their own."""
    return format_key(key) + b" = " + _format_value(value, newline) + newline


def _format_value(value: Any, newline: bytes) -> bytes:
    # a carriage return would not come back from a multi-line string
    if isinstance(value, str) and "\n" in value and "\r" not in value:
        text = tomli_w.dumps({"x": value}, multiline_strings=True)
        lines = text.removeprefix("x = ").removesuffix("\n").encode()
        return lines.replace(b"\n", newline)
    short = format_inline(value)
    if isinstance(value, list) and value and len(short) > LINE:
        lines = b"".join(
            b"  " + format_inline(element) + b"," + newline for element in value
        )
        return b"[" + newline + lines + b"]"
    return short
