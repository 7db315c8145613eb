"""Edits as JSON, for the journal and the transaction log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

import tomli

from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    AnyChange,
    ChangeNeed,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveNeed,
    RemoveTags,
    SetFollowUp,
)
from hunnan_tui.core.fact_changes import (
    STEPS,
    AddProject,
    AddSource,
    ChangeFacts,
    FactStep,
    RemoveProject,
    RemoveSource,
    SetEntry,
)
from hunnan_tui.core.model import Need, Note
from hunnan_tui.dataset.toml.writer import format_inline, format_pair
from hunnan_tui.files.private import expect_text

_T = TypeVar("_T")
_KINDS: Mapping[str, type[AnyChange]] = {
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
        ChangeFacts,
        AddProject,
        RemoveProject,
        AddSource,
        RemoveSource,
        SetEntry,
    )
}


def dump_edit(edit: Edit) -> dict[str, Any]:
    """Return an edit as plain JSON values; `parse_edit` reads it back."""
    plain: dict[str, Any] = {"key": edit.key, "kind": edit.change.kind}
    for item in fields(edit.change):
        plain[item.name] = _dump_value(str(item.type), getattr(edit.change, item.name))
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


def _dump_value(type: str, value: Any) -> Any:
    """Return the value of a field with a declared type as plain JSON values."""
    match type:
        case "tuple[FactStep, ...]":
            return [_dump_step(step) for step in value]
        case "Plain" | "Record" | "tuple[Plain, ...]":
            return _dump_toml(value)
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, Note | Need):
        plain = {name: _dump_value("", item) for name, item in value._asdict().items()}
        if not plain.get("owner", True):
            del plain["owner"]  # earlier versions read what has none
        # the keys that we do not know may hold any TOML value, times for example
        extra = b"".join(format_pair(*item, b"\n") for item in value.extra.items())
        return plain | {"extra": extra.decode()}
    return value


def _dump_step(step: FactStep) -> dict[str, Any]:
    items = {
        f.name: _dump_value(str(f.type), getattr(step, f.name)) for f in fields(step)
    }
    return {"step": step.step, **items}


def _parse_step(plain: Mapping[str, Any]) -> FactStep:
    kind = STEPS[plain["step"]]
    return kind(
        **{f.name: _parse_value(str(f.type), plain[f.name]) for f in fields(kind)}
    )


def _dump_toml(value: Any) -> str | None:
    """Return a TOML value as text: it may be a day, say, which JSON lacks."""
    if isinstance(value, tuple):
        value = list(value)
    elif isinstance(value, Mapping):
        value = dict(value)
    return None if value is None else format_inline(value).decode()


def _parse_toml(text: str | None) -> Any:
    return None if text is None else tomli.loads(f"x = {expect_text(text)}")["x"]


def _parse_value(type: str, plain: Any) -> Any:
    """Parse the plain value of a field with a declared type."""
    match type:
        case "datetime | None":
            return None if plain is None else datetime.fromisoformat(plain)
        case "date | None":
            return None if plain is None else date.fromisoformat(plain)
        case "tuple[str, ...]":
            return tuple(map(expect_text, plain))
        case "tuple[FactStep, ...]":
            return tuple(map(_parse_step, plain))
        case "Plain":
            return _parse_toml(plain)
        case "tuple[Plain, ...]":
            return tuple(_expect(list, _parse_toml(plain)))
        case "Record":
            return _expect(dict, _parse_toml(plain))
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


def _expect(type: type[_T], value: Any) -> _T:
    if not isinstance(value, type):
        raise TypeError(value)
    return value
