"""JSON lines that say whether they are whole."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

DIGEST = 8
"""Bytes that tell a text from what it was, or a damaged line from a whole one."""


class BrokenSurveyError(Exception):
    """Lines that cannot be used: damaged, cut off, or of another file or version."""


def line(said: object) -> bytes:
    """Return plain values as a line with its digest."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return _sign(body) + body + b"\n"


def parsed(text: bytes) -> dict[str, Any]:
    """Return what a line says.

    Raises:
        BrokenSurveyError: It is damaged.
    """
    body = text[2 * DIGEST : -1]
    if text[-1:] != b"\n" or text[: 2 * DIGEST] != _sign(body):
        raise BrokenSurveyError
    said: dict[str, Any] = json.loads(body)
    return said


def hash_of(text: bytes) -> str:
    """Return what tells a text from any other."""
    return blake2b(text, digest_size=32).hexdigest()


def digest(text: bytes) -> bytes:
    """Return what tells a short text from any other, in `DIGEST` bytes."""
    return blake2b(text, digest_size=DIGEST).digest()


def _sign(body: bytes) -> bytes:
    return digest(body).hex().encode()
