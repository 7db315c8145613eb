"""A query as text that reads back as the same query."""

from __future__ import annotations

import re

from hunnan_tui.core.date_parser import Span
from hunnan_tui.core.fields import Kind
from hunnan_tui.core.money import Amount, format_typed, has_unit
from hunnan_tui.query.language.ast import (
    EVERYTHING,
    Age,
    And,
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
    SortKey,
    Text,
    Value,
    Word,
)
from hunnan_tui.query.language.fields import DATE_OF, kind_of
from hunnan_tui.query.language.lexer import narrow
from hunnan_tui.query.language.query import Query

_OPERATORS = {"OR", "AND", "NOT", "或", "&", "&&"}
_SIGNS = ("<", ">", "=", "!", "≥", "≤", "≠")
_PLAIN_WORD = re.compile(r"[^\s()|\"#/!:=<>≥≤≠&-][^\s()|\":=<>≥≤≠]*")
_PLAIN_VALUE = re.compile(r"[^\s()|\",*/!=<>≥≤≠][^\s()|\",*]*")


def format_query(query: Query) -> str:
    """Return the canonical text of a query: `parse` makes the same query of it."""
    parts = [] if query.node == EVERYTHING else [_node(query.node)]
    if query.sort:
        parts.append(f"sort:{','.join(map(_sort_key, query.sort))}")
    if query.group:
        parts.append(f"group:{query.group}")
    if query.show:
        parts.append(f"show:{','.join(query.show)}")
    if len(parts) > 1 and isinstance(query.node, Or):
        parts[0] = f"({parts[0]})"
    return " ".join(parts)


def _sort_key(key: SortKey) -> str:
    return f"{key.field}-" if key.descending else key.field


def _node(node: Node) -> str:
    if isinstance(node, Or):
        return " OR ".join(map(_node, node.nodes))
    if isinstance(node, And):
        return " ".join(map(_in_brackets, node.nodes))
    if isinstance(node, Not):
        if isinstance(node.node, Has):
            return f"no:{node.node.name}"
        return f"-{_in_brackets(node.node)}"
    return _leaf(node)


def _in_brackets(node: Node) -> str:
    return f"({_node(node)})" if isinstance(node, Or | And) else _node(node)


def _leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Word):
        return _word(leaf.text)
    if isinstance(leaf, Pattern):
        return f"/{leaf.text}/"
    if isinstance(leaf, Has):
        return f"has:{leaf.name}"
    if isinstance(leaf, Is):
        return f"is:{leaf.name}"
    name = leaf.name.removeprefix(DATE_OF)
    values = ",".join(_value(value, kind_of(leaf.name)) for value in leaf.values)
    if name == "tag" and leaf.op == ":" and values.startswith(_SIGNS):
        return f"#{values}"  # behind a field it would be a part of the comparison
    return f"{name}{leaf.op}{values}"


def _word(text: str) -> str:
    if _PLAIN_WORD.fullmatch(text) and text not in _OPERATORS and narrow(text) == text:
        return text
    return _quoted(text)


def _value(value: Value, kind: Kind) -> str:
    if isinstance(value, Range):
        if isinstance(value.low, Amount) and isinstance(value.high, Amount):
            return _amounts(value.low, value.high)
        low = _single(value.low, kind) if value.low else ""
        high = _single(value.high, kind) if value.high else ""
        return f"{low}..{high}"
    return _single(value, kind)


def _amounts(low: Amount, high: Amount) -> str:
    """Return a range of amounts; the lower one does not borrow a unit."""
    if low.value and not has_unit(format_typed(low)) and has_unit(format_typed(high)):
        return f"{format_typed(low)}..{'$' if high.dollars else ''}{high.value}"
    return f"{format_typed(low)}..{format_typed(high)}"


def _single(value: Single, kind: Kind) -> str:
    match value:
        case Amount():
            return format_typed(value)
        case Span() | Glob():
            return value.text
        case Age():
            return f"{value.count}{value.period}"
        case Pattern():
            return f"/{value.text}/"
        case Text():
            text = value.text
    return (
        _quoted(text) if kind is Kind.STAGE and ".." in text else quote_if_needed(text)
    )


def quote_if_needed(text: str) -> str:
    """Return a text as it can stand behind `field:`."""
    is_plain = _PLAIN_VALUE.fullmatch(text) and narrow(text) == text
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    escaped = (f"\\{each}" if narrow(each) in '"\\' else each for each in text)
    return f'"{"".join(escaped)}"'
