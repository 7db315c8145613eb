"""Which projects a query lets through, as masks."""

from __future__ import annotations

from hunnan_tui.query import masks
from hunnan_tui.query.compare import compare, has, passes
from hunnan_tui.query.pinyin import sounds_like
from hunnan_tui.query.tables import Tables
from hunnan_tui.query.tree import And, Compare, Has, Is, Leaf, Node, Not, Or, Word
from hunnan_tui.query.words import BETWEEN, as_bytes, as_text, search_fold

_REMEMBERED = 64
"""Terms whose projects are kept, for typing on and for going back."""


class Evaluator:
    """Answers queries over one dataset; what was found last is remembered."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._known: dict[Leaf, int] = {}

    def mask(self, node: Node) -> int:
        """Return the projects that a query lets through."""
        if isinstance(node, Not):
            return self.tables.everything ^ self.mask(node.node)
        if isinstance(node, And):
            found = self.tables.everything
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
            self.tables.is_incomplete = False
            known = self._leaf(node)
            if self.tables.is_incomplete:
                return known
        self._known[node] = known  # the last one used stands last
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]
        return known

    def _leaf(self, leaf: Leaf) -> int:
        if isinstance(leaf, Word):
            return self._word(leaf)
        if isinstance(leaf, Compare):
            return compare(self.tables, leaf)
        if isinstance(leaf, Has):
            return has(self.tables, leaf.name)
        if isinstance(leaf, Is):
            return passes(self.tables, leaf)
        search = leaf.machine.search
        return masks.from_flags(
            search(as_text(text).replace(BETWEEN, "\n"))
            for text in self.tables.haystacks()
        )

    def _word(self, leaf: Word) -> int:
        """Return where a word stands, or is said, anywhere in a project."""
        tables = self.tables
        word, haystacks = search_fold(leaf.text), tables.haystacks()
        wanted = as_bytes(word)
        sound = sounds_like(word)
        said = tables.said() if sound else []
        if said is None:
            sound, said = None, []
        within = self._narrowest(word, sound is not None)
        if within is None:
            found = masks.from_flags([wanted in text for text in haystacks])
            within = tables.everything
        else:
            found = masks.from_positions(
                (
                    place
                    for place in masks.positions(within, tables.count)
                    if wanted in haystacks[place]
                ),
                tables.count,
            )
        if sound is None:
            return found
        return found | masks.from_positions(
            (
                place
                for place in masks.positions(within & ~found, tables.count)
                if sound.search(said[place])
            ),
            tables.count,
        )

    def _narrowest(self, word: str, is_said: bool) -> int | None:
        """Return the projects of the longest word that was typed on to this one."""
        best, within = 0, None
        for leaf, found in self._known.items():
            if not isinstance(leaf, Word):
                continue
            shorter = search_fold(leaf.text)
            # what sounds like a long word need not contain a letter of it
            is_wider = not is_said or sounds_like(shorter) is not None
            if len(shorter) > best and is_wider and word.startswith(shorter):
                best, within = len(shorter), found
        return within
