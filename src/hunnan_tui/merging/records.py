"""What two versions of one table say together, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hunnan_tui.core.changes import CONFLICT_NOTICE
from hunnan_tui.core.language import _
from hunnan_tui.core.note_times import bump_time
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.core.text import fold
from hunnan_tui.dataset.toml.alignment import make_comparison_key
from hunnan_tui.merging.sequence import merge_order

Record = Mapping[str, Any]


@dataclass(slots=True)
class MergedRecord:
    """The values of a table after a merge."""

    values: dict[str, Any] = field(default_factory=dict)
    """Where both sides have put another value, ours."""
    conflicts: list[str] = field(default_factory=list)
    """The keys for which that is so."""
    notices: list[str] = field(default_factory=list)
    """What was decided for both, in words."""


def merge_records(base: Record, ours: Record, theirs: Record) -> MergedRecord:
    """Merge two tables that grew out of one, key by key.

    A value that one side has changed is taken. Of lists, what either side has added is
    added and what either has removed is removed. Of a note that both have changed, both
    texts are kept.
    """
    merged = MergedRecord()
    for key in dict.fromkeys([*ours, *theirs]):
        before, one, other = base.get(key), ours.get(key), theirs.get(key)
        if is_identical(one, other) or is_identical(other, before):
            value = one
        elif is_identical(one, before):
            value = other
        elif key == "notes" and _are_lists(before, one, other):
            value = _merge_notes(before or [], one or [], other or [], merged.notices)
        elif _are_lists(before, one, other):
            identify = _identify_tag if key == "tags" else make_comparison_key
            value = merge_lists(before or [], one or [], other or [], identify)
        else:
            value = one
            merged.conflicts.append(key)
        if value is not None:
            merged.values[key] = value
    return merged


def merge_lists(
    base: Sequence[Any],
    ours: Sequence[Any],
    theirs: Sequence[Any],
    identify: Callable[[Any], Hashable] = make_comparison_key,
) -> list[Any]:
    """Merge two lists: what either side has added or removed is added or removed."""
    before, one, other = (_index(values, identify) for values in (base, ours, theirs))
    order = merge_order(list(before), list(one), list(other))
    return [
        one.get(key, other.get(key))
        for key in order
        if key not in before or (key in one and key in other)
    ]


def is_same_content(one: Any, other: Any) -> bool:
    """Return whether two values are identical, lists in whatever order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(repr, one)) == sorted(map(repr, other))
    return is_identical(one, other)


def _merge_notes(
    base: Sequence[Record],
    ours: Sequence[Record],
    theirs: Sequence[Record],
    notices: list[str],
) -> list[Record]:
    before, one, other = (
        _index(notes, _identify_note) for notes in (base, ours, theirs)
    )
    notes: list[Record] = []
    both: list[tuple[Record, str]] = []
    for key in merge_order(list(before), list(one), list(other)):
        old, mine, others = before.get(key), one.get(key), other.get(key)
        if mine is None or others is None:
            note = mine if others is None else others
            # a note that one side has deleted stays if the other has changed it
            if old is None or not is_identical(note, old):
                notes.append(note or {})
            continue
        if old is None and mine.get("text") != others.get("text"):
            # two notes that were written in the same second are no change of one
            notes.append(mine)
            both.append((others, ""))
            continue
        merged = merge_records(old or {}, mine, others)
        notes.append(merged.values)
        if "text" in merged.conflicts:
            both.append((others, f"{CONFLICT_NOTICE}\n\n"))
            notices.append(_("a note was changed on both sides: both texts are kept"))
    times = {note.get("at") for note in notes}
    for note, notice in both:
        at = note.get("at")
        while isinstance(at, datetime) and at in times:
            at = bump_time(at)
        times.add(at)
        text = f"{notice}{note.get('text', '')}"
        notes.append({**note, "text": text, **({"at": at} if at is not None else {})})
    return notes


def _index(
    values: Sequence[Any], identify: Callable[[Any], Hashable]
) -> dict[Hashable, Any]:
    """Return the elements of a list by what they are known by; doubles are numbered."""
    counts: dict[Hashable, int] = {}
    indexed: dict[Hashable, Any] = {}
    for value in values:
        key = identify(value)
        number = counts[key] = counts.get(key, 0) + 1
        indexed[key, number] = value
    return indexed


def _identify_note(note: Any) -> Hashable:
    if isinstance(note, Mapping) and note.get("at") is not None:
        return str(note["at"])
    return make_comparison_key(note)


def _identify_tag(tag: Any) -> Hashable:
    return fold(tag) if isinstance(tag, str) else make_comparison_key(tag)


def _are_lists(*values: Any) -> bool:
    return all(value is None or isinstance(value, list) for value in values)
