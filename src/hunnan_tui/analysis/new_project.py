"""What follows from the name of a new project: its id, and which ones it may repeat."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from hunnan_tui.core.language import _
from hunnan_tui.core.text import fold
from hunnan_tui.core.typed_facts import LONGEST_ID
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.text.pinyin import is_chinese, list_readings

_ALIKE = 0.7
"""The share of pairs of letters in common from which two names are alike."""
_SHORTEST_PART = 4
"""Letters of a name that is looked for within others."""
_MOST_SHOWN = 3


class Double(NamedTuple):
    """A project that a new one may repeat."""

    key: str
    reason: str


def make_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name, Chinese as pinyin; empty if there is nothing in it.

    Args:
        name: The name, as it was typed.
        taken: The ids that others have: a number makes it another one.
    """
    folded = fold(name)
    if is_chinese(folded):
        folded = " ".join(unit[0] for unit in list_readings(folded)[0])
    spelled = re.sub("([jqxy])ü", r"\1u", folded).replace("ü", "v").replace("'", "")
    words = re.findall("[a-z0-9]+", spelled)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST_ID - len("-99"):
            break
        slug = longer
    number, unique = 2, slug
    while unique and unique in taken:
        unique, number = f"{slug}-{number}", number + 1
    return unique


def find_doubles(index: Index, name: str, url: str = "") -> list[Double]:
    """Return the projects that a new one may repeat, the likeliest first.

    Args:
        index: The projects.
        name: Its name, as it was typed.
        url: The address of its page, or nothing.
    """
    doubles: dict[str, tuple[float, str]] = {}
    needle = fold(name).replace(" ", "")
    if needle:
        for key, score, reason in _compare_names(index, needle, fold(name).split()):
            doubles[key] = max((score, reason), doubles.get(key, (0.0, "")))
    address = _shorten(url)
    for key, line in _zip_lines(index, "url") if address else ():
        if line and _shorten(line) == address:
            doubles[key] = 2.0, _("the same page")
    best = sorted(doubles, key=lambda key: -doubles[key][0])
    return [Double(key, doubles[key][1]) for key in best[:_MOST_SHOWN]]


def _compare_names(
    index: Index, needle: str, words: Sequence[str]
) -> Iterator[tuple[str, float, str]]:
    """Yield the projects whose names, in any language, are like a folded name."""
    pairs = {needle[at : at + 2] for at in range(len(needle) - 1)}
    for key, names in _zip_lines(index, "name"):
        for text in names.replace(" ", "").split("\n"):
            if not text:
                continue
            if text == needle:
                yield key, 2.0, _("the same name")
            elif _contains(text, needle) or _contains(needle, text):
                yield key, 1.0, _("one name contains the other")
            elif len(words) > 1 and all(word in text for word in words):
                yield key, 0.9, _("it has all these words")
            elif pairs:
                common = sum(pair in text for pair in pairs)
                share = 2 * common / (len(pairs) + len(text) - 1)
                if share >= _ALIKE:
                    yield key, min(share, 1.0), _("a similar name")


def _contains(text: str, part: str) -> bool:
    return len(part) >= _SHORTEST_PART and part in text


def _zip_lines(index: Index, field: str) -> Iterator[tuple[str, str]]:
    return zip(index.dataset.projects, index.iterate_lines(field), strict=False)


def _shorten(url: str) -> str:
    """Return an address without what makes no other page."""
    plain = fold(url).partition("://")[2] or fold(url)
    return plain.removeprefix("www.").rstrip("/")
