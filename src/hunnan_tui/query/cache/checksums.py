"""JSON lines with checksums."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

DIGEST_SIZE = 8
"""Length in bytes of the digest of a line or a block."""


class InvalidIndexError(Exception):
    """An index that is damaged, incomplete, or of another file or version."""


def format_line(value: object) -> bytes:
    """Return plain values as a line with its digest."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return _format_digest(body) + body + b"\n"


def parse_line(text: bytes) -> dict[str, Any]:
    """Return the values of a line.

    Raises:
        InvalidIndexError: It is damaged.
    """
    body = text[2 * DIGEST_SIZE : -1]
    if text[-1:] != b"\n" or text[: 2 * DIGEST_SIZE] != _format_digest(body):
        raise InvalidIndexError
    value: dict[str, Any] = json.loads(body)
    return value


def hash_text(text: bytes) -> str:
    """Return a hash that identifies a text."""
    return blake2b(text, digest_size=32).hexdigest()


def compute_digest(text: bytes) -> bytes:
    """Return a digest of a short text, in `DIGEST_SIZE` bytes."""
    return blake2b(text, digest_size=DIGEST_SIZE).digest()


def _format_digest(body: bytes) -> bytes:
    return compute_digest(body).hex().encode()
