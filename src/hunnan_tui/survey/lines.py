"""The lines of a survey: JSON that says whether it is whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import Any

from hunnan_tui import __version__
from hunnan_tui.errors import Level, Problem
from hunnan_tui.query.stated import SURVEYED

FORM = 1
"""Raised with every change of what the lines say, or of how texts are folded."""
_DIGEST = 8
"""Bytes that tell a damaged line from a whole one."""


class BrokenSurveyError(Exception):
    """Lines that cannot be used: damaged, cut off, or of another file or version."""


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


def heading(text: bytes) -> dict[str, Any]:
    """Return what the first line says: of which text and by which program it is."""
    hashed = blake2b(text, digest_size=32).hexdigest()
    return {
        "form": FORM,
        "version": __version__,
        "columns": list(map(repr, SURVEYED)),
        "bytes": len(text),
        "hash": hashed,
    }


def sheet_line(sheet: Sheet) -> bytes:
    """Return a sheet as a line."""
    return line({each.name: getattr(sheet, each.name) for each in fields(sheet)})


def end_line(problems: tuple[Problem, ...]) -> bytes:
    """Return the last line: the problems of the file."""
    return line({"problems": [each._asdict() for each in problems]})


def line(said: object) -> bytes:
    """Return plain values as a line with its digest."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return _digest(body) + body + b"\n"


def parsed(text: bytes) -> dict[str, Any]:
    """Return what a line says.

    Raises:
        BrokenSurveyError: It is damaged.
    """
    body = text[2 * _DIGEST : -1]
    if text[-1:] != b"\n" or text[: 2 * _DIGEST] != _digest(body):
        raise BrokenSurveyError
    said: dict[str, Any] = json.loads(body)
    return said


def problems_of(end: dict[str, Any]) -> tuple[Problem, ...]:
    """Return the problems that the last line tells."""
    return tuple(
        Problem(**{**each, "level": Level(each["level"])}) for each in end["problems"]
    )


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST).hexdigest().encode()
