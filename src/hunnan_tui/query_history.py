"""The queries that were typed, the newest last, for the next start.

A convenience, like the session: whatever cannot be read or written is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hunnan_tui.disk import make_private, remove
from hunnan_tui.places import private_folder

FILE = "queries.json"
KEPT = 200
_LONGEST = 1_000_000
"""Bytes of the file that are looked at."""


def load_queries(folder: Path | None) -> list[str]:
    """Return the queries that are kept in the folder of the state."""
    if folder is None:
        return []
    try:
        with (folder / FILE).open("rb") as file:
            said = json.loads(file.read(_LONGEST))
        return [each for each in said if isinstance(each, str)][-KEPT:]
    except (OSError, ValueError, TypeError, RecursionError):
        return []


def keep_query(folder: Path | None, query: str) -> None:
    """Add a query to those that are kept; one that is there becomes the newest."""
    if folder is None:
        return
    known: Sequence[str] = [each for each in load_queries(folder) if each != query]
    text = json.dumps([*known, query][-KEPT:], ensure_ascii=False)
    beside = folder / f"{FILE}.{os.getpid()}"
    with suppress(OSError, UnicodeError):
        private_folder(folder)
        remove(beside)  # of a process that was killed
        make_private(beside, text.encode())
        beside.replace(folder / FILE)
