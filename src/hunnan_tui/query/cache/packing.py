"""Packs and unpacks the index of a file.

The list is shown from the first pieces; columns are unpacked on first use.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any, BinaryIO

from hunnan_tui.dataset.incremental import read_top
from hunnan_tui.dataset.key_index import KeyIndex
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import Parsed
from hunnan_tui.query.cache.checksums import InvalidIndexError, compute_digest
from hunnan_tui.query.cache.chunks import Chunks, write_chunks
from hunnan_tui.query.cache.protocol import make_header, pack_problems, unpack_problems
from hunnan_tui.query.cache.reader import CachedFile
from hunnan_tui.query.engine.base_columns import (
    CACHED_COLUMNS,
    make_packed_columns,
    pack_column,
    unpack_column,
)
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import pause
from hunnan_tui.query.engine.counts import Count, FacetCounts
from hunnan_tui.query.engine.index import Index, Overview

_PIECE_ROWS = 1_000
"""Values in a piece, few enough not to delay a key."""
_NEIGHBORS = 500
"""Rows at the top and around the cursor whose keys are indexed at once."""
_SEPARATOR = "\x1e"
"""Separates texts; folded text and its UTF-8 never contain it."""
_TEXTS, _BYTES, _VALUES = b"T", b"B", b"V"
"""The encodings of a piece: texts, bytes or JSON."""


@dataclass(frozen=True, slots=True)
class FileIndex:
    """The parsed dataset of a text, with its index."""

    parsed: Parsed
    starts: Sequence[int]
    """The offsets of the project blocks in the text, in bytes."""
    index: Index
    key_index: KeyIndex

    def unpack(self) -> None:
        """Unpack all columns; may run in a thread of its own."""
        self.key_index.complete(pause)
        self.index.unpack()


def write_cache(
    file: BinaryIO,
    file_index: FileIndex,
    snapshot: CachedFile,
    facets: tuple[str, ...],
    wait: Callable[[], None],
) -> None:
    """Write an index to a cache file.

    Args:
        file: The cache file.
        file_index: The index.
        snapshot: The file that it belongs to.
        facets: The facets whose counts the first screen shows.
        wait: Called now and then; may raise to end the writing.
    """
    overview = file_index.index.make_overview(facets)
    text, starts = snapshot.text, array("Q", file_index.starts)
    contents = {
        "top": compute_digest(text[: starts[0]]).hex(),
        "heading": make_header(len(snapshot.text), snapshot.hash),
        "stamp": list(snapshot.stamp),
        "problems": pack_problems(file_index.parsed.problems),
        "all": astuple(overview.counts.all),
        "facets": {
            facet: {value: astuple(count) for value, count in counts.items()}
            for facet, counts in overview.counts.facets.items()
        },
        "spellings": overview.spellings,
        "parts": overview.parts,
    }

    def make_chunks() -> Iterator[tuple[str, bytes]]:
        yield "starts", starts.tobytes()
        yield "order", array("Q", overview.positions).tobytes()
        annotated = map(
            file_index.key_index.__getitem__,
            file_index.parsed.dataset.list_annotated_keys(),
        )
        yield "annotated", array("Q", annotated).tobytes()
        columns = file_index.index.columns
        values = {repr(name): columns.get(name) for name in CACHED_COLUMNS}
        for name, column in {"keys": columns.keys, **values}.items():
            for start in range(0, len(column), _PIECE_ROWS):
                wait()
                yield name, _pack_piece(column[start : start + _PIECE_ROWS])
        ends = [*starts[1:], len(text)]
        for first in range(0, len(starts), _PIECE_ROWS):
            wait()
            bounds = zip(
                starts[first : first + _PIECE_ROWS], ends[first:], strict=False
            )
            yield "digests", b"".join(compute_digest(text[a:b]) for a, b in bounds)

    write_chunks(file, contents, make_chunks())


def check_header(snapshot: CachedFile, contents: dict[str, Any]) -> None:
    """Check that a cache belongs to a text and to this version of the program.

    Raises:
        InvalidIndexError: It does not.
    """
    if contents.get("heading") != make_header(len(snapshot.text), snapshot.hash):
        raise InvalidIndexError


def is_probably_current(snapshot: CachedFile, contents: dict[str, Any]) -> bool:
    """Return whether the file has not been touched since, so that hashing it can wait."""
    with suppress(LookupError, TypeError):
        header = contents["heading"]
        is_same = header == make_header(len(snapshot.text), header["hash"])
        return bool(is_same and contents["stamp"] == list(snapshot.stamp))
    return False


def unpack(
    text: bytes, contents: dict[str, Any], chunks: Chunks, cursor_key: str = ""
) -> FileIndex:
    """Return the index of a text from its cache.

    Args:
        text: The text.
        contents: The small values in the cache.
        chunks: The large values; a column is removed when it is unpacked.
        cursor_key: The key of the project under the cursor.

    Raises:
        NotInBlocksError: The text must be parsed as a whole.
    """
    starts, order, annotated = map(
        partial(take_numbers, chunks), ("starts", "order", "annotated")
    )
    keys = take_keys(chunks)
    key_index = KeyIndex(
        keys, [*order[:_NEIGHBORS], *_find_neighbors(keys, order, cursor_key)]
    )
    top = read_top(text, pause=pause)
    projects = LazyProjects(
        BlockReader(text, starts, top.currency),
        key_index,
        _KeySubset(keys, annotated),
    )
    dataset = top._replace(projects=projects)
    columns = make_packed_columns(partial(take_column, chunks))
    index = Index(dataset, Columns(dataset, columns))
    facets = {
        facet: {
            value: Count(*_check_integers(count)) for value, count in counts.items()
        }
        for facet, counts in contents["facets"].items()
    }
    counts = FacetCounts(Count(*_check_integers(contents["all"])), facets)
    spellings = dict(contents["spellings"])
    _check_integers(spellings.values())
    parts = [(item, depth) for item, depth in contents["parts"]]
    _check_integers(number for pair in parts for number in pair)
    index.prime(Overview(order, counts, spellings, parts))
    problems = unpack_problems(contents["problems"])
    return FileIndex(Parsed(dataset, problems), starts, index, key_index)


def _check_integers(values: Iterable[int]) -> list[int]:
    """Return values that must be integers; otherwise raise TypeError."""
    numbers = list(values)
    if any(type(number) is not int for number in numbers):
        raise TypeError(numbers)
    return numbers


@dataclass(frozen=True, slots=True)
class _KeySubset(Iterable[str]):
    """The keys at some indexes."""

    keys: Sequence[str]
    positions: Sequence[int]

    def __iter__(self) -> Iterator[str]:
        return map(self.keys.__getitem__, self.positions)


def take_numbers(chunks: Chunks, name: str) -> array[int]:
    """Remove a list of numbers from the chunks and return it."""
    numbers = array("Q")
    for piece in chunks.pop(name):
        numbers.frombytes(piece)
    return numbers


def _find_neighbors(keys: list[str], order: array[int], cursor_key: str) -> array[int]:
    """Return the indexes of the projects that are listed around one."""
    with suppress(ValueError):
        row = order.index(keys.index(cursor_key))
        return order[max(0, row - _NEIGHBORS) : row + _NEIGHBORS]
    return array("Q")


def _pack_piece(values: Sequence[Any]) -> bytes:
    if all(type(value) is bytes for value in values):
        return _BYTES + _SEPARATOR.encode().join(values)
    if all(type(value) is str and _SEPARATOR not in value for value in values):
        return _TEXTS + _SEPARATOR.join(values).encode()
    return _VALUES + json.dumps(pack_column(values), ensure_ascii=False).encode()


def take_keys(chunks: Chunks) -> list[str]:
    """Remove the keys of the projects from the chunks and return them."""
    return _unpack_column(chunks, "keys")


def take_column(chunks: Chunks, name: Hashable) -> list[Any]:
    """Remove a column from the chunks and return its values."""
    return _unpack_column(chunks, repr(name), name)


def _unpack_column(chunks: Chunks, name: str, column: Hashable = None) -> list[Any]:
    values: list[Any] = []
    pieces = chunks.pop(name)[::-1]
    while pieces:  # each piece is freed once it is unpacked
        piece = pieces.pop()
        kind, content = bytes(piece[:1]), piece[1:]
        if kind == _BYTES:
            values += bytes(content).split(_SEPARATOR.encode())
        elif kind == _TEXTS:
            values += str(content, "utf-8").split(_SEPARATOR)
        else:
            values += unpack_column(column, json.loads(str(content, "utf-8")))
    return values
