"""The history of typed queries, the newest last.

It is a convenience: errors of reading or writing are ignored.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.files.private import expect_texts, read_json, write_json

FILE = "queries.json"
MOST_QUERIES = 200
_LARGEST = 4_000_000
"""Bytes of the file."""


def load_queries(folder: Path | None) -> list[str]:
    """Return the saved queries."""
    if folder is None:
        return []
    queries = read_json(folder / FILE, _LARGEST, expect_texts) or ()
    return [UNSAFE.sub("", query) for query in queries[-MOST_QUERIES:]]


def save_query(folder: Path | None, query: str) -> None:
    """Add a query; one that is there becomes the newest."""
    if folder is None:
        return
    queries = [other for other in load_queries(folder) if other != query]
    with suppress(OSError, UnicodeError):
        write_json(folder / FILE, [*queries, query][-MOST_QUERIES:])
