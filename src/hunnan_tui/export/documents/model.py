"""A document as values, before it is rendered; its texts are data, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a numbered source."""

    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address, rendered as a link only if it is a web address."""

    url: str


Part = str | Ref | Link
Runs = tuple[Part, ...]
"""A line of text with its references and links."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; levels begin at 2."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bulleted list."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Lines quoted as they were written."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table with a header."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numbers: frozenset[int] = frozenset()
    """The indexes of the columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources that a `Ref` points to, numbered from 1."""

    items: tuple[Runs, ...]


def make_figures_table(
    head: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> DocumentTable:
    """Return a table with names in the first column and figures in the others."""
    cells = tuple(tuple((cell,) for cell in row) for row in rows)
    return DocumentTable(head, cells, frozenset(range(1, len(head))))


DocumentBlock = Heading | Paragraph | Bullets | Quote | DocumentTable | SourceList


@dataclass(frozen=True, slots=True)
class Document:
    """A title and the blocks below it."""

    title: str
    blocks: tuple[DocumentBlock, ...]
