"""A dataset as lines that each say one fact with its subject: what git's diff shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.text import display_line


def list_facts(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each fact of a parsed dataset, in the order of the file."""
    for table, content in values.items():
        entries = content if isinstance(content, list) else [content]
        for entry in entries:
            if isinstance(entry, Mapping):
                yield from _list_entry(table, entry)
            else:
                yield f"{table}: {_format(entry)}"


def _list_entry(table: str, entry: Mapping[str, Any]) -> Iterator[str]:
    name = str(entry.get("name") or entry.get("title") or entry.get("id") or table)
    subject = display_line(name)
    for key, value in entry.items():
        field = BY_KEY.get(key) if table == "projects" else None
        label = field.name.lower() if field else key
        for item in value if isinstance(value, list) else [value]:
            yield f"{subject}: {label} {_format(item)}"


def _format(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_format(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(_format, value))
    return display_line(str(value))
