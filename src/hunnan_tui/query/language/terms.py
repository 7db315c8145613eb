"""Terms that begin with a name: `stage>=signed`, `has:note`, `sort:invest-`."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.money import compile_amount_pattern
from hunnan_tui.core.text import fold
from hunnan_tui.query.language import fields
from hunnan_tui.query.language.ast import (
    Compare,
    Has,
    Is,
    Node,
    Pattern,
    Range,
    SortKey,
    Text,
    Value,
    disjunction,
    negation,
)
from hunnan_tui.query.language.facets import VALUES
from hunnan_tui.query.language.fields import DATE_OF, FIELDS, KEYWORDS
from hunnan_tui.query.language.lexer import Scan, Typed
from hunnan_tui.query.language.values import read_value

_NAMED = re.compile(r"(\w+(?:-\w+)*)(?::(?=[!<>=≥≤≠]))?(!=|>=|<=|[≥≤≠=<>:])")
_OPS = {"≥": ">=", "≤": "<=", "≠": "!="}


@dataclass(slots=True)
class Context:
    """What terms are read with, and what they say beside the filter."""

    today: date
    stages: Collection[str] | None
    currency: str
    sort: list[SortKey] = field(default_factory=list)
    group: str = ""
    show: list[str] = field(default_factory=list)


def named(scan: Scan) -> re.Match[str] | None:
    """Return the name and the sign behind it that stand here, if they do.

    A scheme (`https://`) and a time (`12:30`) are text.
    """
    match = scan.match(_NAMED)
    if match is None or scan.flat.startswith("//", match.end()):
        return None
    is_known = bool(fields.find_name(match[1]))
    return match if is_known or not match[1][0].isdigit() else None


def read_named(scan: Scan, match: re.Match[str], context: Context) -> Node | None:
    """Take the term that begins with a name; None if it filters nothing (yet)."""
    name = fields.find_name(match[1])
    scan.at = match.end()
    if name in KEYWORDS:
        return _keyword(scan, name, match.start(), context)
    is_number = name in FIELDS and FIELDS[name].kind in NUMERIC
    typed = scan.values(compile_amount_pattern(context.currency) if is_number else None)
    if not name:
        name = _stage_date(match[1], typed, context)
    if not name:
        meant = fields.near_name(match[1], context.stages or ())
        message = f"There is no field {match[1]}"
        if meant:
            scan.misspelt(match.start(), match.end(1), message, meant)
        else:
            term = scan.text[match.start() : scan.at].replace('"', "")
            hint = f'text that is searched goes in quotes: "{term}"'
            scan.error(match.start(), match.end(1), message, hint)
        return None
    return _compare(scan, match, name, typed, context)


def _stage_date(name: str, typed: list[Typed], context: Context) -> str:
    """Return the field of the day on which a stage was reached, if one is meant."""
    if context.stages is not None:
        known = {fold(stage): stage for stage in context.stages}
        stage = known.get(fold(name))
        return f"{DATE_OF}{stage}" if stage else ""
    if fields.near_name(name):
        return ""
    try:
        dates = [read_value(Kind.DATE, each, context.today) for each in typed]
    except ValueError:
        return ""
    return f"{DATE_OF}{name}" if any(dates) else ""


def _compare(
    scan: Scan, match: re.Match[str], name: str, typed: list[Typed], context: Context
) -> Node | None:
    kind, op = fields.kind_of(name), _OPS.get(match[2], match[2])
    start, end = match.start(), scan.at
    if op not in (":", "=", "!=") and kind in (Kind.TEXT, Kind.CHOICE, Kind.TAG):
        scan.error(*match.span(2), f"{match[1]} has no order", f"type {match[1]}:")
        return None
    values: list[Value] = []
    for each in typed:
        try:
            value = read_checked(scan, kind, each, context)
            if isinstance(value, Range) and op not in (":", "=", "!="):
                raise ValueError(f"A range stands behind {match[1]}:")  # noqa: TRY301 - one place reports
        except ValueError as error:
            scan.error(each.start, each.end, str(error))
            return None
        if value is not None:
            values.append(value)
    if not values:
        scan.hint(start, end, f"{match[1]} is waiting for a value")
        return None
    if op == "!=":
        return negation(Compare(name, "=", tuple(values), start, end))
    return Compare(name, op, tuple(values), start, end)


def read_checked(
    scan: Scan, kind: Kind, typed: Typed, context: Context
) -> Value | None:
    """Return a value as `read_value` does, with a pattern that can be used, or a text."""
    value = read_value(kind, typed, context.today, context.currency)
    if isinstance(value, Pattern):
        return checked_pattern(scan, value) or Text(value.text)
    return value


def checked_pattern(scan: Scan, pattern: Pattern) -> Pattern | None:
    """Return the pattern if it can be used; else tell why it is read as text."""
    from hunnan_tui.query.text.regex import PatternError

    try:
        _ = pattern.automaton
    except PatternError as error:
        message = f"{error}: it is searched as text"
        scan.hint(pattern.start, pattern.end, message)
        return None
    return pattern


def _keyword(scan: Scan, word: str, start: int, context: Context) -> Node | None:
    nodes: list[Node] = []
    typed = scan.values()
    if not typed:
        scan.hint(start, scan.at, f"{word}: is waiting for a name")
    for each in typed:
        if word == "is":
            name, names = fields.find_test(each.text), fields.TEST_SPELLINGS
        else:
            name, names = fields.find_field(_bare(word, each.text)), fields.SPELLINGS
        if not name:
            _unknown(scan, word, each, names)
        elif word == "is":
            nodes.append(Is(name, context.today, start, each.end))
        elif word in ("has", "no"):
            nodes.append(Has(name, start, each.end))
        elif word == "sort":
            context.sort.append(SortKey(name, "-" in (each.text[0], each.text[-1])))
        elif word == "group" and name in VALUES:
            if context.group not in ("", name):
                unused = f"Groups are of one field: {context.group} is not used"
                scan.hint(each.start, each.end, unused)
            context.group = name
        elif word == "group":
            scan.hint(each.start, each.end, f"Groups are of {', '.join(VALUES)}")
        else:
            context.show.append(name)
    return _any_of(word, nodes)


def _bare(word: str, text: str) -> str:
    """Return a field's name without the sign of its direction."""
    return text.strip("+-") if word == "sort" else text


def _unknown(scan: Scan, word: str, typed: Typed, names: Collection[str]) -> None:
    bare = _bare(word, typed.text)
    if fields.is_beginning(bare, names):
        scan.hint(typed.start, typed.end, f"{word}: is waiting for a whole name")
        return
    what = "test" if word == "is" else "field"
    meant = fields.near(bare, names)
    scan.misspelt(typed.start, typed.end, f"There is no {what} {bare}", meant)


def _any_of(word: str, nodes: list[Node]) -> Node | None:
    if word == "no":
        nodes = [negation(node) for node in nodes]
    return disjunction(nodes) if nodes else None
