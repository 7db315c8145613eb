"""What changed in a project from commit to commit, and who set what it says now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hunnan_tui.core.counts import format_line
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import _, pgettext
from hunnan_tui.core.text import display_line
from hunnan_tui.versions.history import Commit, Record, Version

_LONGEST = 200
"""Characters of a value in a line."""


class CommitChanges(NamedTuple):
    """What a commit changed in a project."""

    commit: Commit
    lines: tuple[str, ...]
    """As in `stage: signed → construction`."""


class Blame(NamedTuple):
    """Who set something that a project says."""

    key: str
    value: str
    commit: Commit | None
    """None for what is not committed yet."""
    is_older: bool = False
    """Whether it was there already in the oldest commit that was looked at."""


def list_changes(versions: Iterable[Version]) -> Iterator[CommitChanges]:
    """Yield what each commit changed in a project, the newest first.

    Args:
        versions: The project as each commit left it, the newest first.
    """
    newer: Version | None = None
    for version in versions:
        if newer is not None and (lines := compare(version.record, newer.record)):
            yield CommitChanges(newer.commit, lines)
        newer = version
    if newer is not None and newer.record is not None and newer.is_first:
        yield CommitChanges(newer.commit, compare(None, newer.record))


def compare(old: Record | None, new: Record | None) -> tuple[str, ...]:
    """Return what differs between two versions of a project, one line each."""
    if old is None or new is None:
        if old is new:
            return ()
        gone = pgettext("a project", "removed")
        return (gone if new is None else pgettext("a project", "added"),)
    lines: list[str] = []
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if before != after:
            lines += _compare_values(get_label(key), before, after)
    return tuple(lines)


def _compare_values(label: str, old: Any, new: Any) -> Iterator[str]:
    if not isinstance(old if new is None else new, list):
        was, now = (format_value(value) or _("nothing") for value in (old, new))
        yield format_line(label, f"{was} → {now}")
        return
    before, after = (list_items(value) for value in (old, new))
    yield from (format_line(label, f"− {item}") for item in before if item not in after)
    yield from (format_line(label, f"+ {item}") for item in after if item not in before)
    if set(before) == set(after):
        yield _("{label}: in another order").format(label=label)


def blame(record: Record, versions: Iterable[Version]) -> list[Blame]:
    """Return who set each thing that a project says, in the order of the file.

    Args:
        record: The project as it is now.
        versions: The project as each commit left it, the newest first.
    """
    facts = list(_list_facts(record))
    found: dict[tuple[str, str], Blame] = {}
    left = dict.fromkeys(facts)
    newer: Commit | None = None
    is_first = False
    for version in versions:
        there = set(_list_facts(version.record or {}))
        for fact in [fact for fact in left if fact not in there]:
            found[fact] = Blame(*fact, newer)
            del left[fact]
        newer, is_first = version.commit, version.is_first
        if not left:
            break
    is_older = newer is not None and not is_first
    found |= {fact: Blame(*fact, newer, is_older) for fact in left}
    return [found[fact] for fact in facts]


def _list_facts(record: Record) -> Iterator[tuple[str, str]]:
    """Yield each key with each thing that it says."""
    for key, value in record.items():
        for item in list_items(value):
            yield key, item


def list_items(value: Any) -> Sequence[str]:
    """Return what a value says, each element of a list for itself."""
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(map(format_value, items)))


def format_value(value: Any) -> str:
    """Return a plain TOML value as one line of text."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return " · ".join(filter(None, (format_value(item) for item in value.values())))
    if isinstance(value, list):
        return "; ".join(map(format_value, value))
    text = display_line(str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def get_label(key: str) -> str:
    """Return what people call a key of a project."""
    field = BY_KEY.get(key)
    return field.label if field else display_line(key)
