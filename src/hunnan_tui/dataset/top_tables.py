"""The tables before the first project of a large file: sources, above all.

A file may have as many of them as projects, each with its own source. To parse megabytes
of them at once would hold everything up, so they are parsed in batches; and the first
screen begins with the few that it shows.
"""

# no annotations from __future__: the first screen waits for this module
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomli

from hunnan_tui.dataset.headers import find_headers

if TYPE_CHECKING:
    import mmap

_HEAD = 1 << 19
"""Bytes at the start of a file, and from its first project on, that are looked at first."""
_BATCH = 1 << 16
"""Bytes of tables that are parsed together."""
_TRIES = 20
"""Places at which a batch may end in vain: lines within a string look like tables too."""

_NUMEROUS = re.compile(rb"\n\[\[(?:sources|announcements)\]\]")
"""Where a table begins of which a file may have very many."""
_FEW = re.compile(rb"\n\[\[?(?:dataset|industries|stages|fields|views)\]")


class Beginning(NamedTuple):
    """What the first screen of a large file is made of."""

    top: bytes
    """Tables before the first project: not all of them, if they are very many."""
    blocks: list[bytes]
    """The first projects."""


def read_beginning(path: Path, most: int) -> Beginning | None:
    """Return the beginning of a large file; None if there is no project in it.

    Args:
        path: The file.
        most: How many projects to return at most.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        text = file.read(_HEAD)
        starts = list(islice(find_headers(text), most + 1))
        top = text[: starts[0]] if starts else b""
        if not starts:
            import mmap  # few files have so many tables

            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
                first = next(find_headers(whole), None)
                if first is None:
                    return None
                top = b"".join(_find_few(whole, first))
                text = whole[first : first + _HEAD]
            starts = list(islice(find_headers(text), most + 1))
    ends = starts[1:]  # the last one found may be cut off
    return Beginning(
        top, [text[start:end] for start, end in zip(starts, ends, strict=False)]
    )


def _find_few(text: "mmap.mmap", first: int) -> Iterator[bytes]:
    """Yield the tables at the start of a text, and behind them those that are few."""
    cut = text.rfind(b"\n[[", 0, _HEAD) + 1
    yield text[:cut]
    for match in _FEW.finditer(text, max(cut - 1, 0), first):
        end = text.find(b"\n[", match.end(), first)
        yield text[match.start() : first if end < 0 else end]


def parse_top(text: bytes, pause: Callable[[], None]) -> dict[str, Any]:
    """Parse the tables before the first project, many of them in batches.

    Args:
        text: Their text.
        pause: Called between batches; may raise to stop.

    Raises:
        ValueError: It is no TOML.
        RecursionError: It is nested too deeply.
    """
    text = text.removeprefix(b"\xef\xbb\xbf")
    record, start = _parse_batch(text, 0)
    first = text[:start]
    arrays: set[str] = set()
    while record is not None and start < len(text):
        pause()
        batch, start = _parse_batch(text, start)
        if batch is None or not _can_add(record, batch, first, arrays):
            record = None
            break
        for name, value in batch.items():
            if name in arrays:
                record[name] += value
            else:
                record[name] = value
    return tomli.loads(text.decode()) if record is None else record


def _parse_batch(text: bytes, start: int) -> tuple[dict[str, Any] | None, int]:
    """Return the tables from an offset on, None if they are not plain, and their end.

    A piece that parses by itself ends at a true boundary: an open string or array would
    be an error.
    """
    end = start
    for _ in range(_TRIES):
        match = _NUMEROUS.search(text, min(len(text), max(end + 1, start + _BATCH)))
        end = match.start() + 1 if match else len(text)
        try:
            return tomli.loads(text[start:end].decode()), end
        except ValueError:
            if end == len(text):
                break
    return None, end


def _can_add(
    record: dict[str, Any], batch: dict[str, Any], first: bytes, arrays: set[str]
) -> bool:
    """Return whether a batch has other tables, or more of the same arrays of tables.

    Args:
        record: The batches before it.
        batch: The batch.
        first: The text of the first batch, the only one with values outside tables.
        arrays: Receives the names that are arrays of tables in both.
    """
    for name in batch.keys() & record.keys() - arrays:
        if not isinstance(record[name], list) or not isinstance(batch[name], list):
            return False
        try:  # an array that is written as a value takes no further table
            tomli.loads(f"{first.decode()}\n[[{name}]]\n")
        except ValueError:
            return False
        arrays.add(name)
    return True
