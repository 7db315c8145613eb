"""Text in the form in which it is searched, and the way back to the original."""

from __future__ import annotations

from functools import lru_cache

from hunnan_tui.core.folding import BETWEEN, FOLDED
from hunnan_tui.core.text import fold

__all__ = ["BETWEEN"]

search_fold = fold


@lru_cache(maxsize=20_000)
def shared_fold(text: str) -> str:
    """Return what `search_fold` does, faster for a text that is often the same."""
    return search_fold(text)


def as_bytes(text: str) -> bytes:
    """Return text in UTF-8; a terminal may give half a character, which is none."""
    return text.encode(errors="surrogatepass")


def as_text(text: bytes) -> str:
    """Return the text that `as_bytes` was given."""
    return text.decode(errors="surrogatepass")


def fold_char(char: str) -> str:
    """Return the folded form of one character; empty for an invisible one."""
    return FOLDED[ord(char)]


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return folded text and, for each of its characters, its place in the original."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        part = FOLDED[ord(char)]
        if part.isspace():
            # as `search_fold` does: one blank, none at the start
            part = " " if folded and folded[-1] != " " else ""
        folded.extend(part)
        places.extend([place] * len(part))
    return "".join(folded), places


def find_spans(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where folded `wanted` stands in text, as spans of the original."""
    if not wanted or wanted not in search_fold(text):  # most are not: it is quick
        return []
    folded, places = fold_with_places(text)
    spans: list[tuple[int, int]] = []
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        spans.append((places[at], places[end - 1] + 1))
        at = folded.find(wanted, end)
    return spans
