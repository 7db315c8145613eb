"""Evaluates queries: from an AST to the mask of the matching projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress

from hunnan_tui.core.folding import FIELD_SEPARATOR
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.predicates import (
    Steps,
    compare,
    compare_texts,
    has_value,
    is_text,
    run_test,
)
from hunnan_tui.query.language.ast import (
    And,
    Compare,
    Has,
    Is,
    Leaf,
    Node,
    Not,
    Or,
    Pattern,
    Word,
)
from hunnan_tui.query.text.folding import decode_text, encode_text
from hunnan_tui.query.text.pinyin import compile_pinyin

_MAX_KNOWN = 64
"""Terms whose masks are cached, to extend a query or return to it."""
_STEP, _PATTERN_STEP = 5_000, 500
"""Projects that are searched in one step of some milliseconds."""

_TEST_FIELDS = {"noted": "note", "due": "due"}
"""The fields of named tests whose columns are slow to compute."""

Predicate = Callable[[int], object]
"""Takes the index of a project; returns whether it matches."""


class Evaluator:
    """Evaluates queries over one dataset; caches the masks of the latest terms."""

    def __init__(self, derived: DerivedColumns) -> None:
        self.derived = derived
        self._known: dict[Leaf, int] = {}

    def compute_mask(self, node: Node) -> int:
        """Return the mask of the projects that match."""
        steps = self.compute_mask_in_steps(node)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                mask: int = end.value
                return mask

    def compute_mask_in_steps(self, node: Node) -> Steps:
        """Compute the result of `compute_mask` in steps."""
        if isinstance(node, Not):
            without = yield from self.compute_mask_in_steps(node.node)
            return self.derived.everything ^ without
        if isinstance(node, And):
            mask = self.derived.everything
            for child in node.nodes:
                mask &= yield from self.compute_mask_in_steps(child)
            return mask
        if isinstance(node, Or):
            mask = 0
            for child in node.nodes:
                mask |= yield from self.compute_mask_in_steps(child)
            return mask
        known = self._known.pop(node, None)
        if known is None:
            self.derived.is_incomplete = False
            known = yield from self._evaluate_leaf(node)
            if self.derived.is_incomplete:
                return known
        self._known[node] = known  # least recently used first
        while len(self._known) > _MAX_KNOWN:
            del self._known[next(iter(self._known))]
        return known

    def is_ready(self, node: Node) -> bool:
        """Return whether `make_predicate` and `find_candidates` take no time."""
        if isinstance(node, Not):
            return self.is_ready(node.node)
        if isinstance(node, And | Or):
            return all(map(self.is_ready, node.nodes))
        field = _get_field(node)
        return not field or self.derived.is_ready(field)

    def make_predicate(self, node: Node) -> Predicate:
        """Return a predicate that tells whether a single project matches."""
        if isinstance(node, Not):
            matches = self.make_predicate(node.node)
            return lambda position: not matches(position)
        if isinstance(node, And | Or):
            tests = [self.make_predicate(child) for child in node.nodes]
            decide = all if isinstance(node, And) else any
            return lambda position: decide(matches(position) for matches in tests)
        if isinstance(node, Word) and node not in self._known:
            return self._search_word(node).matches
        if isinstance(node, Pattern):
            haystacks, search = self.derived.get_haystacks(), node.automaton.search
            return lambda position: search(_split_lines(haystacks[position]))
        return bitmask.to_flags(self.compute_mask(node), self.derived.count).__getitem__

    def find_candidates(self, node: Node) -> int:
        """Return the mask of the projects that may match; no others do."""
        if isinstance(node, And):
            mask = self.derived.everything
            for child in node.nodes:
                mask &= self.find_candidates(child)
            return mask
        if isinstance(node, Or):
            mask = 0
            for child in node.nodes:
                mask |= self.find_candidates(child)
            return mask
        if isinstance(node, Word) and node not in self._known:
            within = self._search_word(node).within
            return self.derived.everything if within is None else within
        if isinstance(node, Not | Pattern):
            return self.derived.everything
        return self.compute_mask(node)

    def _evaluate_leaf(self, leaf: Leaf) -> Steps:
        if isinstance(leaf, Word):
            return (yield from self._search_word(leaf).compute_mask_in_steps())
        if isinstance(leaf, Pattern):
            return (yield from self._evaluate_pattern(leaf))
        if isinstance(leaf, Compare) and is_text(self.derived, leaf):
            return (yield from compare_texts(self.derived, leaf))
        if field := _get_field(leaf):
            yield from self.derived.prepare_field(field)
        if isinstance(leaf, Compare):
            return compare(self.derived, leaf)
        if isinstance(leaf, Has):
            return has_value(self.derived, leaf.name)
        return run_test(self.derived, leaf)

    def _evaluate_pattern(self, leaf: Pattern) -> Steps:
        haystacks, search = self.derived.get_haystacks(), leaf.automaton.search
        flags = bytearray()
        for start in range(0, self.derived.count, _PATTERN_STEP):
            texts = haystacks[start : start + _PATTERN_STEP]
            results = [search(_split_lines(text)) for text in texts]
            flags += bytes(map(bool, results))
            yield
        return bitmask.from_flags(flags)

    def _search_word(self, leaf: Word) -> _WordSearch:
        """Return the search for a word, restricted to the hits of a prefix of it."""
        word = fold(leaf.text)
        may_be_pinyin = compile_pinyin(word) is not None
        best, within = 0, None
        for known, mask in self._known.items():
            if not isinstance(known, Word):
                continue
            known_word = fold(known.text)
            # a match by pinyin need not contain the letters of the word
            is_wider = not may_be_pinyin or compile_pinyin(known_word) is not None
            if len(known_word) > best and is_wider and word.startswith(known_word):
                best, within = len(known_word), mask
        return _WordSearch(self.derived, word, within)


def _get_field(node: Node) -> str:
    """Return the field of a term; empty if it has none or several."""
    if isinstance(node, Compare | Has):
        return node.name
    return _TEST_FIELDS.get(node.name, "") if isinstance(node, Is) else ""


def _split_lines(haystack: bytes) -> str:
    """Return the text of a project, one text a line."""
    return decode_text(haystack).replace(FIELD_SEPARATOR, "\n")


class _WordSearch:
    """A search for a word in the text and the pinyin of projects."""

    def __init__(self, derived: DerivedColumns, word: str, within: int | None) -> None:
        """Prepare a search.

        Args:
            derived: The columns to search.
            word: The word, folded.
            within: The mask of the projects that may match, if it is known.
        """
        self._count = derived.count
        self._word, self._haystacks = encode_text(word), derived.get_haystacks()
        pattern = compile_pinyin(word)
        pinyin = derived.get_pinyin() if pattern is not None else None
        if pinyin is None:
            pattern, pinyin = None, []
        self._pattern, self._pinyin = pattern, pinyin
        self._prefix = f"'{word[:1]}"
        """How a matching syllable begins: quicker to find than the pattern."""
        self.within = within

    def matches(self, position: int) -> bool:
        """Return whether the project at an index matches."""
        return self._word in self._haystacks[position] or bool(
            self._filter_by_pinyin([position])
        )

    def compute_mask_in_steps(self) -> Steps:
        """Compute the mask of the projects that match, in steps."""
        flags = bytearray(self._count)
        within = self.within
        if within is not None and within.bit_count() > self._count // 2:
            within = None  # searching all of them is quicker
        candidates = (
            bitmask.to_flags(within, self._count) if within is not None else b""
        )
        word, haystacks = self._word, self._haystacks
        for start in range(0, self._count, _STEP):
            stop = min(start + _STEP, self._count)
            positions: Iterable[int] = range(start, stop)
            if within is None:
                texts = haystacks[start:stop]
                flags[start:stop] = bytes([word in text for text in texts])
            else:
                positions = list(compress(positions, candidates[start:stop]))
                for position in positions:
                    flags[position] = word in haystacks[position]
            for position in self._filter_by_pinyin(
                position for position in positions if not flags[position]
            ):
                flags[position] = 1
            if stop < self._count:
                yield
        return bitmask.from_flags(flags)

    def _filter_by_pinyin(self, positions: Iterable[int]) -> list[int]:
        """Return those of some indexes at which the pinyin matches."""
        if self._pattern is None:
            return []
        prefix, search, pinyin = self._prefix, self._pattern.search, self._pinyin
        return [i for i in positions if prefix in pinyin[i] and search(pinyin[i])]
