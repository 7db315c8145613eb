"""A survey as it is kept for the next start: the columns of a file, packed.

The list is shown of what stands first in it; a column is unpacked when it is asked for.
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
from hunnan_tui.query.cache.checksums import BrokenSurveyError, digest
from hunnan_tui.query.cache.chunks import Chunks, write_chunks
from hunnan_tui.query.cache.protocol import heading, plain, problems_of
from hunnan_tui.query.cache.reader import Found
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

_ROWS = 1_000
"""Values in a piece: packed and unpacked in a moment, as keys are answered meanwhile."""
_NEAR = 500
"""Rows at the top and around the cursor of which is known at once where they stand."""
_END = "\x1e"
"""Stands between texts: no folded text has it, as a control character in its UTF-8."""
_TEXTS, _BYTES, _VALUES = b"T", b"B", b"V"
"""How the values of a piece are written: as texts, as bytes, or as JSON."""


@dataclass(frozen=True, slots=True)
class Survey:
    """All that is known of a text."""

    parsed: Parsed
    starts: Sequence[int]
    """Where the block of each project begins."""
    index: Index
    places: KeyIndex

    def unpack(self) -> None:
        """Make ready all that was packed; may run in a thread of its own."""
        self.places.complete(pause)
        self.index.unpack()


def write_kept(
    file: BinaryIO,
    survey: Survey,
    found: Found,
    facets: tuple[str, ...],
    look: Callable[[], None],
) -> None:
    """Write a survey down.

    Args:
        file: Where it is written.
        survey: What is known.
        found: The file that it is of.
        facets: Those that are counted when the list is first shown.
        look: Called now and then; may raise to end the writing.
    """
    overview = survey.index.overview(facets)
    text, starts = found.text, array("Q", survey.starts)
    contents = {
        "top": digest(text[: starts[0]]).hex(),
        "heading": heading(len(found.text), found.hash),
        "stamp": list(found.before),
        "problems": plain(survey.parsed.problems),
        "all": astuple(overview.counts.all),
        "facets": {
            facet: {value: astuple(each) for value, each in counts.items()}
            for facet, counts in overview.counts.facets.items()
        },
        "spellings": overview.spellings,
    }

    def chunks() -> Iterator[tuple[str, bytes]]:
        yield "starts", starts.tobytes()
        yield "order", array("Q", overview.positions).tobytes()
        annotated = map(
            survey.places.__getitem__, survey.parsed.dataset.annotated_keys()
        )
        yield "annotated", array("Q", annotated).tobytes()
        columns = survey.index.columns
        values = {repr(name): columns.get(name) for name in CACHED_COLUMNS}
        for name, column in {"keys": columns.keys, **values}.items():
            for start in range(0, len(column), _ROWS):
                look()
                yield name, _piece(column[start : start + _ROWS])
        ends = [*starts[1:], len(text)]
        for first in range(0, len(starts), _ROWS):
            look()
            bounds = zip(starts[first : first + _ROWS], ends[first:], strict=False)
            yield "digests", b"".join(digest(text[a:b]) for a, b in bounds)

    write_chunks(file, contents, chunks())


def check(found: Found, contents: dict[str, Any]) -> None:
    """Make sure that what was kept is a survey of a text, and by this program.

    Raises:
        BrokenSurveyError: It is not.
    """
    if contents.get("heading") != heading(len(found.text), found.hash):
        raise BrokenSurveyError


def is_likely(found: Found, contents: dict[str, Any]) -> bool:
    """Return whether `check` can wait: the file has not been touched since."""
    with suppress(LookupError, TypeError):
        said = contents["heading"]
        known = said == heading(len(found.text), said["hash"])
        return bool(known and contents["stamp"] == list(found.before))
    return False


def unkept(
    text: bytes, contents: dict[str, Any], chunks: Chunks, wanted: str = ""
) -> Survey:
    """Return the survey of a text that was kept.

    Args:
        text: The text.
        contents: The small part.
        chunks: The large part; a column that is unpacked is taken out of it.
        wanted: The key of the project that the cursor is on.

    Raises:
        NotInBlocksError: The text has to be parsed as a whole.
    """
    starts, order, annotated = map(
        partial(kept_numbers, chunks), ("starts", "order", "annotated")
    )
    keys = kept_keys(chunks)
    places = KeyIndex(keys, [*order[:_NEAR], *_around(keys, order, wanted)])
    projects = LazyProjects(BlockReader(text, starts), places, _Picked(keys, annotated))
    dataset = read_top(text)._replace(projects=projects)
    columns = make_packed_columns(partial(kept_column, chunks))
    index = Index(dataset, Columns(dataset, columns))
    facets = {
        facet: {value: Count(*_numbers(each)) for value, each in counts.items()}
        for facet, counts in contents["facets"].items()
    }
    counts = FacetCounts(Count(*_numbers(contents["all"])), facets)
    spellings = dict(contents["spellings"])
    _numbers(spellings.values())
    index.prime(Overview(order, counts, spellings))
    problems = problems_of(contents["problems"])
    return Survey(Parsed(dataset, problems), starts, index, places)


def _numbers(values: Iterable[int]) -> list[int]:
    """Return whole numbers; TypeError for anything else."""
    numbers = list(values)
    if any(type(each) is not int for each in numbers):
        raise TypeError(numbers)
    return numbers


@dataclass(frozen=True, slots=True)
class _Picked(Iterable[str]):
    """The keys of some projects."""

    keys: Sequence[str]
    places: Sequence[int]

    def __iter__(self) -> Iterator[str]:
        return map(self.keys.__getitem__, self.places)


def kept_numbers(chunks: Chunks, name: str) -> array[int]:
    """Take a list of numbers out of what was kept."""
    numbers = array("Q")
    for piece in chunks.pop(name):
        numbers.frombytes(piece)
    return numbers


def _around(keys: list[str], order: array[int], wanted: str) -> array[int]:
    """Return the places of the projects that are listed around one."""
    with suppress(ValueError):
        row = order.index(keys.index(wanted))
        return order[max(0, row - _NEAR) : row + _NEAR]
    return array("Q")


def _piece(values: Sequence[Any]) -> bytes:
    if all(type(value) is bytes for value in values):
        return _BYTES + _END.encode().join(values)
    if all(type(value) is str and _END not in value for value in values):
        return _TEXTS + _END.join(values).encode()
    return _VALUES + json.dumps(pack_column(values), ensure_ascii=False).encode()


def kept_keys(chunks: Chunks) -> list[str]:
    """Take the keys of the projects out of what was kept."""
    return _unpacked(chunks, "keys")


def kept_column(chunks: Chunks, name: Hashable) -> list[Any]:
    """Take the values of a column out of what was kept."""
    return _unpacked(chunks, repr(name), name)


def _unpacked(chunks: Chunks, name: str, column: Hashable = None) -> list[Any]:
    values: list[Any] = []
    pieces = chunks.pop(name)[::-1]
    while pieces:  # each is forgotten when it is unpacked
        piece = pieces.pop()
        how, said = bytes(piece[:1]), piece[1:]
        if how == _BYTES:
            values += bytes(said).split(_END.encode())
        elif how == _TEXTS:
            values += str(said, "utf-8").split(_END)
        else:
            values += unpack_column(column, json.loads(str(said, "utf-8")))
    return values
