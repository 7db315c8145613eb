"""Annotations as plain TOML values, and the other way round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Need, Note

ANNOTATION_KEYS = ("tags", "follow_up", "needs", "notes")
"""The only keys of a project that the program writes."""

_V = TypeVar("_V", Note, Need)
_NOTHING = Annotations()


def parse_annotations(record: Mapping[str, Any]) -> Annotations:
    """Parse the annotations in a project's table.

    A key of the wrong type counts as empty and is named in `locked`: it cannot be
    edited, so that nothing in it is lost.
    """
    if not any(key in record for key in ANNOTATION_KEYS):
        return _NOTHING
    locked: dict[str, str] = {}

    tags = record.get("tags", [])
    if not (isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)):
        locked["tags"] = _("tags is not a list of texts")
        tags = []
    follow_up = record.get("follow_up")
    if follow_up is not None and type(follow_up) is not date:
        locked["follow_up"] = _("follow_up is not a date")
        follow_up = None
    needs = record.get("needs", [])
    if not _are_tables(needs, "kind"):
        locked["needs"] = _("needs is not a list of tables, each with a kind")
        needs = []
    notes = record.get("notes", [])
    if not _are_tables(notes, "text"):
        locked["notes"] = _("notes is not a list of tables, each with a text")
        notes = []
    return Annotations(
        tags=tuple(tags),
        follow_up=follow_up,
        needs=tuple(map(_parse_need, needs)),
        notes=tuple(map(_parse_note, notes)),
        locked=MappingProxyType(locked),
    )


def diff_annotations(
    record: Mapping[str, Any], before: Annotations, after: Annotations
) -> dict[str, Any]:
    """Return the keys of a project's table that must change, with their new values.

    Args:
        record: The project's table as it is in the file.
        before: The annotations that were parsed from it.
        after: The new annotations.

    Returns:
        The new plain value of each key; None for a key that is removed.
    """
    from hunnan_tui.core.plain_values import (
        is_identical,  # who only reads does without it
    )

    changed: dict[str, Any] = {}
    if after.tags != before.tags:
        changed["tags"] = list(after.tags) or None
    if after.follow_up != before.follow_up:
        changed["follow_up"] = after.follow_up
    if not is_identical(after.needs, before.needs):
        raw = _dump_list(record.get("needs", []), before.needs, after.needs, _dump_need)
        changed["needs"] = raw or None
    if not is_identical(after.notes, before.notes):
        raw = _dump_list(record.get("notes", []), before.notes, after.notes, _dump_note)
        changed["notes"] = raw or None
    return changed


def _are_tables(values: object, text_key: str) -> bool:
    return isinstance(values, list) and all(
        isinstance(value, dict) and isinstance(value.get(text_key), str)
        for value in values
    )


def _parse_note(record: dict[str, Any]) -> Note:
    extra = dict(record)
    text = extra.pop("text")
    at = extra.pop("at") if isinstance(record.get("at"), datetime) else None
    by = extra.pop("by") if isinstance(record.get("by"), str) else ""
    return Note(text, at, by, MappingProxyType(extra))


def _dump_note(note: Note) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    if note.at is not None:
        raw["at"] = note.at
    if note.by:
        raw["by"] = note.by
    return raw | {"text": note.text} | dict(note.extra)


def _parse_need(record: dict[str, Any]) -> Need:
    extra = dict(record)
    kind = extra.pop("kind")
    what = extra.pop("what") if isinstance(record.get("what"), str) else ""
    state = extra.pop("state") if isinstance(record.get("state"), str) else "open"
    since = extra.get("since")
    if type(since) is date:
        since = since.isoformat()
    if isinstance(since, str):
        del extra["since"]
    else:
        since = ""
    owner = extra.pop("owner") if isinstance(record.get("owner"), str) else ""
    return Need(kind, what, state, since, MappingProxyType(extra), owner)


def _dump_need(need: Need) -> dict[str, Any]:
    raw: dict[str, Any] = {"kind": need.kind}
    if need.what:
        raw["what"] = need.what
    raw["state"] = need.state
    if need.since:
        is_day = len(need.since) == len("2026-03-08") and is_partial(need.since)
        raw["since"] = date.fromisoformat(need.since) if is_day else need.since
    if need.owner:
        raw["owner"] = need.owner
    return raw | dict(need.extra)


def _dump_list(
    raws: Sequence[dict[str, Any]],
    before: Sequence[_V],
    after: Sequence[_V],
    make: Callable[[_V], dict[str, Any]],
) -> list[dict[str, Any]]:
    """Dump values; one that is unchanged keeps its written form."""
    from hunnan_tui.core.plain_values import is_identical

    left = dict(enumerate(before))
    alike: dict[tuple[Any, ...], list[int]] = {}
    for index, value in left.items():
        alike.setdefault(value[:2], []).append(index)
    origins: list[int | None] = []
    for value in after:
        candidates = alike.get(value[:2], [])
        origin = next((n for n in candidates if is_identical(before[n], value)), None)
        origins.append(origin)
        if origin is not None:
            candidates.remove(origin)
            del left[origin]
    # as many as before: a new value at the index of an old one is that one, changed
    changed = left if len(before) == len(after) else {}
    result = []
    for index, (value, origin) in enumerate(zip(after, origins, strict=True)):
        if origin is not None:
            result.append(raws[origin])
        elif index in changed:
            old = make(changed[index])
            result.append(_rewrite(raws[index], old, make(value)))
        else:
            result.append(make(value))
    return result


def _rewrite(
    raw: dict[str, Any], old: dict[str, Any], new: dict[str, Any]
) -> dict[str, Any]:
    """Dump a changed value; its unchanged keys keep their written form."""
    from hunnan_tui.core.plain_values import is_identical

    unchanged = {key: raw[key] for key in raw if key in new or key not in old}
    changed = {
        key: value
        for key, value in new.items()
        if not is_identical(old.get(key), value)
    }
    return unchanged | changed
