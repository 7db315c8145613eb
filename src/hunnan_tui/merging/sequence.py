"""The order of a sequence that two sides have changed: what moved, came and went."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)


def merge_order(
    base: Sequence[_K], ours: Sequence[_K], theirs: Sequence[_K]
) -> list[_K]:
    """Return the keys of both sides, each once, in the order that fits both.

    The side that has moved something gives the order, ours if both have. What the other
    has added stands behind what it follows there; ours comes before theirs.

    Args:
        base: The keys of the common ancestor, each once, as in the others.
        ours: Those of one side.
        theirs: Those of the other.
    """
    first, second = ours, theirs
    if not _has_moved(base, ours) and _has_moved(base, theirs):
        first, second = theirs, ours
    known, others = set(first), set(second)
    added: dict[_K | None, list[_K]] = {}
    anchor: _K | None = None
    for key in second:
        if key in known:
            anchor = key
        else:
            added.setdefault(anchor, []).append(key)
    if first is theirs:  # what ours has added comes before what theirs has
        return _place(first, added, frozenset())
    return _place(first, added, known - others)


def _has_moved(base: Sequence[_K], side: Sequence[_K]) -> bool:
    here, before = set(side), set(base)
    return [k for k in base if k in here] != [k for k in side if k in before]


def _place(
    keys: Sequence[_K], added: dict[_K | None, list[_K]], sticky: Collection[_K]
) -> list[_K]:
    """Put what was added behind its anchor, and behind the sticky keys that follow it."""
    order: list[_K] = []
    waiting = added.get(None, [])
    for key in keys:
        if key not in sticky:
            order += waiting
            waiting = added.get(key, [])
        order.append(key)
    return order + waiting
