"""Which of the values that a dataset has a typed value means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hunnan_tui.core.text import fold
from hunnan_tui.query.text import pinyin

Labels = Mapping[str, tuple[str, ...]]
"""The values of a field, each with its names."""


def choose(typed: str, labels: Labels) -> list[str]:
    """Return the values that are meant, in the order of the labels.

    The strictest way of reading that finds any wins: the whole name, the start of a
    name, the start of a word in it, Chinese anywhere in it, pinyin or initials.
    """
    wanted = fold(typed)
    if not wanted:
        return []
    for way in _WAYS:
        found = [
            value
            for value, names in labels.items()
            if any(way(name, wanted) for name in _folded((value, *names)))
        ]
        if found:
            return found
    return []


def fits(names: Iterable[str], wanted: str) -> bool:
    """Return whether folded text is a way of typing one of some names, or its start."""
    folded = list(_folded(names))
    return any(way(name, wanted) for name in folded for way in _WAYS)


def stands_in(wanted: str, folded: str) -> bool:
    """Return whether a folded text is typed by a part of it, or by how that sounds."""
    return wanted in folded or _has_pinyin(folded, wanted)


def _folded(names: Iterable[str]) -> Iterable[str]:
    return (fold(name) for name in names if name)


def _words(name: str) -> list[str]:
    return name.replace("-", " ").replace("/", " ").split()


def _has_initials(name: str, wanted: str) -> bool:
    words = _words(name)
    return len(words) > 1 and "".join(word[0] for word in words) == wanted


def _has_pinyin(name: str, wanted: str) -> bool:
    pattern = pinyin.compile_pinyin(wanted)
    return pattern is not None and pattern.search(pinyin.to_pinyin((name,))) is not None


_WAYS: tuple[Callable[[str, str], bool], ...] = (
    lambda name, wanted: name == wanted,
    lambda name, wanted: name.startswith(wanted),
    lambda name, wanted: any(word.startswith(wanted) for word in _words(name)),
    lambda name, wanted: not wanted.isascii() and wanted in name,
    _has_initials,
    _has_pinyin,
)
