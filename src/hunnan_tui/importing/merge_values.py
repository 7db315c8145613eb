"""Three ways by field: what the last import wrote, the table now, and the file.

What the file has as it was written follows the table; what somebody has changed there
stays; what both have changed stays as well, and is told as a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hunnan_tui.core.plain_values import is_identical

Record = Mapping[str, Any]
"""The keys of a project as plain TOML values."""

UNTOUCHED = frozenset(
    (
        *("id", "import_key", "tags", "follow_up", "needs", "notes", "caveat"),
        *("sources", "user_facts"),
    )
)
"""Keys that no import changes in a project that is there: the first two are its identity,
the others its reader's own."""
_TOGETHER = (
    ("investment", "investment_qualifier", "investment_usd", "investment_text"),
    ("stage", "stage_date"),
    ("industries", "industries_basis"),
)
"""Keys that say one thing: half of an amount is none."""
_NAMED_BY = {"parties": "role", "events": "what", "facts": "label"}
"""The lists of tables, and by which of their keys one of them is found again."""


class Change(NamedTuple):
    """A key that gets another value; None for no value."""

    key: str
    old: Any
    new: Any


class Conflict(NamedTuple):
    """What the file and the table have both changed: the file keeps its own."""

    key: str
    base: Any
    """What the last import wrote; None for nothing, or if that is not known."""
    table: Any
    file: Any


class Merge(NamedTuple):
    """What becomes of one project."""

    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def merge_records(base: Record | None, table: Record, file: Record) -> Merge:
    """Merge what a table says of a project into what the file says of it.

    Args:
        base: What the last import wrote; None if that is not known: then the file keeps
            what it has, and gets what it has not.
        table: What the table says now.
        file: What the file says.
    """
    if base == table:  # as most projects of a table are from one time to the next
        return Merge()
    changes: list[Change] = []
    conflicts: list[Conflict] = []
    known = base or {}
    for keys in _iterate_units(known, table):
        before, now, there = (
            tuple(_make_plain(record.get(key)) for key in keys)
            for record in (known, table, file)
        )
        if is_identical(before, now) and base is not None:
            continue
        if is_identical(now, there):
            continue
        nothing = (None,) * len(keys)
        if keys[0] in _NAMED_BY:
            changed, clashes = _merge_list(
                keys[0], known.get(keys[0]), table.get(keys[0]), file.get(keys[0])
            )
            changes += changed
            conflicts += clashes
        elif is_identical(before, there) if base is not None else there == nothing:
            changes += (
                Change(key, file.get(key), table.get(key))
                for key, new, old in zip(keys, now, there, strict=True)
                if not is_identical(new, old)
            )
        elif base is not None or now != nothing:
            conflicts += (
                Conflict(key, known.get(key), table.get(key), file.get(key))
                for key, new, old in zip(keys, now, there, strict=True)
                if not is_identical(new, old)
            )
    return Merge(tuple(changes), tuple(conflicts))


def _iterate_units(*records: Record) -> Iterable[tuple[str, ...]]:
    """Yield the keys of records, those that belong together as one."""
    seen: set[str] = set()
    together = {key: keys for keys in _TOGETHER for key in keys}
    for record in records:
        for key in record:
            if key not in seen and key not in UNTOUCHED:
                keys = together.get(key, (key,))
                seen.update(keys)
                yield keys


def _make_plain(value: Any) -> Any:
    """Return a value in the one form that it is compared in: a day may be a text."""
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_make_plain(item) for item in value] or None
    if isinstance(value, dict):
        return {key: _make_plain(item) for key, item in value.items()}
    return value if value != "" else None


def _merge_list(
    key: str, base: Any, table: Any, file: Any
) -> tuple[list[Change], list[Conflict]]:
    """Merge a list of tables, one table after the other."""
    if not all(_is_list_of_tables(side) for side in (base, table, file)):
        return [], [Conflict(key, base, table, file)]
    olds, news, theirs = (list(side or ()) for side in (base, table, file))
    now, there = _pair(key, olds, news), _pair(key, olds, theirs)
    merged: list[Any] = list(theirs)
    conflicts = []
    for number, old in enumerate(olds):
        new = news[now[number]] if number in now else None
        kept = theirs[there[number]] if number in there else None
        if _is_same(old, new) or _is_same(new, kept):
            continue
        if _is_same(old, kept):
            merged[there[number]] = new
        elif new and kept and (mended := _merge_table(old, new, kept)) is not None:
            merged[there[number]] = mended
        else:
            conflicts.append(Conflict(key, old, new, kept))
    matched, known = set(there.values()), set(now.values())
    free = [item for index, item in enumerate(theirs) if index not in matched]
    for index, new in enumerate(news):
        if index in known or any(_is_same(new, item) for item in free):
            continue
        rival = _find_named(key, new, free) if base is None else None
        if rival is not None:
            conflicts.append(Conflict(key, None, new, rival))
        else:
            merged.append(new)
    result = [item for item in merged if item is not None]
    if is_identical(_make_plain(result), _make_plain(theirs)):
        return [], conflicts
    return [Change(key, file, result or None)], conflicts


def _is_list_of_tables(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(item, dict) for item in value)
    )


def _pair(key: str, olds: Sequence[Any], news: Sequence[Any]) -> dict[int, int]:
    """Return which of the new tables each of the old ones has become."""
    pairs: dict[int, int] = {}
    free: dict[str, list[int]] = {}
    for index, new in enumerate(news):
        free.setdefault(repr(_sort_table(new)), []).append(index)
    for number, old in enumerate(olds):
        if places := free.get(repr(_sort_table(old))):
            pairs[number] = places.pop(0)
    named: dict[str, list[int]] = {}
    for place in sorted(place for places in free.values() for place in places):
        named.setdefault(_name(key, news[place]), []).append(place)
    for number, old in enumerate(olds):
        if number not in pairs and (places := named.get(_name(key, old))):
            pairs[number] = places.pop(0)
    return pairs


def _sort_table(table: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted((name, _make_plain(value)) for name, value in table.items())


def _name(key: str, table: Mapping[str, Any]) -> str:
    return str(table.get(_NAMED_BY[key]))


def _find_named(key: str, table: Mapping[str, Any], others: Sequence[Any]) -> Any:
    name = _name(key, table)
    return next((other for other in others if _name(key, other) == name), None)


def _is_same(one: Any, other: Any) -> bool:
    return is_identical(_make_plain(one), _make_plain(other))


def _merge_table(old: Record, new: Record, kept: Record) -> dict[str, Any] | None:
    """Return a table of a list, merged key by key; None for a conflict."""
    merged = dict(kept)
    for key in old.keys() | new.keys():
        before, now, there = (record.get(key) for record in (old, new, kept))
        if _is_same(before, now) or _is_same(now, there):
            continue
        if not _is_same(before, there):
            return None
        if now is None:
            merged.pop(key, None)
        else:
            merged[key] = now
    return merged
