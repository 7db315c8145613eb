"""Words of a table that become ids of the dataset: stages and industries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hunnan_tui.importing import vocabulary
from hunnan_tui.importing.text_cells import make_name_slug, make_slug

_SEPARATORS = re.compile(r"[;；、\x1f\n]")


def split_words(text: str) -> list[str]:
    """Return the categories that a cell names."""
    parts = (" ".join(part.split()) for part in _SEPARATORS.split(text))
    return [part for part in parts if part]


class WordList:
    """The ids of the words of one column."""

    def __init__(self, ids: Mapping[str, str], *, exact: bool) -> None:
        """Begin with the words of a map.

        Args:
            ids: The id of each word.
            exact: Whether words without blanks are ids as they are.
        """
        self._ids = dict(ids)
        self._exact = exact
        self._is_mapped = bool(ids)
        self._used: set[str] = set()

    def assign_id(self, word: str, *, is_stage: bool) -> tuple[str, bool]:
        """Return the id of a word, and whether the map does not name the word."""
        known = self._ids.get(word)
        slug = self._make(word, is_stage=is_stage) if known is None else known
        self._ids[word] = slug
        self._used.add(slug)
        return slug, known is None and self._is_mapped

    def get_names(self) -> dict[str, str]:
        """Return the first word of each id in use, in the order of the map."""
        names: dict[str, str] = {}
        for word, slug in self._ids.items():
            if slug in self._used:
                names.setdefault(slug, word)
        return names

    def _make(self, word: str, *, is_stage: bool) -> str:
        if self._exact and word.isascii() and " " not in word:
            return word
        if is_stage:
            return vocabulary.find_stage(word) or make_slug(word) or "stage"
        return make_name_slug(word) or "industry"
