"""A document as values, before it is Markdown or HTML: text is data in all of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """Points to a numbered source."""

    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address; a link only where it is a web address."""

    url: str


Part = str | Ref | Link
Runs = tuple[Part, ...]
"""A line of text with what stands in it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title; level 2 is the first."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Lines as somebody wrote them."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and rows."""

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numbers: frozenset[int] = frozenset()
    """The places of the columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the numbers of `Ref` point to, from 1."""

    items: tuple[Runs, ...]


Block = Heading | Paragraph | Bullets | Quote | Table | Sources


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what stands below it."""

    title: str
    blocks: tuple[Block, ...]
