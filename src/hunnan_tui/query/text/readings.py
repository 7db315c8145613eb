"""How Chinese is read: a syllable for each character, words before characters.

The table beside this module is made by docs/make_readings.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

HAN = "[\u3400-\u9fff\U00020000-\U000323af]+"
"""A run of Chinese characters, as a regular expression."""


class Readings:
    """A table of the usual readings of characters, and of words that are read otherwise."""

    __slots__ = ("_characters", "_lengths", "_words")

    def __init__(self, characters: Mapping[str, str], words: Mapping[str, str]) -> None:
        """Take the table.

        Args:
            characters: A syllable for each character that is asked for.
            words: The syllables of a word, with a space between them.
        """
        self._characters, self._words = characters, words
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {
            first: sorted(found, reverse=True) for first, found in lengths.items()
        }

    def read(self, run: str) -> list[str]:
        """Return a syllable for each character; a character that is not known as it is.

        The longest word that begins at a character wins, from left to right.
        """
        syllables = [self._characters[char] for char in run]
        end = 0
        for start, char in enumerate(run):
            if start < end or char not in self._lengths:
                continue
            for length in self._lengths[char]:
                if reading := self._words.get(run[start : start + length]):
                    end = start + length
                    syllables[start:end] = reading.split(" ")
                    break
        return syllables


class _Characters(dict[str, str]):
    """The syllables of characters, looked up when first asked for: few of 42,000 are."""

    def __init__(self, lines: str) -> None:
        """Take lines of a syllable, a space, and the characters that are read so."""
        super().__init__()
        self._lines = lines

    def __missing__(self, char: str) -> str:
        position = self._lines.find(char)
        if position < 0:
            syllable = char
        else:
            start = self._lines.rfind("\n", 0, position) + 1
            syllable = self._lines[start : self._lines.index(" ", start)]
        self[char] = syllable
        return syllable


@cache
def load_readings() -> Readings:
    """Return the table of the program."""
    text = Path(__file__).with_name("readings.txt").read_text("utf-8")
    _licence, characters, words = text.split("\n\n")
    pairs = (line.partition(" ") for line in words.splitlines())
    return Readings(_Characters(characters), {word: read for word, _, read in pairs})
