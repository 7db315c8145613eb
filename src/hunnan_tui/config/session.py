"""Where its reader left a dataset: filter, order, choices, cursor.

A convenience: whatever cannot be read or written is left out without a word.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.files.private import (
    name_of,
    read_json,
    text_of,
    texts_of,
    write_json,
)

_LARGEST = 1_000_000
"""Bytes of a file of a session."""


class Session(NamedTuple):
    """What was on the screen; names are those of the query language."""

    query: str = ""
    sort: tuple[tuple[str, bool], ...] = ()
    """Fields, and whether the largest came first."""
    choice: tuple[tuple[str, str], ...] = ()
    """Facets and values."""
    view: tuple[str, str] = ("", "")
    """Name and query of the view that was picked last."""
    current: str = ""
    """The key under the cursor."""
    columns: tuple[str, ...] = ()
    """The fields behind the name; empty: the usual ones."""


def load_session(folder: Path | None, dataset: Path) -> Session:
    """Return where a dataset was left; the beginning if that is not known.

    Args:
        folder: Where sessions are kept; None for nowhere.
        dataset: The file.
    """
    if folder is None:
        return Session()
    path = folder / f"{name_of(dataset)}.json"
    return read_json(path, _LARGEST, _session) or Session()


def save_session(folder: Path | None, dataset: Path, session: Session) -> None:
    """Keep where a dataset was left, for the next start."""
    if folder is None:
        return
    with suppress(OSError, UnicodeError):
        write_json(folder / f"{name_of(dataset)}.json", session._asdict())


def _session(record: Any) -> Session:
    sort = tuple((text_of(field), bool(largest)) for field, largest in record["sort"])
    choice = tuple(
        (text_of(facet), text_of(value)) for facet, value in record["choice"]
    )
    name, query = texts_of(record["view"])
    return Session(
        UNSAFE.sub("", text_of(record["query"])),
        sort,
        choice,
        (name, query),
        text_of(record["current"]),
        texts_of(record.get("columns", ())),
    )
