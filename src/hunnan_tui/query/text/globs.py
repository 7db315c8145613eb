"""Which tags a typed tag means: itself, its family, or what a glob fits."""

from __future__ import annotations

from collections.abc import Callable

from hunnan_tui.query.text.folding import search_fold


def glob(text: str, *, whole: bool) -> Callable[[str], bool]:
    """Return the test whether folded text fits a pattern with `*` in it.

    It looks for the parts one after the other, and so takes linear time.

    Args:
        text: The pattern.
        whole: Whether all the text must fit, or any part of it.
    """
    first, *middle = [search_fold(part) for part in text.split("*")]
    last = middle.pop() if middle else ""

    def fits(line: str) -> bool:
        if whole:
            if not line.startswith(first) or not line.endswith(last):
                return False
            at, end = len(first), len(line) - len(last)
        else:
            at, end = line.find(first) + len(first), len(line)
            if at < len(first):
                return False
        for part in middle if whole else [*middle, last]:
            at = line.find(part, at, end) + len(part)
            if at < len(part):
                return False
        return at <= end

    return fits


def is_tag(wanted: str, tag: str, *, exact: bool) -> bool:
    """Return whether a folded tag is the wanted one or belongs to its family."""
    return tag == wanted or (not exact and tag.startswith(f"{wanted}/"))
