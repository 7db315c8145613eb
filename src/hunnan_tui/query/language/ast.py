"""The abstract syntax tree of a query: terms joined by and, or and not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.date_parser import DateSpan
from hunnan_tui.core.money import Amount

if TYPE_CHECKING:
    from decimal import Decimal

    from hunnan_tui.query.text.regex import Automaton


@dataclass(frozen=True, slots=True)
class Text:
    """A word or phrase as a value."""

    text: str


@dataclass(frozen=True, slots=True)
class Glob:
    """A value in which `*` stands for any text."""

    text: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, as a value or as a term of its own."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def automaton(self) -> Automaton:
        """The compiled pattern; PatternError if it cannot be used."""
        from hunnan_tui.query.text.regex import compile_pattern

        return compile_pattern(self.text)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a field of the user's own."""

    value: int | Decimal


@dataclass(frozen=True, slots=True)
class Age:
    """A period that ends today: `180d`."""

    count: int
    period: str
    """d, w, m or y."""
    since: date
    """The day on which the period began."""


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both inclusive; None where an end is open."""

    low: Single | None
    high: Single | None


Single = Text | Glob | Pattern | Amount | Number | DateSpan | Age
Value = Single | Range


@dataclass(frozen=True, slots=True)
class Word:
    """Text that a project contains anywhere."""

    text: str
    start: int = field(default=0, compare=False)
    """Its position in the query, in characters from 0."""
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A field compared with values: any of them must match."""

    name: str
    """The name of the field."""
    op: str
    """One of `:`, `=`, `>`, `>=`, `<`, `<=`; `!=` is a negated `=`."""
    values: tuple[Value, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Has:
    """A field that is not empty."""

    name: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """A named test: watched, stale, largest, ..."""

    name: str
    today: date
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Matches what a node does not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """Matches what all nodes match; without nodes everything."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Matches what any of two or more nodes matches."""

    nodes: tuple[Node, ...]


EVERYTHING = And()

Leaf = Word | Pattern | Compare | Has | Is
Node = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by."""

    field: str
    descending: bool = False


def make_and(nodes: list[Node]) -> Node:
    """Join nodes by and, without redundant nesting."""
    return _join(And, nodes)


def make_or(nodes: list[Node]) -> Node:
    """Join nodes by or, without redundant nesting."""
    return _join(Or, nodes)


def _join(kind: type[And | Or], nodes: list[Node]) -> Node:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def negate(node: Node) -> Node:
    """Return the complement of a node; a double negation cancels out."""
    return node.node if isinstance(node, Not) else Not(node)


def list_leaves(node: Node) -> list[Leaf]:
    """Return the terms of a query in order, negated ones included."""
    if isinstance(node, Not):
        return list_leaves(node.node)
    if isinstance(node, And | Or):
        return [leaf for child in node.nodes for leaf in list_leaves(child)]
    return [node]


def list_values(node: Node, field: str) -> list[str]:
    """Return the texts of which a field must have one, if nothing else is allowed."""
    if isinstance(node, And):
        return [text for each in node.nodes for text in list_values(each, field)]
    if isinstance(node, Compare) and node.name == field and node.op in (":", "="):
        return [value.text for value in node.values if isinstance(value, Text)]
    return []
