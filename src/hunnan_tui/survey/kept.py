"""A survey as it is kept for the next start: the columns of a file, packed.

The list is shown of what stands first in it; a column is unpacked when it is asked for.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import partial
from typing import Any, BinaryIO

from hunnan_tui.dataset import Parsed
from hunnan_tui.lazy import Blocks, LazyProjects
from hunnan_tui.loading import read_top
from hunnan_tui.numbering import Numbering
from hunnan_tui.query import Count, FacetCounts, Index
from hunnan_tui.query.columns import Columns
from hunnan_tui.query.index import Overview
from hunnan_tui.query.stated import SURVEYED, packed, packed_columns, unpacked_column
from hunnan_tui.survey.checked import BrokenSurveyError
from hunnan_tui.survey.chunks import Chunks, write_chunks
from hunnan_tui.survey.lines import plain, problems_of

_ROWS = 4_000
"""Values in a piece: packed and unpacked in a moment, as keys are answered meanwhile."""
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


def write_kept(
    file: BinaryIO,
    survey: Survey,
    heading: dict[str, Any],
    facets: tuple[str, ...],
    look: Callable[[], None],
) -> None:
    """Write a survey down.

    Args:
        file: Where it is written.
        survey: What is known.
        heading: Says of which text it is.
        facets: Those that are counted when the list is first shown.
        look: Called now and then; may raise to end the writing.
    """
    overview = survey.index.overview(facets)
    contents = {
        "heading": heading,
        "problems": plain(survey.parsed.problems),
        "annotated": list(survey.parsed.dataset.annotated()),
        "all": astuple(overview.counts.all),
        "facets": {
            facet: {value: astuple(each) for value, each in counts.items()}
            for facet, counts in overview.counts.facets.items()
        },
        "spellings": overview.spellings,
    }

    def chunks() -> Iterator[tuple[str, bytes]]:
        yield "starts", array("Q", survey.starts).tobytes()
        yield "order", array("Q", overview.places).tobytes()
        columns = survey.index.columns
        values = {repr(name): columns.get(name) for name in SURVEYED}
        for name, column in {"keys": columns.keys, **values}.items():
            for start in range(0, len(column), _ROWS):
                look()
                yield name, _piece(column[start : start + _ROWS])

    write_chunks(file, contents, chunks())


def unkept(
    text: bytes, heading: dict[str, Any], contents: dict[str, Any], chunks: Chunks
) -> Survey:
    """Return the survey of a text that was kept.

    Args:
        text: The text.
        heading: What a survey of it begins with.
        contents: The small part.
        chunks: The large part; a column that is unpacked is taken out of it.

    Raises:
        BrokenSurveyError: It is of another text or version.
        NotInBlocksError: The text has to be parsed as a whole.
    """
    if contents.get("heading") != heading:
        raise BrokenSurveyError
    starts, order = array("Q"), array("Q")
    starts.frombytes(chunks.pop("starts")[0])
    order.frombytes(chunks.pop("order")[0])
    places = Numbering()
    places.extend(_unpacked(chunks, "keys"))
    annotated = dict.fromkeys(contents["annotated"])
    projects = LazyProjects(Blocks(text, starts), places, annotated)
    dataset = read_top(text)._replace(projects=projects)
    columns = packed_columns(partial(_column, chunks))
    index = Index(dataset, Columns(dataset, columns))
    facets = {
        facet: {value: Count(*each) for value, each in counts.items()}
        for facet, counts in contents["facets"].items()
    }
    counts = FacetCounts(Count(*contents["all"]), facets)
    index.prime(Overview(order, counts, contents["spellings"]))
    return Survey(Parsed(dataset, problems_of(contents["problems"])), starts, index)


def _piece(values: Sequence[Any]) -> bytes:
    if all(type(value) is bytes for value in values):
        return _BYTES + _END.encode().join(values)
    if all(type(value) is str and _END not in value for value in values):
        return _TEXTS + _END.join(values).encode()
    return _VALUES + json.dumps(packed(values), ensure_ascii=False).encode()


def _column(chunks: Chunks, name: Hashable) -> list[Any]:
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
            values += unpacked_column(column, json.loads(str(said, "utf-8")))
    return values
