"""Finds the words of a query in a project, to show and highlight them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.texts import (
    PINYIN_FIELDS,
    TEXT_GETTERS,
    WORD_FIELDS,
    expand_field,
)
from hunnan_tui.query.language.ast import (
    And,
    Compare,
    Node,
    Or,
    Pattern,
    Text,
    Word,
)
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.query.text.folding import find_spans, fold_with_positions
from hunnan_tui.query.text.pinyin import find_pinyin

Spans = list[tuple[int, int]]
Find = Callable[[str, str], Spans]
"""Takes a field and its text; returns the spans to highlight."""
FindWord = Callable[[str, str], Spans]
"""Takes a text and a folded word; returns its spans."""
_Finder = tuple[tuple[str, ...], Find]
"""The fields to search, and how."""

_NAMES = ("name", "name_zh")
_OTHERS = tuple(field for field in TEXT_GETTERS if field not in _NAMES)
_AROUND = 30
"""Characters of an excerpt on each side of a match."""
_LONGEST = 20_000
"""Characters of a text that are searched for patterns."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text of a project that a query matches."""

    field: str
    """Named as in a query, but `name` and `name_zh` apart."""
    text: str
    """A whole name; of other texts an excerpt around the first match."""
    spans: tuple[tuple[int, int], ...]
    """What to highlight in the text, from left to right."""


def find_matches(node: Node, dataset: Dataset, project: Project) -> list[Match]:
    """Return the texts of a project that a query matches, names first."""
    fields = (*_NAMES, *_OTHERS)
    matches = list(
        _match_fields(_make_finders(node, find_spans), dataset, project, fields)
    )
    # pinyin only if nothing matches literally: a match by letters says more
    return matches or list(
        _match_fields(
            _make_finders(node, _find_span_or_pinyin), dataset, project, fields
        )
    )


def find_name_matches(node: Node, dataset: Dataset, project: Project) -> list[Match]:
    """Return the result of `find_matches` for names only, faster."""
    finders = list(_make_finders(node, find_spans))
    matches = list(_match_fields(finders, dataset, project, _NAMES))
    if matches or any(_match_fields(finders, dataset, project, _OTHERS)):
        return matches
    return list(
        _match_fields(
            _make_finders(node, _find_span_or_pinyin), dataset, project, _NAMES
        )
    )


def _match_fields(
    finders: Iterable[_Finder],
    dataset: Dataset,
    project: Project,
    fields: Iterable[str],
) -> Iterator[Match]:
    finders = list(finders)
    for field in fields:
        able = [find for searched, find in finders if field in searched]
        for text in TEXT_GETTERS[field](dataset, project) if able else ():
            spans = [span for find in able for span in find(field, text)]
            if spans:
                yield _make_match(field, text, _merge_spans(spans))


def _make_finders(node: Node, find: FindWord) -> Iterator[_Finder]:
    """Return a finder for each word of a query, except in negated terms."""
    if isinstance(node, And | Or):
        for child in node.nodes:
            yield from _make_finders(child, find)
    elif isinstance(node, Word | Pattern):
        yield WORD_FIELDS, _make_finder(node, find)
    elif isinstance(node, Compare):
        for value in node.values:
            if isinstance(value, Text | Pattern):
                yield _list_fields(node.name), _make_finder(value, find)


def _list_fields(name: str) -> tuple[str, ...]:
    """Return the fields whose texts a comparison is about: facts or other keys too."""
    return expand_field(name) if is_of_schema(name) else ("fact", "other")


def _find_span_or_pinyin(text: str, word: str) -> Spans:
    return find_spans(text, word) or find_pinyin(text, word)


def _make_finder(value: Word | Text | Pattern, find: FindWord) -> Find:
    if isinstance(value, Pattern):
        automaton = value.automaton

        def find_pattern(_: str, text: str) -> Spans:
            folded, positions = fold_with_positions(text[:_LONGEST])
            if not automaton.search(folded):
                return []
            return [
                (positions[start], positions[end - 1] + 1)
                for start, end in automaton.find_spans(folded[: 4 * _AROUND])
            ]

        return find_pattern
    word = fold(value.text)

    def find_word(field: str, text: str) -> Spans:
        return (find if field in PINYIN_FIELDS else find_spans)(text, word)

    return find_word


def _merge_spans(spans: Spans) -> Spans:
    """Return spans in order, with those that touch or overlap merged."""
    merged: Spans = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _make_match(field: str, text: str, spans: Spans) -> Match:
    if field in _NAMES:
        return Match(field, text, tuple(spans))
    start = max(0, spans[0][0] - _AROUND)
    end = min(len(text), spans[0][1] + 2 * _AROUND)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(head) - start
    inside = tuple(
        (first + shift, min(last, end) + shift) for first, last in spans if first < end
    )
    return Match(field, f"{head}{text[start:end]}{tail}", inside)
