"""Where a query's words stand in a project, to be shown and highlighted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.texts import (
    ANYWHERE,
    SAID_IN_PINYIN,
    TEXTS,
    parts,
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
from hunnan_tui.query.text.folding import find_spans, fold_with_positions
from hunnan_tui.query.text.pinyin import find_pinyin

Spans = list[tuple[int, int]]
Find = Callable[[str, str], Spans]
"""Finds a word in a text of a field."""
FindWord = Callable[[str, str], Spans]
"""Finds a folded word in a text."""
_Finder = tuple[tuple[str, ...], Find]
"""What finds a word, and in which fields."""

_NAMES = ("name", "name_zh")
_OTHERS = tuple(field for field in TEXTS if field not in _NAMES)
_AROUND = 30
"""Characters of an excerpt on each side of what was found."""
_LONGEST = 20_000
"""Characters of a text that are looked through for patterns."""


@dataclass(frozen=True, slots=True)
class Match:
    """A text of a project in which something that was searched stands."""

    field: str
    """As in a query; `name` and `name_zh` each for themselves."""
    text: str
    """All of a name; of other texts what surrounds the first place."""
    spans: tuple[tuple[int, int], ...]
    """What to highlight in the text, from left to right."""


def why(node: Node, dataset: Dataset, project: Project) -> list[Match]:
    """Return where the words of a query stand in a project, names first."""
    fields = (*_NAMES, *_OTHERS)
    found = list(_found(_finders(node, find_spans), dataset, project, fields))
    # by its sound only what is not written anywhere: the sounds take long to load
    return found or list(_found(_finders(node, _find_said), dataset, project, fields))


def why_in_names(node: Node, dataset: Dataset, project: Project) -> list[Match]:
    """Return what `why` does of the names alone, for a list in which it is seen."""
    finders = list(_finders(node, find_spans))
    found = list(_found(finders, dataset, project, _NAMES))
    if found or any(_found(finders, dataset, project, _OTHERS)):
        return found
    return list(_found(_finders(node, _find_said), dataset, project, _NAMES))


def _found(
    finders: Iterable[_Finder],
    dataset: Dataset,
    project: Project,
    fields: Iterable[str],
) -> Iterator[Match]:
    finders = list(finders)
    for field in fields:
        able = [find for searched, find in finders if field in searched]
        for text in TEXTS[field](dataset, project) if able else ():
            spans = [span for find in able for span in find(field, text)]
            if spans:
                yield _match(field, text, _joined(spans))


def _finders(node: Node, find: FindWord) -> Iterator[_Finder]:
    """Return what finds each word, and in which fields; nothing of what is left out."""
    if isinstance(node, And | Or):
        for each in node.nodes:
            yield from _finders(each, find)
    elif isinstance(node, Word | Pattern):
        yield ANYWHERE, _finder(node, find)
    elif isinstance(node, Compare):
        for value in node.values:
            if isinstance(value, Text | Pattern):
                yield parts(node.name), _finder(value, find)


def _find_said(text: str, word: str) -> Spans:
    return find_spans(text, word) or find_pinyin(text, word)


def _finder(wanted: Word | Text | Pattern, find: FindWord) -> Find:
    if isinstance(wanted, Pattern):
        automaton = wanted.automaton

        def find_pattern(_: str, text: str) -> Spans:
            folded, places = fold_with_positions(text[:_LONGEST])
            if not automaton.search(folded):
                return []
            return [
                (places[start], places[end - 1] + 1)
                for start, end in automaton.find_spans(folded[: 4 * _AROUND])
            ]

        return find_pattern
    word = fold(wanted.text)

    def find_word(field: str, text: str) -> Spans:
        return (find if field in SAID_IN_PINYIN else find_spans)(text, word)

    return find_word


def _joined(spans: Spans) -> Spans:
    """Return spans in their order, those that touch or overlap as one."""
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _match(field: str, text: str, spans: Spans) -> Match:
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
