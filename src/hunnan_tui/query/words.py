"""Text in the form in which it is searched.

Width, case, accents and invisible characters make no difference. Folding works on each
character by itself, so that a place in folded text leads back to the original.
"""

from __future__ import annotations

import unicodedata


class _Folded(dict[int, str]):
    """Each character's folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        folded = "".join(
            each
            for each in unicodedata.normalize("NFKD", plain)
            if not unicodedata.combining(each) and unicodedata.category(each) != "Cf"
        )
        self[code] = folded
        return folded


_FOLDED = _Folded()


def search_fold(text: str) -> str:
    """Return text as it is searched; what is blank becomes single spaces."""
    folded = text.lower() if text.isascii() else text.translate(_FOLDED)
    return " ".join(folded.split())


def find_spans(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where folded `wanted` stands in text, as spans of the original."""
    places: list[int] = []
    folded: list[str] = []
    for place, char in enumerate(text):
        part = _FOLDED[ord(char)]
        if part.isspace() or char.isspace():
            # as `search_fold` does: one blank, none at the ends
            part = " " if folded and folded[-1] != " " else ""
        folded.extend(part)
        places.extend([place] * len(part))
    flat, spans, at = "".join(folded), [], 0
    while wanted and (at := flat.find(wanted, at)) >= 0:
        end = at + len(wanted)
        spans.append((places[at], places[end - 1] + 1))
        at = end
    return spans
