"""Which projects a query lets through, as masks."""

from __future__ import annotations

from hunnan_tui.query import masks
from hunnan_tui.query.compare import compare, has, passes
from hunnan_tui.query.tables import Tables
from hunnan_tui.query.tree import And, Compare, Has, Is, Leaf, Node, Not, Or, Word
from hunnan_tui.query.words import search_fold

_REMEMBERED = 64
"""Terms whose projects are kept, for typing on and for going back."""


class Evaluator:
    """Answers queries over one dataset; what was found last is remembered."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[Leaf, int] = {}

    def mask(self, node: Node) -> int:
        """Return the projects that a query lets through."""
        if isinstance(node, Not):
            return self._tables.everything ^ self.mask(node.node)
        if isinstance(node, And):
            found = self._tables.everything
            for each in node.nodes:
                found &= self.mask(each)
            return found
        if isinstance(node, Or):
            found = 0
            for each in node.nodes:
                found |= self.mask(each)
            return found
        known = self._known.pop(node, None)
        if known is None:
            known = self._leaf(node)
        self._known[node] = known  # the last one used stands last
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        return known

    def _leaf(self, leaf: Leaf) -> int:
        if isinstance(leaf, Word):
            return self._word(leaf)
        if isinstance(leaf, Compare):
            return compare(self._tables, leaf)
        if isinstance(leaf, Has):
            return has(self._tables, leaf.name)
        if isinstance(leaf, Is):
            return passes(self._tables, leaf)
        from hunnan_tui.query.regex import compile_pattern

        search = compile_pattern(leaf.text).search
        return masks.from_flags(map(search, self._tables.haystacks()))

    def _word(self, leaf: Word) -> int:
        word = search_fold(leaf.text)
        haystacks = self._tables.haystacks()
        within = self._narrowest(word)
        if within is None:
            return masks.from_flags([word in text for text in haystacks])
        count = self._tables.count
        places = masks.positions(within, count)
        return masks.from_positions(
            (place for place in places if word in haystacks[place]), count
        )

    def _narrowest(self, word: str) -> int | None:
        """Return the projects of the longest word that was typed on to this one."""
        shorter = [
            (len(leaf.text), found)
            for leaf, found in self._known.items()
            if isinstance(leaf, Word) and word.startswith(search_fold(leaf.text))
        ]
        return max(shorter)[1] if shorter else None
