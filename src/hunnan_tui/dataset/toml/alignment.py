"""Finds what two versions of a list have in common, in a time that grows with the list."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

from hunnan_tui.dataset.toml.writer import format_inline

LARGE = 10_000
"""Pairs of elements of two lists from which on they are matched in parts."""

_T = TypeVar("_T", str, bytes, str | bytes)


def align_items(
    old: Sequence[Any], new: Sequence[Any]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield pairs of old and new indexes; None for a removed or an added element."""
    one, other = (
        list(map(make_comparison_key, old)),
        list(map(make_comparison_key, new)),
    )
    start, end, by = 0, len(one), len(other) - len(one)
    # most edits add or remove adjacent elements
    while start < min(end, end + by) and one[start] == other[start]:
        yield start, start
        start += 1
    while start < min(end, end + by) and one[end - 1] == other[end - 1 + by]:
        end -= 1
    if start < min(end, end + by):
        stretches = _split_stretches(one[start:end], other[start : end + by])
    else:
        stretches = [(0, end - start, 0, end + by - start)]
    for a, b, c, d in stretches:
        both = min(b - a, d - c)
        for step in range(both):
            yield start + a + step, start + c + step
        for index in range(a + both, b):
            yield start + index, None
        for index in range(c + both, d):
            yield None, start + index
    for index in range(end, len(one)):
        yield index, index + by


def _split_stretches(one: list[_T], other: list[_T]) -> list[tuple[int, int, int, int]]:
    """Return the bounds of equal and of different stretches in two lists.

    Matching long lists is slow, so they are first split at elements that both have once.
    """
    if len(one) * len(other) <= LARGE:
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        return [element[1:] for element in matcher.get_opcodes()]
    stretches: list[tuple[int, int, int, int]] = []
    a = c = 0
    for b, d in (*_find_anchors(one, other), (len(one), len(other))):
        if a < b and c < d and (b - a) * (d - c) <= LARGE:
            between = _split_stretches(one[a:b], other[c:d])
            stretches += [(a + i, a + j, c + k, c + n) for i, j, k, n in between]
        elif a < b or c < d:
            stretches.append((a, b, c, d))
        stretches.append((b, b + 1, d, d + 1))
        a, c = b + 1, d + 1
    return stretches[:-1]


def _find_anchors(one: list[_T], other: list[_T]) -> list[tuple[int, int]]:
    """Return the indexes of elements that both lists have once, in ascending order."""
    counts = Counter(one), Counter(other)
    positions = {
        element: n for n, element in enumerate(other) if counts[1][element] == 1
    }
    pairs = [
        (n, positions[element])
        for n, element in enumerate(one)
        if counts[0][element] == 1 and element in positions
    ]
    # the longest rising row: by its length the pair that ends one soonest
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, index) in enumerate(pairs):
        length = bisect_left(ends, index)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [index]
        last[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def make_comparison_key(value: Any) -> str | bytes:
    """Return a hashable stand-in for an element, for comparison."""
    try:
        return repr(value)
    except ValueError:  # a number that is too large for decimal digits
        return format_inline(value)
