"""Text to `Query`. Any text is a query: what makes no sense is left out and told.

query = and { ("OR" | "|" | "或") and }
and   = not { ["AND" | "&"] not }
not   = ("-" | "!" | "NOT") not | "(" query ")" | term
term  = "#" tag | name op values | '"' phrase '"' | "/" regex "/" | word
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from hunnan_tui.core.fields import Kind
from hunnan_tui.query.language.ast import (
    Compare,
    Node,
    Pattern,
    Word,
    conjunction,
    disjunction,
    negation,
)
from hunnan_tui.query.language.lexer import Scan
from hunnan_tui.query.language.query import Query
from hunnan_tui.query.language.terms import (
    Context,
    checked_pattern,
    named,
    read_checked,
    read_named,
)

DEEPEST = 40
"""Brackets within brackets that are read."""

_OR = re.compile(r'(?:\|+|(?:OR|或)(?=[\s()"|]|$))')
_AND = re.compile(r'(?:AND|&&?)(?=[\s()"|]|$)')
_NOT = re.compile(r'(?:[-!]|NOT(?=[\s()"|]|$))\s*')


def parse(
    text: str,
    *,
    today: date,
    stages: Collection[str] | None = None,
    currency: str = "",
) -> Query:
    """Read what was typed.

    Args:
        text: Any text.
        today: What relative dates start from.
        stages: The stages whose names are fields for the day they were reached; when
            not given, any unknown name is one that stands before a date.
        currency: What amounts are in; empty if that is not stated.
    """
    scan = Scan(text)
    context = Context(today, stages, currency)
    node = _query(scan, context)
    return Query(
        text,
        node,
        tuple(dict.fromkeys(context.sort)),
        context.group,
        tuple(dict.fromkeys(context.show)),
        tuple(sorted(scan.problems, key=lambda problem: problem.column)),
    )


def _query(scan: Scan, context: Context) -> Node:
    nodes: list[Node] = []
    while not scan.is_done:
        node = _or(scan, context, 0)
        nodes.extend([node] if node else [])
        if not scan.is_done:  # nothing but a closing bracket stops `_or`
            scan.hint(scan.at, scan.at + 1, "There is no bracket to close")
            scan.at += 1
    return conjunction(nodes)


def _or(scan: Scan, context: Context, depth: int) -> Node | None:
    nodes: list[Node] = []
    operator: tuple[int, int] | None = None
    while True:
        node = _and(scan, context, depth)
        if operator and (node is None or not nodes):
            scan.hint(*operator, "OR stands between two terms: here it is left out")
        nodes.extend([node] if node else [])
        match = scan.take(_OR)
        if match is None:
            return disjunction(nodes) if nodes else None
        operator = match.span()


def _and(scan: Scan, context: Context, depth: int) -> Node | None:
    nodes: list[Node] = []
    while True:
        scan.skip_blanks()
        if scan.take(_AND):
            continue
        if scan.is_done or scan.next == ")" or scan.match(_OR):
            break
        node = _not(scan, context, depth)
        nodes.extend([node] if node else [])
    for node in nodes[1:-1]:
        if isinstance(node, Word) and scan.flat[node.start : node.end] == "or":
            fix = f"{scan.text[: node.start]}OR{scan.text[node.end :]}"
            scan.hint(node.start, node.end, '"or" is read as a word', "use OR", fix)
    return conjunction(nodes) if nodes else None


def _not(scan: Scan, context: Context, depth: int) -> Node | None:
    start, is_negated = scan.at, False
    while scan.take(_NOT):
        is_negated = not is_negated
    if scan.is_done or scan.next in ")|" or scan.match(_OR) or scan.match(_AND):
        scan.hint(start, scan.at, "Waiting for what is left out")
        return None
    if scan.next == "(":
        node = _bracket(scan, context, depth + 1)
    else:
        node = _term(scan, context)
    return negation(node) if node and is_negated else node


def _bracket(scan: Scan, context: Context, depth: int) -> Node | None:
    start = scan.at
    scan.at += 1
    if depth > DEEPEST:
        scan.error(start, scan.at, "There are too many brackets within brackets")
        return None
    node = _or(scan, context, depth)
    if scan.is_done:
        fix = f"{scan.text})"
        scan.hint(start, start + 1, "The closing bracket is added", fix=fix)
    scan.at += 1
    return node


def _term(scan: Scan, context: Context) -> Node | None:
    start = scan.at
    if scan.next == '"':
        return _word(scan.quoted(), start, scan.at)
    if scan.next == "#":
        return _tag(scan, context)
    if pattern := scan.pattern():
        found = checked_pattern(scan, Pattern(pattern, start, scan.at))
        return found or _word(pattern, start, scan.at)
    if match := named(scan):
        return read_named(scan, match, context)
    text = scan.word()
    if text.startswith("/"):
        # the key that opens the filter bar is easily typed once more
        scan.hint(start, scan.at, "A pattern ends with /: this is read as text")
        text = text.lstrip("/")
    return _word(text, start, scan.at)


def _word(text: str, start: int, end: int) -> Word | None:
    return Word(text, start, end) if text.strip() else None


def _tag(scan: Scan, context: Context) -> Node | None:
    start = scan.at
    scan.at += 1
    typed = scan.values()
    read = (read_checked(scan, Kind.TAG, each, context) for each in typed)
    values = tuple(value for value in read if value is not None)
    if not values:
        scan.hint(start, scan.at, "# is waiting for a tag")
        return None
    return Compare("tag", ":", values, start, scan.at)
