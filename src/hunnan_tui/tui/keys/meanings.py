"""What each key means: one thing everywhere, or another with a reason.

An id is `place.verb`, and the verb is what its key means. The bindings of a key have one
verb. Verbs that mean the same are declared here, and so is each binding whose key means
another thing elsewhere, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hunnan_tui.tui.keys.table import KeyEntry

_SAME: tuple[frozenset[str], ...] = tuple(
    frozenset(verbs.split())
    for verbs in (
        "apply create go list open pick take toggle write",  # goes on with what is there
        "back cancel close leave no quit write",  # goes back
        "change choose mark toggle",
        "clear reload reset revert",  # as it was
        "apply save",
        "delete remove",
        "edit rename",
        "complete next",
        "show source",
        "preview write",
        "first top",
        "bottom last",
        "left previous",
        "next right",
        "half-down page-down pgdn",
        "half-up page-up pgup",
    )
)
"""Verbs that mean the same on a key that they share."""

REASONS: Mapping[str, str] = {
    "columns.back": "it moves the column, as `j` moves the cursor",
    "columns.forward": "it moves the column, as `k` moves the cursor",
    "compare.differences": "the page has no notes to delete",
    "conflicts.ours": "the page has no source to open",
    "conflicts.theirs": "the page has no project to tag",
    "conflicts.write": "the page has no project to watch",
    "confirm.move": "the two answers stand side by side",
    "confirm.no": "it answers the question that is asked",
    "confirm.yes": "it answers the question that is asked",
    "difference.annotations": "neither of the two files is worked on",
    "difference.swap": "the page has no list to sort",
    "export.back": "it turns the choice of the line",
    "export.change": "it turns the choice of the line",
    "filter.newer": "a single line has no rows; it goes through what was typed before",
    "filter.older": "a single line has no rows; it goes through what was typed before",
    "import.differences": "the page has no notes to delete",
    "import.into": "the page has no project to watch",
    "import.new": "the page has no source to open",
    "matrix.turn": "cells are not marked",
    "timeline.turn": "events are not marked",
    "new.back": "it turns the choice of the line",
    "new.change": "it turns the choice of the line",
    "source.close": "the key that opens the dialog closes it too",
    "source.copy": "the citation is all there is to copy",
    "work.owner": "the tasks of the page are not marked",
}
"""Why a key of a binding means another thing than elsewhere, by the id of the binding."""


class Conflict(NamedTuple):
    """A key that has several meanings."""

    key: str
    ids: tuple[str, ...]


def find_conflicts(
    entries: Iterable[KeyEntry], reasons: Mapping[str, str] = REASONS
) -> Iterator[Conflict]:
    """Yield the keys that mean different things without a reason.

    Where text is typed, the keys that edit it go first as everywhere: they have no id,
    and are not compared.

    Args:
        entries: The table of keys.
        reasons: The ids of bindings that may differ from the others.
    """
    ids: dict[str, dict[str, None]] = {}
    for entry in entries:
        if entry.id and entry.id not in reasons:
            for key in entry.keys:
                ids.setdefault(key, {})[entry.id] = None
    for key, names in ids.items():
        verbs = {name.partition(".")[2] for name in names}
        if len(verbs) > 1 and not any(verbs <= same for same in _SAME):
            yield Conflict(key, tuple(names))


def find_needless_reasons(entries: tuple[KeyEntry, ...]) -> list[str]:
    """Return the ids of `REASONS` that differ from nothing, or that there are not."""
    return [
        name
        for name in REASONS
        if not any(
            find_conflicts(
                entries, {other: why for other, why in REASONS.items() if other != name}
            )
        )
    ]
