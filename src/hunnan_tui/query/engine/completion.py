"""What can be typed next: names, and values with how many projects have them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.choices import fits
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language import fields
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import FIELDS, KEYWORDS, TESTS
from hunnan_tui.query.language.formatter import quote_if_needed
from hunnan_tui.query.language.lexer import to_ascii

MOST = 50
"""Completions that are offered."""

_NAMED = re.compile(r"(\w+(?:-\w+)*):?(?:!=|>=|<=|[≥≤≠=<>:])")
_OPEN_TERM = re.compile(r'(?:"(?:[^"\\]|\\.)*+(?:"|\Z)|[^\s()|"])*+\Z')
_HELP = {
    "has": "states something",
    "no": "states nothing",
    "is": "passes a test",
    "sort": "order of the list",
    "group": "groups with subtotals",
    "show": "columns",
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that can take the place of what is being typed."""

    insert: str
    start: int
    """The span of the typed text that it replaces."""
    end: int
    label: str
    """A value's name, or a few words on a field."""
    count: int | None = None
    """How many of the listed projects have the value."""


def complete(
    text: str, cursor: int, index: Index, keys: Sequence[str]
) -> list[Completion]:
    """Return what can stand where the cursor is, the likeliest first.

    Args:
        text: The query as far as it is typed.
        cursor: A place in it, in characters from 0.
        index: What is searched.
        keys: The projects among which values are counted.
    """
    flat = to_ascii(text[:cursor])
    start = _term_start(flat)
    while flat[start : start + 1] in ("-", "!"):
        start += 1
    term = flat[start:]
    if term.startswith("#"):
        return _values("tag", start + 1, flat, index, keys)
    match = _NAMED.match(term)
    if match is None:
        return _names(start, flat)[:MOST]
    name = fields.find_name(match[1])
    values_start = start + match.end()
    if name in FACET_GETTERS:
        return _values(name, values_start, flat, index, keys)
    return _after_keyword(name, values_start, flat)[:MOST]


def _term_start(flat: str) -> int:
    """Return where the term begins that the text ends in; quotes hold it together."""
    for start in range(len(flat) + 1):
        begins = start == 0 or flat[start - 1] in " ()|\t"
        if begins and flat.count('"', 0, start) % 2 == 0:
            match = _OPEN_TERM.match(flat, start)
            if match:
                return start
    return len(flat)


def _names(start: int, flat: str) -> list[Completion]:
    typed = flat[start:]
    offered = [
        *(
            (f"{field.id}:", field.help, (field.id, *field.aliases))
            for field in FIELDS.values()
        ),
        *((f"{name}:", _HELP[name], (name, *more)) for name, more in KEYWORDS.items()),
    ]
    found = [
        Completion(insert, start, len(flat), label)
        for insert, label, spellings in offered
        if fields.is_prefix_of_any(typed, spellings)
    ]
    if flat[:start].strip() and "OR".startswith(typed):
        found.insert(0, Completion("OR", start, len(flat), "either of two terms"))
    return found


def _after_keyword(name: str, start: int, flat: str) -> list[Completion]:
    start = max(start, flat.rfind(",") + 1)
    typed = flat[start:]
    if name == "is":
        offered: dict[str, tuple[str, tuple[str, ...]]] = {
            test: (label, (test, *more)) for test, (more, label) in TESTS.items()
        }
    elif name in KEYWORDS:
        offered = {
            field.id: (field.help, (field.id, *field.aliases))
            for field in FIELDS.values()
            if name != "group" or field.id in FACET_GETTERS
        }
    else:
        return []
    return [
        Completion(insert, start, len(flat), label)
        for insert, (label, spellings) in offered.items()
        if fields.is_prefix_of_any(typed, spellings)
    ]


def _values(
    field: str, start: int, flat: str, index: Index, keys: Sequence[str]
) -> list[Completion]:
    if flat.count('"', start) % 2:
        start = flat.rfind('"')  # within quotes a comma is text
        typed = flat[start + 1 :]
    else:
        start = max(start, flat.rfind(",") + 1)
        typed = flat[start:]
    counts = index.counts(keys, (field,)).facets[field]
    labels: Mapping[str, tuple[str, ...]] = index.labels(field)
    wanted = fold(typed)
    found = [
        Completion(
            quote_if_needed(value),
            start,
            len(flat),
            (names or (value,))[0],
            counts[value].projects if value in counts else 0,
        )
        for value, names in labels.items()
        if not wanted or fits((value, *names), wanted)
    ]
    # a value that no listed project has stands last; the others by how many have it,
    # but industries and stages in their own order
    if field in ("industry", "stage"):
        found.sort(key=lambda each: not each.count)
    else:
        found.sort(key=lambda each: (-(each.count or 0), each.insert))
    return found[:MOST]
