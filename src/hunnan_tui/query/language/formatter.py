"""Formats a query as text that parses to the same query."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hunnan_tui.core.date_parser import DateSpan, format_period, format_span
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
from hunnan_tui.query.language.fields import (
    DATE_OF,
    get_kind,
    get_or,
    get_test_word,
    get_word,
    is_of_schema,
)
from hunnan_tui.query.language.lexer import to_ascii
from hunnan_tui.query.language.query import Query

NameValue = Callable[[str, str], str]
"""Takes a field and one of its values, and returns what that is called."""

_OPERATORS = {"OR", "AND", "NOT", "或", "&", "&&"}
_COMPARISON_SIGNS = ("<", ">", "=", "!", "≥", "≤", "≠")
_PLAIN_WORD = re.compile(r"[^\s()|\"#/!:=<>≥≤≠&-][^\s()|\":=<>≥≤≠《》]*")
_PLAIN_VALUE = re.compile(r"[^\s()|\",*/!=<>≥≤≠][^\s()|\",*]*")


def format_query(
    query: Query,
    *,
    is_neutral: bool = False,
    name_value: NameValue = lambda _, text: text,
) -> str:
    """Return the canonical text of a query; `parse` turns it into the same query.

    Args:
        query: The query.
        is_neutral: Whether it is kept in a file, and so in English; otherwise its words
            are those of the language in use.
        name_value: Returns what a value of a field is called, by field and text.
    """
    return _Writer(is_neutral=is_neutral, name_value=name_value).format_query(query)


class _Writer(NamedTuple):
    """Writes queries in English or in the language in use."""

    is_neutral: bool
    name_value: NameValue

    def format_query(self, query: Query) -> str:
        clauses = [] if query.node == EVERYTHING else [self._format_node(query.node)]
        if query.sort:
            keys = ",".join(map(self._format_sort_key, query.sort))
            clauses.append(f"{self._name('sort')}:{keys}")
        if query.group:
            clauses.append(f"{self._name('group')}:{self._name(query.group)}")
        if query.show:
            shown = ",".join(map(self._name, query.show))
            clauses.append(f"{self._name('show')}:{shown}")
        if len(clauses) > 1 and isinstance(query.node, Or):
            clauses[0] = f"({clauses[0]})"
        return " ".join(clauses)

    def _name(self, name: str) -> str:
        """Return the word for a field or a keyword."""
        return name if self.is_neutral else get_word(name)

    def _format_sort_key(self, key: SortKey) -> str:
        name = self._name(key.field)
        return f"{name}-" if key.descending else name

    def _format_node(self, node: Node) -> str:
        if isinstance(node, Or):
            word = "OR" if self.is_neutral else get_or()
            return f" {word} ".join(map(self._format_node, node.nodes))
        if isinstance(node, And):
            return " ".join(map(self._format_operand, node.nodes))
        if isinstance(node, Not):
            if isinstance(node.node, Has):
                return f"{self._name('no')}:{self._name(node.node.name)}"
            return f"-{self._format_operand(node.node)}"
        return self._format_leaf(node)

    def _format_operand(self, node: Node) -> str:
        text = self._format_node(node)
        return f"({text})" if isinstance(node, Or | And) else text

    def _format_leaf(self, leaf: Leaf) -> str:
        if isinstance(leaf, Word):
            return _format_word(leaf.text)
        if isinstance(leaf, Pattern):
            return f"/{leaf.text}/"
        if isinstance(leaf, Has):
            return f"{self._name('has')}:{self._name(leaf.name)}"
        if isinstance(leaf, Is):
            test = leaf.name if self.is_neutral else get_test_word(leaf.name)
            return f"{self._name('is')}:{test}"
        stage = leaf.name.removeprefix(DATE_OF)
        is_stage_date = stage != leaf.name
        name = self.name_value("stage", stage) if is_stage_date else self._name(stage)
        # `..` makes a range of the values of a field of the user's own, if it has an order
        kind = get_kind(leaf.name) if is_of_schema(leaf.name) else Kind.STAGE
        values = ",".join(
            self._format_value(leaf.name, value, kind) for value in leaf.values
        )
        if (
            leaf.name == "tag"
            and leaf.op == ":"
            and values.startswith(_COMPARISON_SIGNS)
        ):
            return f"#{values}"  # after `tag:` it would become part of the operator
        return f"{name}{leaf.op}{values}"

    def _format_value(self, name: str, value: Value, kind: Kind) -> str:
        if not isinstance(value, Range):
            return self._format_single(name, value, kind)
        if isinstance(value.low, Amount) and isinstance(value.high, Amount):
            return self._format_amounts(value.low, value.high)
        low, high = (
            self._format_end(name, end, kind) for end in (value.low, value.high)
        )
        return f"{low}..{high}"

    def _format_end(self, name: str, value: Single | None, kind: Kind) -> str:
        """Return one end of a range; nothing in a range is in quotes."""
        if value is None:
            return ""
        if isinstance(value, Text):
            called = self.name_value(name, value.text)
            return called if quote_if_needed(called) == called else value.text
        return self._format_single(name, value, kind)

    def _format_amount(self, amount: Amount) -> str:
        return format_typed(amount, is_neutral=self.is_neutral)

    def _format_amounts(self, low: Amount, high: Amount) -> str:
        """Return a range of amounts in which the lower one does not take the other's unit."""
        first, last = map(self._format_amount, (low, high))
        if low.value and not has_unit(first) and has_unit(last):
            return f"{first}..{'$' if high.dollars else ''}{high.value}"
        return f"{first}..{last}"

    def _format_single(self, name: str, value: Single, kind: Kind) -> str:
        match value:
            case Amount():
                return self._format_amount(value)
            case Number():
                number = value.value
                return str(number) if isinstance(number, int) else f"{number:f}"
            case DateSpan():
                return value.text if self.is_neutral else format_span(value)
            case Glob():
                return value.text
            case Age():
                text = f"{value.count}{value.period}"
                return text if self.is_neutral else format_period(text)
            case Pattern():
                return f"/{value.text}/"
            case Text():
                text = self.name_value(name, value.text)
        is_range = kind is Kind.STAGE and ".." in text
        return _quote(text) if is_range else quote_if_needed(text)


def _format_word(text: str) -> str:
    if (
        _PLAIN_WORD.fullmatch(text)
        and text not in _OPERATORS
        and to_ascii(text) == text
    ):
        return text
    return _quote(text)


def quote_if_needed(text: str) -> str:
    """Return a text as it can be written after `field:`."""
    is_plain = _PLAIN_VALUE.fullmatch(text) and to_ascii(text) == text
    return text if is_plain else _quote(text)


def _quote(text: str) -> str:
    escaped = (f"\\{char}" if to_ascii(char) in '"\\' else char for char in text)
    return f'"{"".join(escaped)}"'
