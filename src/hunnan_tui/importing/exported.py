"""What this program has exported itself: told by its columns, read without a question."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.fields import FIELDS, SCHEMA_KEYS
from hunnan_tui.core.language import _, get_language

COMPUTED = "computed"
"""Stands for columns that say again what others say."""


@cache
def _list_keys(_language: str) -> Mapping[str, str]:
    """Return the key of each heading of an export, in English and in a language."""
    return {
        label: field.key or COMPUTED
        for field in FIELDS.values()
        for label in (
            field.key or field.column,
            (field.heading or field.name).removesuffix(" ({unit})"),
            _(field.heading or field.name).removesuffix("（{unit}）"),
        )
    }


TELLING_KEYS = frozenset(SCHEMA_KEYS) - {
    *("id", "name", "district", "place", "industries", "stage", "investment"),
    *("summary", "parties", "sources", "facts", "events", "tags", "needs", "notes"),
}
"""Keys that nobody else calls a column."""
_WITH_UNIT = re.compile(r"Investment \([^)]*\)|投资额（[^）]*）")
_PARTY = re.compile(r"(.+) \(([^()]+)\)")
_EVENT = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2}) (.*)", re.DOTALL)
_NEED = re.compile(r"([^:]+?)(?:: (.*))? \((open|met|[^()]*)\)", re.DOTALL)
_NOTE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:[+-][0-9:]+|Z)?)?) (.*)", re.DOTALL
)
_BEFORE_DAY = re.compile(r"; (?=[0-9]{4}-[0-9]{2}-[0-9]{2})")


def find_exported_key(label: str) -> str:
    """Return the key that a heading of an exported table stands for, or nothing."""
    if key := _list_keys(get_language()).get(label):
        return key
    return "investment" if _WITH_UNIT.fullmatch(label) else ""


def is_exported(labels: Sequence[str], *, is_json: bool = False) -> bool:
    """Return whether headings are those of an exported table.

    Some may be fields of the user's own; half of them are those of the format, and two
    are called as nobody else calls them.

    Args:
        labels: The headings.
        is_json: Whether they are keys of JSON, which has only those that are stated.
    """
    keys = [find_exported_key(label) for label in labels if label]
    known = list(filter(None, keys))
    needed = 1 if is_json or len(known) == len(keys) else 2
    is_ours = len(TELLING_KEYS.intersection(keys)) >= needed
    return "name" in keys and len(known) * 2 >= len(keys) and is_ours


def is_exported_record(record: Mapping[str, Any]) -> bool:
    """Return whether an object is a project as it is exported, lists and all."""
    if not all(isinstance(record.get(key, ""), str) for key in ("id", "name")):
        return False
    lists = ("industries", "parties", "sources", "facts", "events", "tags", "needs")
    if any(not isinstance(record.get(key, []), list) for key in (*lists, "notes")):
        return False
    known = [key for key in record if key in SCHEMA_KEYS]
    return len(known) * 2 >= len(record) and not any(
        isinstance(value, Mapping) for value in record.values()
    )


def read_listing(key: str, text: str) -> list[Any]:
    """Return the value of a key that is a list: from JSON, or from `a; b; c`."""
    if text.startswith("["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, list):
            return [item for item in map(_convert_to_toml, value) if item is not None]
    if key in ("notes", "events"):
        parts: Iterable[str] = _split_at_days(key, text)
    elif key == "facts":
        parts = _join_without(text.split("; "), ": ")
    else:
        parts = text.split("; ")
    reader = _READERS.get(key)
    texts = filter(None, map(str.strip, parts))
    return [reader(text) if reader else text for text in texts]


def _split_at_days(key: str, text: str) -> list[str]:
    if key == "notes":
        return _BEFORE_DAY.split(text)
    return _join_continued(text.split("; "))


def _join_continued(parts: Iterable[str]) -> list[str]:
    """Join a part that goes on with the one before: an event begins a sentence."""
    joined: list[str] = []
    for part in parts:
        if joined and part[:1].islower() and not _EVENT.fullmatch(part):
            joined[-1] += f"; {part}"
        else:
            joined.append(part)
    return joined


def _join_without(parts: Iterable[str], sign: str) -> list[str]:
    """Join a part that lacks a sign to the one before: it belongs to its text."""
    joined: list[str] = []
    for part in parts:
        if joined and sign not in part:
            joined[-1] += f"; {part}"
        else:
            joined.append(part)
    return joined


def _parse_party(text: str) -> dict[str, str]:
    match = _PARTY.fullmatch(text)
    # a role is one word in lower case, or Chinese: all else belongs to the name
    if match and (match[2].islower() or not match[2].isascii()):
        return {"name": match[1], "role": match[2]}
    return {"name": text}


def _parse_fact(text: str) -> dict[str, str]:
    label, sign, value = text.partition(": ")
    return {"label": label, "value": value} if sign else {"label": "", "value": text}


def _parse_event(text: str) -> dict[str, str]:
    match = _EVENT.fullmatch(text)
    if match and is_partial(match[1]):
        return {"date": match[1], "what": match[2]}
    return {"what": text}


def _parse_need(text: str) -> dict[str, str]:
    match = _NEED.fullmatch(text)
    if match is None:
        return {"kind": text}
    what = {"what": match[2]} if match[2] else {}
    return {"kind": match[1], **what, "state": match[3]}


def _parse_note(text: str) -> dict[str, Any]:
    match = _NOTE.fullmatch(text)
    if match is None:
        return {"text": text}
    try:
        at = datetime.fromisoformat(match[1])
    except ValueError:
        return {"text": text}
    return {"at": at, "text": match[2]}


_READERS: Mapping[str, Callable[[str], Any]] = {
    "parties": _parse_party,
    "facts": _parse_fact,
    "events": _parse_event,
    "needs": _parse_need,
    "notes": _parse_note,
}


def _convert_to_toml(value: object) -> object:
    """Return a value of a list as TOML can hold it; times of notes are times."""
    if isinstance(value, dict):
        plain = {
            str(key): item
            for key, item in (
                (key, _convert_to_toml(item)) for key, item in value.items()
            )
            if item is not None
        }
        if isinstance(at := plain.get("at"), str) and "text" in plain:
            try:
                plain["at"] = datetime.fromisoformat(at)
            except ValueError:
                del plain["at"]
        return plain
    if isinstance(value, list):
        return [item for item in map(_convert_to_toml, value) if item is not None]
    return value
