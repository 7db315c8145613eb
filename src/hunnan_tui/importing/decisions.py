"""What a user decides of a map in the app: which field, which unit, which stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import tomli

from hunnan_tui.dataset.toml.writer import format_key
from hunnan_tui.importing.import_map import ImportMap, Target
from hunnan_tui.importing.map_text import format_map_line, write_map

COLUMNS, STAGES, INDUSTRIES = "columns", "stages", "industries"
"""The tables of a map in which something can be decided."""


class Decision(NamedTuple):
    """What becomes of a column, or of a word."""

    table: str
    name: str
    """The heading of the column, or the word."""
    values: Mapping[str, str]
    """What a column becomes, as in the map; `to` alone for a word."""


def decide(import_map: ImportMap, decision: Decision) -> ImportMap:
    """Return a map in which something is decided."""
    table, name, values = decision
    if table == COLUMNS:
        columns = {**import_map.columns, name: Target(**values)}
        return replace(import_map, columns=columns)
    changed: dict[str, Any] = {
        table: {**getattr(import_map, table), name: values["to"]}
    }
    return replace(import_map, **changed)


def rewrite_map(text: str, import_map: ImportMap, decision: Decision) -> str:
    """Return the text of a map with one line changed, and its comments kept.

    Args:
        text: The text.
        import_map: What it says with the decision.
        decision: What is decided.
    """
    table, name, _ = decision
    value = getattr(import_map, table)[name]
    start = re.search(rf"^\[{table}\][ \t]*$", text, re.MULTILINE)
    if start is not None:
        key = re.escape(format_key(name).decode())
        line = re.compile(rf"^{key}[ \t]*=.*$", re.MULTILINE)
        after = re.compile(r"^\[", re.MULTILINE).search(text, start.end())
        old = line.search(text, start.end(), after.start() if after else len(text))
        if old is not None:
            _, mark, note = old[0].rpartition("  # ")
            new = format_map_line(name, value) + (mark + note if mark else "")
            changed = text[: old.start()] + new + text[old.end() :]
            if _says(changed, table, name, new):
                return changed
    return write_map(import_map, {})


def _says(text: str, table: str, name: str, line: str) -> bool:
    """Return whether a text can be read, and has what a line says."""
    try:
        return bool(tomli.loads(text)[table][name] == tomli.loads(line)[name])
    except (ValueError, KeyError, TypeError):
        return False
