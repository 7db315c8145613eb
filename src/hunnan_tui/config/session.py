"""Where the user left a dataset: filter, order, facets, cursor.

It is a convenience: errors of reading or writing are ignored.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.files.private import (
    expect_text,
    expect_texts,
    hash_path,
    read_json,
    write_json,
)

_LARGEST = 1_000_000
"""Bytes of a file of a session."""
_WIDEST = 10_000
"""Cells of a screen."""


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
    widths: tuple[int, int] = (0, 0)
    """Cells of the facets, and thousandths of the detail; 0: the usual ones."""
    recent: tuple[str, ...] = ()
    """The keys of the projects that were opened last, the latest first."""


MOST_RECENT = 9


def remember(recent: Sequence[str], key: str) -> tuple[str, ...]:
    """Return the projects that were opened last, with one that is opened now."""
    others = [other for other in recent if other != key]
    return (key, *others)[:MOST_RECENT]


def load_session(folder: Path | None, dataset: Path) -> Session:
    """Return where a dataset was left; the beginning if that is not known.

    Args:
        folder: Where sessions are kept; None for nowhere.
        dataset: The file.
    """
    if folder is None:
        return Session()
    path = folder / f"{hash_path(dataset)}.json"
    return read_json(path, _LARGEST, _parse_session) or Session()


def save_session(folder: Path | None, dataset: Path, session: Session) -> None:
    """Save where a dataset was left."""
    if folder is None:
        return
    with suppress(OSError, UnicodeError):
        write_json(folder / f"{hash_path(dataset)}.json", session._asdict())


def _parse_session(record: Any) -> Session:
    sort = tuple(
        (expect_text(field), bool(largest)) for field, largest in record["sort"]
    )
    choice = tuple(
        (expect_text(facet), expect_text(value)) for facet, value in record["choice"]
    )
    name, query = expect_texts(record["view"])
    return Session(
        UNSAFE.sub("", expect_text(record["query"])),
        sort,
        choice,
        (name, query),
        expect_text(record["current"]),
        expect_texts(record.get("columns", ())),
        _parse_widths(record.get("widths")),
        expect_texts(record.get("recent", ()))[:MOST_RECENT],
    )


def _parse_widths(value: Any) -> tuple[int, int]:
    """Return the widths; the usual ones for anything else, which loses nothing else."""
    match value:
        case [int(facets), int(detail)] if (
            0 <= facets <= _WIDEST and 0 <= detail < 1_000
        ):
            return int(facets), int(detail)
    return 0, 0
