"""Where its reader left a dataset: filter, order, choices, cursor.

A convenience: whatever cannot be read or written is left out without a word.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.disk import make_private, remove
from hunnan_tui.places import name_of, private_folder

_LONGEST = 100_000
"""Bytes of a file that is looked at."""


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
    try:
        with (folder / f"{name_of(dataset)}.json").open("rb") as file:
            record = json.loads(file.read(_LONGEST))
        return _session(record)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return Session()


def save_session(folder: Path | None, dataset: Path, session: Session) -> None:
    """Keep where a dataset was left, for the next start."""
    if folder is None:
        return
    beside = folder / f"{name_of(dataset)}.{os.getpid()}"
    with suppress(OSError, UnicodeError):
        private_folder(folder.parent)
        private_folder(folder)
        try:
            make_private(beside, json.dumps(session._asdict()).encode())
            beside.replace(folder / f"{name_of(dataset)}.json")
        except OSError:
            remove(beside)


def _session(record: Any) -> Session:
    sort = tuple((_text(field), bool(largest)) for field, largest in record["sort"])
    choice = tuple((_text(facet), _text(value)) for facet, value in record["choice"])
    name, query = record["view"]
    return Session(
        _text(record["query"]),
        sort,
        choice,
        (_text(name), _text(query)),
        _text(record["current"]),
        tuple(map(_text, record.get("columns", ()))),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
