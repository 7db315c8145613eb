"""The lines in which the reading process tells of a file, bit by bit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from hunnan_tui import __version__
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.query.cache.checksums import line
from hunnan_tui.query.engine.base_columns import CACHED_COLUMNS
from hunnan_tui.query.engine.texts import WORD_FIELDS

FORM = 9
"""Raised with every change of what a survey says, or of how texts are folded."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Some projects, in the order of the file."""

    keys: list[str]
    starts: list[int]
    """Where the block of each begins, in bytes."""
    end: int
    """Where the last of them ends."""
    annotated: list[str]
    """The keys of those with annotations."""
    columns: list[Any]
    """What `packed` gives for each column of `SURVEYED`, in its order."""


def heading(length: int, hash: str) -> dict[str, Any]:
    """Return what a survey says first: of which text and by which program it is.

    Args:
        length: The bytes of the text.
        hash: What `hash_of` gives for it.
    """
    return {
        "form": FORM,
        "version": __version__,
        "columns": list(map(repr, CACHED_COLUMNS)),
        "texts": list(WORD_FIELDS),
        "bytes": length,
        "hash": hash,
    }


def sheet_line(sheet: Sheet) -> bytes:
    """Return a sheet as a line."""
    return line({each.name: getattr(sheet, each.name) for each in fields(sheet)})


def end_line(problems: tuple[Problem, ...]) -> bytes:
    """Return the last line: the problems of the file."""
    return line({"problems": plain(problems)})


def plain(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Return problems as plain values."""
    return [each._asdict() for each in problems]


def problems_of(said: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Return the problems that `plain` was given."""
    return tuple(Problem(**{**each, "level": Level(each["level"])}) for each in said)
