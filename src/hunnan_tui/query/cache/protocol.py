"""The lines in which the process sends an index, batch by batch."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from hunnan_tui import __version__
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.query.cache.checksums import format_line
from hunnan_tui.query.engine.base_columns import CACHED_COLUMNS
from hunnan_tui.query.engine.texts import WORD_FIELDS

FORMAT_VERSION = 13
"""Increased with every change of the content of an index, or of folding."""


@dataclass(frozen=True, slots=True)
class ProjectBatch:
    """Consecutive projects of the file."""

    keys: list[str]
    starts: list[int]
    """The offsets of their blocks, in bytes."""
    end: int
    """The offset of the end of the last block."""
    annotated: list[str]
    """The keys of the projects with annotations."""
    columns: list[Any]
    """The packed columns, in the order of `CACHED_COLUMNS`."""


def make_header(length: int, hash: str) -> dict[str, Any]:
    """Return the header of an index, which identifies the text and the program.

    Args:
        length: The length of the text in bytes.
        hash: The result of `hash_text`.
    """
    return {
        "form": FORMAT_VERSION,
        "version": __version__,
        "columns": list(map(repr, CACHED_COLUMNS)),
        "texts": list(WORD_FIELDS),
        "bytes": length,
        "hash": hash,
    }


def format_batch(batch: ProjectBatch) -> bytes:
    """Return a batch as a line."""
    return format_line(
        {problem.name: getattr(batch, problem.name) for problem in fields(batch)}
    )


def format_end(problems: tuple[Problem, ...]) -> bytes:
    """Return the last line, which contains the problems of the file."""
    return format_line({"problems": pack_problems(problems)})


def pack_problems(problems: tuple[Problem, ...]) -> list[dict[str, Any]]:
    """Return problems as plain values."""
    return [problem._asdict() for problem in problems]


def unpack_problems(values: list[dict[str, Any]]) -> tuple[Problem, ...]:
    """Return the problems that `pack_problems` packed."""
    return tuple(
        Problem(**{**problem, "level": Level(problem["level"])}) for problem in values
    )
