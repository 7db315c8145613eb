"""Globs: patterns in which `*` stands for any text."""

from __future__ import annotations

from collections.abc import Callable

from hunnan_tui.core.text import fold


def compile_glob(pattern: str, *, whole: bool) -> Callable[[str], bool]:
    """Return a predicate that tells whether folded text matches a glob.

    The literals are searched from left to right, in linear time.

    Args:
        pattern: The glob.
        whole: Whether it must match the whole text, or only a part of it.
    """
    first, *middle = [fold(literal) for literal in pattern.split("*")]
    last = middle.pop() if middle else ""

    def matches(text: str) -> bool:
        if whole:
            if not text.startswith(first) or not text.endswith(last):
                return False
            start, end = len(first), len(text) - len(last)
        else:
            start, end = text.find(first) + len(first), len(text)
            if start < len(first):
                return False
        for literal in middle if whole else [*middle, last]:
            start = text.find(literal, start, end) + len(literal)
            if start < len(literal):
                return False
        return start <= end

    return matches
