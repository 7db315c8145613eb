"""Resolves typed text to the values of a dataset that it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hunnan_tui.core.language import is_chinese
from hunnan_tui.core.text import fold
from hunnan_tui.query.text import pinyin

Labels = Mapping[str, tuple[str, ...]]
"""The values of a field with the names of each."""


def choose(typed: str, labels: Labels) -> list[str]:
    """Return the values that typed text stands for, in the order of the labels.

    The strictest matcher that finds any wins: the whole name, a prefix of it, a prefix
    of a word in it, Chinese anywhere in it, initials or pinyin.
    """
    typed_text = fold(typed)
    if not typed_text:
        return []
    for matcher in _MATCHERS:
        values = [
            value
            for value, names in labels.items()
            if any(matcher(name, typed_text) for name in _fold_all((value, *names)))
        ]
        if values:
            return values
    return []


def choose_label(value: str, names: tuple[str, ...]) -> str:
    """Return the name of a value in the language in use, or another, or the value."""
    in_chinese = find_chinese(names) if is_chinese() else ""
    return in_chinese or next(filter(None, names), value)


def find_chinese(names: tuple[str, ...]) -> str:
    """Return the first Chinese name; empty if there is none."""
    return next((name for name in names if not name.isascii()), "")


def matches_any(names: Iterable[str], typed_text: str) -> bool:
    """Return whether any of some names matches folded text."""
    folded = list(_fold_all(names))
    return any(matcher(name, typed_text) for name in folded for matcher in _MATCHERS)


def matches_within(typed_text: str, folded: str) -> bool:
    """Return whether a folded text contains another, literally or by pinyin."""
    return typed_text in folded or _matches_pinyin(folded, typed_text)


def _fold_all(names: Iterable[str]) -> Iterable[str]:
    return (fold(name) for name in names if name)


def _split_words(name: str) -> list[str]:
    return name.replace("-", " ").replace("/", " ").split()


def _matches_initials(name: str, typed_text: str) -> bool:
    words = _split_words(name)
    return len(words) > 1 and "".join(word[0] for word in words) == typed_text


def _matches_pinyin(name: str, typed_text: str) -> bool:
    pattern = pinyin.compile_pinyin(typed_text)
    return pattern is not None and pattern.search(pinyin.to_pinyin((name,))) is not None


_MATCHERS: tuple[Callable[[str, str], bool], ...] = (
    lambda name, typed_text: name == typed_text,
    lambda name, typed_text: name.startswith(typed_text),
    lambda name, typed_text: any(
        word.startswith(typed_text) for word in _split_words(name)
    ),
    lambda name, typed_text: not typed_text.isascii() and typed_text in name,
    _matches_initials,
    _matches_pinyin,
)
