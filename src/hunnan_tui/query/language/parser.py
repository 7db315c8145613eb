"""Parser of queries. It accepts any text: what is invalid is skipped and reported.

query = and { ("OR" | "|" | "或") and }
and   = not { ["AND" | "&"] not }
not   = ("-" | "!" | "NOT") not | "(" query ")" | term
term  = "#" tag | name op values | '"' phrase '"' | "/" regex "/" | word
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.fields import Kind
from hunnan_tui.core.language import _
from hunnan_tui.query.language.ast import (
    Compare,
    Node,
    Pattern,
    Word,
    make_and,
    make_or,
    negate,
)
from hunnan_tui.query.language.lexer import Scanner
from hunnan_tui.query.language.query import Query
from hunnan_tui.query.language.terms import (
    ParseContext,
    check_pattern,
    match_name,
    parse_checked_value,
    parse_named_term,
)

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields

MAX_DEPTH = 40
"""Deepest nesting of brackets."""

_OR = re.compile(r'(?:\|+|(?:OR|或)(?=[\s()"|]|$))')
_AND = re.compile(r'(?:AND|&&?)(?=[\s()"|]|$)')
_NOT = re.compile(r'(?:[-!]|NOT(?=[\s()"|]|$))\s*')


def parse(
    text: str,
    *,
    today: date,
    stages: Collection[str] | None = None,
    currency: str = "",
    find_own_fields: Callable[[], OwnFields] | None = None,
) -> Query:
    """Parse a query.

    Args:
        text: Any text.
        today: The base of relative dates.
        stages: The stages, whose ids are fields for the date they were reached, and so
            are their names if it is a mapping of `Stage`. If None, any unknown name before a date is taken for a stage.
        currency: The currency of amounts; empty if unknown.
        find_own_fields: Returns the fields of the user's own, if they are known; called
            for names that are not the schema's.
    """
    scanner = Scanner(text)
    context = ParseContext(today, stages, currency, find_own_fields)
    node = _parse_query(scanner, context)
    return Query(
        text,
        node,
        tuple(dict.fromkeys(context.sort)),
        context.group,
        tuple(dict.fromkeys(context.show)),
        tuple(sorted(scanner.problems, key=lambda problem: problem.column)),
    )


def _parse_query(scanner: Scanner, context: ParseContext) -> Node:
    nodes: list[Node] = []
    while not scanner.is_done:
        node = _parse_or(scanner, context, 0)
        nodes.extend([node] if node else [])
        if not scanner.is_done:  # only a closing bracket ends `_parse_or`
            scanner.add_hint(
                scanner.position,
                scanner.position + 1,
                _("There is no bracket to close"),
            )
            scanner.position += 1
    return make_and(nodes)


def _parse_or(scanner: Scanner, context: ParseContext, depth: int) -> Node | None:
    nodes: list[Node] = []
    operator: tuple[int, int] | None = None
    while True:
        node = _parse_and(scanner, context, depth)
        if operator and (node is None or not nodes):
            scanner.add_hint(
                *operator, _("OR stands between two terms: here it is left out")
            )
        nodes.extend([node] if node else [])
        match = scanner.take(_OR)
        if match is None:
            return make_or(nodes) if nodes else None
        operator = match.span()


def _parse_and(scanner: Scanner, context: ParseContext, depth: int) -> Node | None:
    nodes: list[Node] = []
    while True:
        scanner.skip_blanks()
        if scanner.take(_AND):
            continue
        if scanner.is_done or scanner.next == ")" or scanner.match(_OR):
            break
        node = _parse_not(scanner, context, depth)
        nodes.extend([node] if node else [])
    for node in nodes[1:-1]:
        if isinstance(node, Word) and scanner.ascii[node.start : node.end] == "or":
            fix = f"{scanner.text[: node.start]}OR{scanner.text[node.end :]}"
            scanner.add_hint(
                node.start, node.end, _('"or" is read as a word'), _("use OR"), fix
            )
    return make_and(nodes) if nodes else None


def _parse_not(scanner: Scanner, context: ParseContext, depth: int) -> Node | None:
    start, is_negated = scanner.position, False
    while scanner.take(_NOT):
        is_negated = not is_negated
    if (
        scanner.is_done
        or scanner.next in ")|"
        or scanner.match(_OR)
        or scanner.match(_AND)
    ):
        scanner.add_hint(start, scanner.position, _("Waiting for what is left out"))
        return None
    if scanner.next == "(":
        node = _parse_bracket(scanner, context, depth + 1)
    else:
        node = _parse_term(scanner, context)
    return negate(node) if node and is_negated else node


def _parse_bracket(scanner: Scanner, context: ParseContext, depth: int) -> Node | None:
    start = scanner.position
    scanner.position += 1
    if depth > MAX_DEPTH:
        scanner.add_error(
            start, scanner.position, _("There are too many brackets within brackets")
        )
        return None
    node = _parse_or(scanner, context, depth)
    if scanner.is_done:
        fix = f"{scanner.text})"
        scanner.add_hint(start, start + 1, _("The closing bracket is added"), fix=fix)
    scanner.position += 1
    return node


def _parse_term(scanner: Scanner, context: ParseContext) -> Node | None:
    start = scanner.position
    if scanner.next == '"':
        return _make_word(scanner.take_quoted(), start, scanner.position)
    if scanner.next == "#":
        return _parse_tag(scanner, context)
    if pattern := scanner.take_pattern():
        checked = check_pattern(scanner, Pattern(pattern, start, scanner.position))
        return checked or _make_word(pattern, start, scanner.position)
    if match := match_name(scanner, context):
        return parse_named_term(scanner, match, context)
    text = scanner.take_word()
    if text.startswith("/"):
        # the key that opens the filter bar is easily pressed twice
        scanner.add_hint(
            start, scanner.position, _("A pattern ends with /: this is read as text")
        )
        text = text.lstrip("/")
    return _make_word(text, start, scanner.position)


def _make_word(text: str, start: int, end: int) -> Word | None:
    return Word(text, start, end) if text.strip() else None


def _parse_tag(scanner: Scanner, context: ParseContext) -> Node | None:
    start = scanner.position
    scanner.position += 1
    parsed = (
        parse_checked_value(scanner, Kind.TAG, token, context)
        for token in scanner.take_values()
    )
    values = tuple(value for value in parsed if value is not None)
    if not values:
        scanner.add_hint(start, scanner.position, _("# is waiting for a tag"))
        return None
    return Compare("tag", ":", values, start, scanner.position)
