"""JSON lines that say whether they are whole."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

_DIGEST = 8
"""Bytes that tell a damaged line from a whole one."""


class BrokenSurveyError(Exception):
    """Lines that cannot be used: damaged, cut off, or of another file or version."""


def line(said: object) -> bytes:
    """Return plain values as a line with its digest."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return _digest(body) + body + b"\n"


def parsed(text: bytes) -> dict[str, Any]:
    """Return what a line says.

    Raises:
        BrokenSurveyError: It is damaged.
    """
    body = text[2 * _DIGEST : -1]
    if text[-1:] != b"\n" or text[: 2 * _DIGEST] != _digest(body):
        raise BrokenSurveyError
    said: dict[str, Any] = json.loads(body)
    return said


def hash_of(text: bytes) -> str:
    """Return what tells a text from any other."""
    return blake2b(text, digest_size=32).hexdigest()


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST).hexdigest().encode()
