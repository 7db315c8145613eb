"""Completions of a query: names, and values with their number of projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hunnan_tui.core.fields import FILE, Field
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.choices import choose_label, find_chinese, matches_any
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language import fields
from hunnan_tui.query.language.fields import FIELDS, KEYWORDS, TESTS
from hunnan_tui.query.language.formatter import quote_if_needed
from hunnan_tui.query.language.lexer import to_ascii

MAX_COMPLETIONS = 50
"""Most completions that are offered."""

_NAMED = re.compile(r"(\w+(?:-\w+)*):?(?:!=|>=|<=|[≥≤≠=<>:])")
_OPEN_TERM = re.compile(r'(?:"(?:[^"\\]|\\.)*+(?:"|\Z)|[^\s()|"])*+\Z')
_WRITTEN_BY_NAME = ("stage", "industry", "basis", "source_kind")
"""Fields whose values are written by their names, which are short and stay."""
_KEYWORD_HELP = {
    "has": N_("states something"),
    "no": N_("states nothing"),
    "is": N_("passes a test"),
    "sort": N_("order of the list"),
    "group": N_("groups with subtotals"),
    "show": N_("columns"),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that can replace what is being typed."""

    insert: str
    start: int
    """The span of the typed text that it replaces."""
    end: int
    label: str
    """The name of a value, or a short explanation of a field."""
    count: int | None = None
    """The number of projects with the value, of those that are counted."""


def find_typed_term(text: str, cursor: int) -> int:
    """Return where the term begins that is being typed at the cursor."""
    return _find_term_start(to_ascii(text[:cursor]))


def complete(
    text: str, cursor: int, index: Index, within: int | None
) -> list[Completion]:
    """Return the completions at the cursor, the likeliest first.

    Args:
        text: The query typed so far.
        cursor: A position in it, in characters from 0.
        index: The index of the dataset.
        within: The mask of the projects among which values are counted; None: of which
            values there are takes no time, and how many have each is left out.
    """
    ascii_text = to_ascii(text[:cursor])
    start = _find_term_start(ascii_text)
    while ascii_text[start : start + 1] in ("-", "!"):
        start += 1
    term = ascii_text[start:]
    if term.startswith("#"):
        return _complete_values("tag", start + 1, ascii_text, index, within)
    match = _NAMED.match(term)
    if match is None:
        return _complete_names(start, ascii_text, index)[:MAX_COMPLETIONS]
    name = fields.find_name(match[1])
    if not name and (own := index.find_own_fields().find(match[1])):
        name = own.id
    values_start = start + match.end()
    if index.has_groups(name):
        return _complete_values(name, values_start, ascii_text, index, within)
    return _complete_argument(name, values_start, ascii_text, index)[:MAX_COMPLETIONS]


def _find_term_start(ascii_text: str) -> int:
    """Return the start of the last term; quotes may contain separators."""
    for start in range(len(ascii_text) + 1):
        begins = start == 0 or ascii_text[start - 1] in " ()|\t"
        if begins and ascii_text.count('"', 0, start) % 2 == 0:
            match = _OPEN_TERM.match(ascii_text, start)
            if match:
                return start
    return len(ascii_text)


def _list_fields(typed: str, index: Index) -> list[Field]:
    """Return the fields that can be meant: rare ones only when they are typed.

    Those of the user's own follow once they are known: a key does not wait for them.
    """
    own_fields = index.known_own_fields
    if own_fields is None:
        return list(FIELDS.values())
    shown = own_fields if typed else own_fields.get_common()
    known = (
        field
        for field in FIELDS.values()
        if field.id != FILE or index.dataset.files  # one file needs no name
    )
    return [*known, *(own.field for own in shown)]


def _complete_names(start: int, ascii_text: str, index: Index) -> list[Completion]:
    typed = ascii_text[start:]
    candidates = [
        *(
            (f"{field.word}:", _(field.help), (field.id, *field.aliases))
            for field in _list_fields(typed, index)
        ),
        *(
            (f"{fields.get_word(name)}:", _(_KEYWORD_HELP[name]), (name, *more))
            for name, more in KEYWORDS.items()
        ),
    ]
    completions = [
        Completion(insert, start, len(ascii_text), label)
        for insert, label, spellings in candidates
        if fields.is_prefix_of_any(typed, spellings)
    ]
    either = fields.get_or()
    if ascii_text[:start].strip() and typed in ("", "O", "OR", "或"):
        label = _("either of two terms")
        completions.insert(0, Completion(either, start, len(ascii_text), label))
    return completions


def _complete_argument(
    name: str, start: int, ascii_text: str, index: Index
) -> list[Completion]:
    start = max(start, ascii_text.rfind(",") + 1)
    typed = ascii_text[start:]
    if name == "is":
        candidates: dict[str, tuple[str, tuple[str, ...]]] = {
            fields.get_test_word(test): (_(label), (test, *more))
            for test, (more, label) in TESTS.items()
        }
    elif name in KEYWORDS:
        candidates = {
            field.word: (_(field.help), (field.id, *field.aliases))
            for field in _list_fields(typed, index)
            if name != "group" or index.has_groups(field.id)
        }
    else:
        return []
    return [
        Completion(insert, start, len(ascii_text), label)
        for insert, (label, spellings) in candidates.items()
        if fields.is_prefix_of_any(typed, spellings)
    ]


def _complete_values(
    field: str, start: int, ascii_text: str, index: Index, within: int | None
) -> list[Completion]:
    if ascii_text.count('"', start) % 2:
        start = ascii_text.rfind('"')  # a comma within quotes is text
        typed = ascii_text[start + 1 :]
    else:
        start = max(start, ascii_text.rfind(",") + 1)
        typed = ascii_text[start:]
    counts = index.count_mask(within, (field,)).facets[field] if within else {}
    labels: Mapping[str, tuple[str, ...]] = index.get_labels(field)
    prefix = fold(typed)
    completions = [
        Completion(
            quote_if_needed(_choose_word(field, value, index)),
            start,
            len(ascii_text),
            choose_label(value, names),
            None
            if within is None
            else (counts[value].projects if value in counts else 0),
        )
        for value, names in labels.items()
        if not prefix or matches_any((value, *names), prefix)
    ]
    # values without projects last; others by number of projects, except that those
    # of a field with an order keep it
    if index.list_ordered_values(field):
        completions.sort(key=lambda completion: not completion.count)
    else:
        completions.sort(
            key=lambda completion: (-(completion.count or 0), completion.insert)
        )
    return completions[:MAX_COMPLETIONS]


def _choose_word(field: str, value: str, index: Index) -> str:
    """Return what a query calls a value in the language in use, if that is clear."""
    labels = index.get_labels(field)
    word = find_chinese(labels.get(value, ())) if is_chinese() else ""
    if not word or field not in _WRITTEN_BY_NAME:
        return value
    return word if sum(word in names for names in labels.values()) == 1 else value
