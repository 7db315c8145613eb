"""Formats a query as text that parses to the same query."""

from __future__ import annotations

import re

from hunnan_tui.core.date_parser import DateSpan
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
    Number,
    Or,
    Pattern,
    Range,
    Single,
    SortKey,
    Text,
    Value,
    Word,
)
from hunnan_tui.query.language.fields import DATE_OF, get_kind, is_of_schema
from hunnan_tui.query.language.lexer import to_ascii
from hunnan_tui.query.language.query import Query

_OPERATORS = {"OR", "AND", "NOT", "或", "&", "&&"}
_COMPARISON_SIGNS = ("<", ">", "=", "!", "≥", "≤", "≠")
_PLAIN_WORD = re.compile(r"[^\s()|\"#/!:=<>≥≤≠&-][^\s()|\":=<>≥≤≠]*")
_PLAIN_VALUE = re.compile(r"[^\s()|\",*/!=<>≥≤≠][^\s()|\",*]*")


def format_query(query: Query) -> str:
    """Return the canonical text of a query; `parse` turns it into the same query."""
    clauses = [] if query.node == EVERYTHING else [_format_node(query.node)]
    if query.sort:
        clauses.append(f"sort:{','.join(map(_format_sort_key, query.sort))}")
    if query.group:
        clauses.append(f"group:{query.group}")
    if query.show:
        clauses.append(f"show:{','.join(query.show)}")
    if len(clauses) > 1 and isinstance(query.node, Or):
        clauses[0] = f"({clauses[0]})"
    return " ".join(clauses)


def _format_sort_key(key: SortKey) -> str:
    return f"{key.field}-" if key.descending else key.field


def _format_node(node: Node) -> str:
    if isinstance(node, Or):
        return " OR ".join(map(_format_node, node.nodes))
    if isinstance(node, And):
        return " ".join(map(_format_operand, node.nodes))
    if isinstance(node, Not):
        if isinstance(node.node, Has):
            return f"no:{node.node.name}"
        return f"-{_format_operand(node.node)}"
    return _format_leaf(node)


def _format_operand(node: Node) -> str:
    return (
        f"({_format_node(node)})" if isinstance(node, Or | And) else _format_node(node)
    )


def _format_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Word):
        return _format_word(leaf.text)
    if isinstance(leaf, Pattern):
        return f"/{leaf.text}/"
    if isinstance(leaf, Has):
        return f"has:{leaf.name}"
    if isinstance(leaf, Is):
        return f"is:{leaf.name}"
    name = leaf.name.removeprefix(DATE_OF)
    # `..` makes a range of the values of a field of the user's own, if it has an order
    kind = get_kind(leaf.name) if is_of_schema(leaf.name) else Kind.STAGE
    values = ",".join(_format_value(value, kind) for value in leaf.values)
    if name == "tag" and leaf.op == ":" and values.startswith(_COMPARISON_SIGNS):
        return f"#{values}"  # after `tag:` it would become part of the operator
    return f"{name}{leaf.op}{values}"


def _format_word(text: str) -> str:
    if (
        _PLAIN_WORD.fullmatch(text)
        and text not in _OPERATORS
        and to_ascii(text) == text
    ):
        return text
    return _quote(text)


def _format_value(value: Value, kind: Kind) -> str:
    if isinstance(value, Range):
        if isinstance(value.low, Amount) and isinstance(value.high, Amount):
            return _format_amounts(value.low, value.high)
        return f"{_format_end(value.low, kind)}..{_format_end(value.high, kind)}"
    return _format_single(value, kind)


def _format_end(value: Single | None, kind: Kind) -> str:
    """Return one end of a range; nothing in a range is in quotes."""
    if value is None:
        return ""
    return value.text if isinstance(value, Text) else _format_single(value, kind)


def _format_amounts(low: Amount, high: Amount) -> str:
    """Return a range of amounts in which the lower one does not take the other's unit."""
    if low.value and not has_unit(format_typed(low)) and has_unit(format_typed(high)):
        return f"{format_typed(low)}..{'$' if high.dollars else ''}{high.value}"
    return f"{format_typed(low)}..{format_typed(high)}"


def _format_single(value: Single, kind: Kind) -> str:
    match value:
        case Amount():
            return format_typed(value)
        case Number():
            number = value.value
            return str(number) if isinstance(number, int) else f"{number:f}"
        case DateSpan() | Glob():
            return value.text
        case Age():
            return f"{value.count}{value.period}"
        case Pattern():
            return f"/{value.text}/"
        case Text():
            text = value.text
    return (
        _quote(text) if kind is Kind.STAGE and ".." in text else quote_if_needed(text)
    )


def quote_if_needed(text: str) -> str:
    """Return a text as it can be written after `field:`."""
    is_plain = _PLAIN_VALUE.fullmatch(text) and to_ascii(text) == text
    return text if is_plain else _quote(text)


def _quote(text: str) -> str:
    escaped = (f"\\{char}" if to_ascii(char) in '"\\' else char for char in text)
    return f'"{"".join(escaped)}"'
