"""Edits as JSON, for the journal and the transaction log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import tomli

from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    Change,
    ChangeNeed,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveNeed,
    RemoveTags,
    SetFollowUp,
)
from hunnan_tui.core.model import Need, Note
from hunnan_tui.dataset.toml.writer import format_pair
from hunnan_tui.files.private import expect_text

_KINDS: Mapping[str, type[Change]] = {
    item.kind: item
    for item in (
        AddTags,
        RemoveTags,
        AddNote,
        ChangeNote,
        DeleteNote,
        SetFollowUp,
        AddNeed,
        ChangeNeed,
        RemoveNeed,
    )
}


def dump_edit(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain JSON values; `parse_edit` reads it back."""
    plain: dict[str, Any] = {"key": edit.key, "kind": edit.change.kind}
    for item in fields(edit.change):
        plain[item.name] = _dump_value(getattr(edit.change, item.name))
    return plain


def parse_edit(plain: Mapping[str, Any]) -> Edit:
    """Parse what `dump_edit` wrote; ValueError for anything else."""
    try:
        kind = _KINDS[plain["kind"]]
        values = {
            item.name: _parse_value(str(item.type), plain[item.name])
            for item in fields(kind)
        }
        return Edit(expect_text(plain["key"]), kind(**values))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not an edit: {error!r}") from error


def _dump_value(value: Any) -> Any:
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, Note | Need):
        plain = {name: _dump_value(item) for name, item in value._asdict().items()}
        # the keys that we do not know may hold any TOML value, times for example
        extra = b"".join(format_pair(*item, b"\n") for item in value.extra.items())
        return plain | {"extra": extra.decode()}
    return value


def _parse_value(type: str, plain: Any) -> Any:
    """Parse the plain value of a field with a declared type."""
    match type:
        case "datetime | None":
            return None if plain is None else datetime.fromisoformat(plain)
        case "date | None":
            return None if plain is None else date.fromisoformat(plain)
        case "tuple[str, ...]":
            return tuple(map(expect_text, plain))
        case "Note" | "Need":
            texts = {
                key: expect_text(item) for key, item in plain.items() if key != "at"
            }
            extra = MappingProxyType(tomli.loads(texts.pop("extra")))
            if type == "Need":
                return Need(**texts, extra=extra)
            at = _parse_value("datetime | None", plain["at"])
            return Note(**texts, at=at, extra=extra)
    return expect_text(plain)
