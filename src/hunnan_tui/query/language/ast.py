"""What a query says, as values: terms joined by and, or and not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.date_parser import Span
from hunnan_tui.core.money import Amount

if TYPE_CHECKING:
    from hunnan_tui.query.text.regex import Automaton


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a phrase that was typed as a value."""

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
class Age:
    """A length of time up to today: `180d`."""

    count: int
    period: str
    """d, w, m or y."""
    since: date
    """The day that lies so far back."""


@dataclass(frozen=True, slots=True)
class Range:
    """From one value to another, both included; None where an end is open."""

    low: Single | None
    high: Single | None


Single = Text | Glob | Pattern | Amount | Span | Age
Value = Single | Range


@dataclass(frozen=True, slots=True)
class Word:
    """Text that stands anywhere in a project."""

    text: str
    start: int = field(default=0, compare=False)
    """Where it stands in the query, in characters from 0."""
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """A field that has one of several values, or lies on one side of them."""

    name: str
    """The field's."""
    op: str
    """One of `:`, `=`, `>`, `>=`, `<`, `<=`; `!=` is a negated `=`."""
    values: tuple[Value, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Has:
    """A field that states something."""

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
    """Everything but what a node lets through."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """What all nodes let through; without nodes everything."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What any of two or more nodes lets through."""

    nodes: tuple[Node, ...]


EVERYTHING = And()

Leaf = Word | Pattern | Compare | Has | Is
Node = Leaf | Not | And | Or


@dataclass(frozen=True, slots=True)
class SortKey:
    """A field to sort by."""

    field: str
    descending: bool = False


def conjunction(nodes: list[Node]) -> Node:
    """Return the node of which all must hold, without needless nesting."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, And) else (node,))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def disjunction(nodes: list[Node]) -> Node:
    """Return the node of which one must hold, without needless nesting."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, Or) else (node,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negation(node: Node) -> Node:
    """Return the complement of a node; two negations are none."""
    return node.node if isinstance(node, Not) else Not(node)


def leaves(node: Node) -> list[Leaf]:
    """Return the terms of a query in their order, whether negated or not."""
    if isinstance(node, Not):
        return leaves(node.node)
    if isinstance(node, And | Or):
        return [leaf for each in node.nodes for leaf in leaves(each)]
    return [node]
