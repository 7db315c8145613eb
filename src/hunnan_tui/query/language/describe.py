"""A query in words, for a title or a message."""

from __future__ import annotations

from hunnan_tui.core.date_parser import Span
from hunnan_tui.core.fields import Kind
from hunnan_tui.core.money import Amount, format_short
from hunnan_tui.query.language.ast import (
    EVERYTHING,
    Age,
    And,
    Compare,
    Glob,
    Has,
    Is,
    Leaf,
    Node,
    Not,
    Or,
    Pattern,
    Range,
    Single,
    Text,
    Value,
    Word,
)
from hunnan_tui.query.language.fields import DATE_OF, kind_of
from hunnan_tui.query.language.query import Query

_NAMES = {"invest": "investment", "due": "day to come back"}
_COMPARED = {
    Kind.AMOUNT: {">": "over ", ">=": "at least ", "<": "under ", "<=": "at most "},
    Kind.NUMBER: {">": "over ", ">=": "at least ", "<": "under ", "<=": "at most "},
    Kind.DATE: {">": "after ", ">=": "from ", "<": "before ", "<=": "up to "},
    Kind.AGE: {">": "over ", ">=": "at least ", "<": "under ", "<=": "at most "},
    Kind.STAGE: {">": "after ", ">=": "from ", "<": "before ", "<=": "up to "},
}


def describe(query: Query) -> str:
    """Return what is shown, in words: `"gas", investment over 1 bn; by name`."""
    parts = ["everything" if query.node == EVERYTHING else _node(query.node)]
    if query.sort:
        keys = (
            f"{_name(key.field)}{', falling' if key.descending else ''}"
            for key in query.sort
        )
        parts.append(f"by {' and '.join(keys)}")
    if query.group:
        parts.append(f"in groups of {_name(query.group)}")
    return "; ".join(parts)


def _node(node: Node) -> str:
    if isinstance(node, Or):
        return " or ".join(map(_bracketed, node.nodes))
    if isinstance(node, And):
        return ", ".join(map(_bracketed, node.nodes))
    if isinstance(node, Not):
        if isinstance(node.node, Has):
            return f"no {_name(node.node.name)}"
        return f"not {_bracketed(node.node)}"
    return _leaf(node)


def _bracketed(node: Node) -> str:
    return f"({_node(node)})" if isinstance(node, Or | And) else _node(node)


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Word():
            return f'"{leaf.text}"'
        case Pattern():
            return f"/{leaf.text}/"
        case Has():
            return f"with {_name(leaf.name)}"
        case Is():
            return leaf.name
        case Compare():
            compared = _COMPARED.get(kind_of(leaf.name), {}).get(leaf.op, "")
            is_exact = leaf.op == "=" and kind_of(leaf.name) is Kind.TEXT
            values = " or ".join(map(_value, leaf.values))
            exact = "exactly " if is_exact else ""
            return f"{_name(leaf.name)} {exact}{compared}{values}"


def _name(field: str) -> str:
    return _NAMES.get(field, field.removeprefix(DATE_OF).replace("_", " "))


def _value(value: Value) -> str:
    if not isinstance(value, Range):
        return _single(value)
    low = _single(value.low) if value.low else ""
    high = _single(value.high) if value.high else ""
    if not high:
        return f"from {low}"
    return f"{low} to {high}" if low else f"up to {high}"


def _single(value: Single) -> str:
    match value:
        case Amount():
            return f"{'$' if value.dollars else ''}{format_short(value.value)}"
        case Age():
            return f"{value.count}{value.period}"
        case Pattern():
            return f"/{value.text}/"
        case Text() | Glob() | Span():
            return value.text
