"""Which projects a query lets through, as masks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import compress

from hunnan_tui.core.fields import Kind
from hunnan_tui.core.folding import FIELD_SEPARATOR
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.predicates import (
    Steps,
    compare,
    compare_texts,
    has,
    passes,
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
from hunnan_tui.query.language.fields import kind_of
from hunnan_tui.query.text.folding import decode_text, encode_text
from hunnan_tui.query.text.pinyin import compile_pinyin

_REMEMBERED = 64
"""Terms whose projects are kept, for typing on and for going back."""
_STEP, _STEP_OF_PATTERN = 5_000, 500
"""Projects that are looked through at a time: some milliseconds."""

_TESTED = {"noted": "note", "due": "due"}
"""The fields that named tests look at, if making what they look at takes long."""

Test = Callable[[int], object]
"""Tells of the place of a project whether it is let through."""


class Evaluator:
    """Answers queries over one dataset; what was found last is remembered."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._known: dict[Leaf, int] = {}

    def mask(self, node: Node) -> int:
        """Return the projects that a query lets through."""
        steps = self.steps(node)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                found: int = end.value
                return found

    def steps(self, node: Node) -> Steps:
        """Find out what `mask` returns, bit by bit."""
        if isinstance(node, Not):
            without = yield from self.steps(node.node)
            return self.tables.everything ^ without
        if isinstance(node, And):
            found = self.tables.everything
            for each in node.nodes:
                found &= yield from self.steps(each)
            return found
        if isinstance(node, Or):
            found = 0
            for each in node.nodes:
                found |= yield from self.steps(each)
            return found
        known = self._known.pop(node, None)
        if known is None:
            self.tables.is_incomplete = False
            known = yield from self._leaf(node)
            if self.tables.is_incomplete:
                return known
        self._known[node] = known  # the last one used stands last
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        return known

    def is_ready(self, node: Node) -> bool:
        """Return whether `test` and `at_most` answer at once."""
        if isinstance(node, Not):
            return self.is_ready(node.node)
        if isinstance(node, And | Or):
            return all(map(self.is_ready, node.nodes))
        field = _field(node)
        return not field or self.tables.is_ready(field)

    def test(self, node: Node) -> Test:
        """Return what tells of single projects whether a query lets them through."""
        if isinstance(node, Not):
            fits = self.test(node.node)
            return lambda place: not fits(place)
        if isinstance(node, And | Or):
            tests = [self.test(each) for each in node.nodes]
            decide = all if isinstance(node, And) else any
            return lambda place: decide(fits(place) for fits in tests)
        if isinstance(node, Word) and node not in self._known:
            return self._search(node).fits
        if isinstance(node, Pattern):
            haystacks, search = self.tables.haystacks(), node.automaton.search
            return lambda place: search(_lines(haystacks[place]))
        return bitmask.to_flags(self.mask(node), self.tables.count).__getitem__

    def at_most(self, node: Node) -> int:
        """Return projects of which a query lets through none, or only some."""
        if isinstance(node, And):
            found = self.tables.everything
            for each in node.nodes:
                found &= self.at_most(each)
            return found
        if isinstance(node, Or):
            found = 0
            for each in node.nodes:
                found |= self.at_most(each)
            return found
        if isinstance(node, Word) and node not in self._known:
            within = self._search(node).within
            return self.tables.everything if within is None else within
        if isinstance(node, Not | Pattern):
            return self.tables.everything
        return self.mask(node)

    def _leaf(self, leaf: Leaf) -> Steps:
        if isinstance(leaf, Word):
            return (yield from self._search(leaf).steps())
        if isinstance(leaf, Pattern):
            return (yield from self._pattern(leaf))
        if isinstance(leaf, Compare) and kind_of(leaf.name) is Kind.TEXT:
            return (yield from compare_texts(self.tables, leaf))
        if field := _field(leaf):
            yield from self.tables.readying(field)
        if isinstance(leaf, Compare):
            return compare(self.tables, leaf)
        if isinstance(leaf, Has):
            return has(self.tables, leaf.name)
        return passes(self.tables, leaf)

    def _pattern(self, leaf: Pattern) -> Steps:
        haystacks, search = self.tables.haystacks(), leaf.automaton.search
        flags = bytearray()
        for start in range(0, self.tables.count, _STEP_OF_PATTERN):
            texts = haystacks[start : start + _STEP_OF_PATTERN]
            found = [search(_lines(each)) for each in texts]
            flags += bytes(map(bool, found))
            yield
        return bitmask.from_flags(flags)

    def _search(self, leaf: Word) -> _Search:
        """Return the search for a word among the projects that may have it."""
        word = fold(leaf.text)
        is_said = compile_pinyin(word) is not None
        best, within = 0, None
        for known, found in self._known.items():
            if not isinstance(known, Word):
                continue
            shorter = fold(known.text)
            # what sounds like a long word need not contain a letter of it
            is_wider = not is_said or compile_pinyin(shorter) is not None
            if len(shorter) > best and is_wider and word.startswith(shorter):
                best, within = len(shorter), found
        return _Search(self.tables, word, within)


def _field(node: Node) -> str:
    """Return the field that a term looks at; an empty text if it is not just one."""
    if isinstance(node, Compare | Has):
        return node.name
    return _TESTED.get(node.name, "") if isinstance(node, Is) else ""


def _lines(haystack: bytes) -> str:
    """Return all the text of a project as lines."""
    return decode_text(haystack).replace(FIELD_SEPARATOR, "\n")


class _Search:
    """Where a word stands, or is said, anywhere in a project."""

    def __init__(self, tables: Tables, word: str, within: int | None) -> None:
        """Take a folded word.

        Args:
            tables: All projects.
            word: The word.
            within: Those that can have it, if that is known.
        """
        self._count = tables.count
        self._wanted, self._haystacks = encode_text(word), tables.haystacks()
        sound = compile_pinyin(word)
        said = tables.said() if sound is not None else None
        if said is None:
            sound, said = None, []
        self._sound, self._said = sound, said
        self._begin = f"'{word[:1]}"
        """How a syllable begins that the sound begins with: quicker than a pattern."""
        self.within = within

    def fits(self, place: int) -> bool:
        """Return whether the project of a place has it."""
        return self._wanted in self._haystacks[place] or bool(self._said_at([place]))

    def steps(self) -> Steps:
        """Find the projects that have it."""
        flags = bytearray(self._count)
        within = self.within
        if within is not None and within.bit_count() > self._count // 2:
            within = None  # it is quicker to look at all of them
        may = bitmask.to_flags(within, self._count) if within is not None else b""
        wanted, haystacks = self._wanted, self._haystacks
        for start in range(0, self._count, _STEP):
            stop = min(start + _STEP, self._count)
            places: Iterable[int] = range(start, stop)
            if within is None:
                texts = haystacks[start:stop]
                flags[start:stop] = bytes([wanted in text for text in texts])
            else:
                places = list(compress(places, may[start:stop]))
                for place in places:
                    flags[place] = wanted in haystacks[place]
            for place in self._said_at(place for place in places if not flags[place]):
                flags[place] = 1
            if stop < self._count:
                yield
        return bitmask.from_flags(flags)

    def _said_at(self, places: Iterable[int]) -> list[int]:
        """Return at which of some places it is said."""
        if self._sound is None:
            return []
        begin, search, said = self._begin, self._sound.search, self._said
        return [each for each in places if begin in said[each] and search(said[each])]
