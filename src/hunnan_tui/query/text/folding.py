"""Search in folded text, with positions in the original, and its form in memory."""

from __future__ import annotations

from functools import lru_cache

from hunnan_tui.core.folding import FOLDED
from hunnan_tui.core.text import fold


@lru_cache(maxsize=20_000)
def fold_cached(text: str) -> str:
    """Return `fold(text)` from a cache, for texts that many projects share."""
    return fold(text)


def encode_text(text: str) -> bytes:
    """Return text as UTF-8, lone surrogates included: a terminal may send them."""
    return text.encode(errors="surrogatepass")


def decode_text(text: bytes) -> str:
    """Return the text that `encode_text` encoded."""
    return text.decode(errors="surrogatepass")


def fold_with_positions(text: str) -> tuple[str, list[int]]:
    """Return folded text and the position of each of its characters in the original.

    Unlike `fold` it keeps a space at the end.
    """
    folded: list[str] = []
    positions: list[int] = []
    for position, char in enumerate(text):
        replacement = FOLDED[ord(char)]
        if replacement.isspace():
            # like `fold`: one space, and none at the start
            replacement = " " if folded and folded[-1] != " " else ""
        folded.extend(replacement)
        positions.extend([position] * len(replacement))
    return "".join(folded), positions


def find_spans(text: str, word: str) -> list[tuple[int, int]]:
    """Return the occurrences of a folded word in a text, as spans of the text."""
    if not word or word not in fold(text):  # quick, and true of most texts
        return []
    folded, positions = fold_with_positions(text)
    spans: list[tuple[int, int]] = []
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        spans.append((positions[start], positions[end - 1] + 1))
        start = folded.find(word, end)
    return spans
