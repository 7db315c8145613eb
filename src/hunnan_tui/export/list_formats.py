"""Projects as JSON, CSV and a table of plain text.

JSON and CSV hold what the file holds. The table is for people: its text is cleaned and
aligned by the cells of a terminal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain
from types import MappingProxyType
from typing import Any

from hunnan_tui.core.cell_width import cut, measure_columns, pad
from hunnan_tui.core.fields import FIELDS, GETTERS, IN_CURRENCY, SCHEMA_KEYS
from hunnan_tui.core.filled_fields import find_filled_fields
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import (
    Dataset,
    Event,
    Fact,
    Need,
    Note,
    Party,
    Project,
)
from hunnan_tui.core.money import (
    add_unit,
    format_qualified,
    head_amounts,
    is_too_long,
    name_unit,
)
from hunnan_tui.core.names import name_project
from hunnan_tui.core.parts import get_whole
from hunnan_tui.core.text import UNSAFE, display_line

_KEYS: Mapping[type, tuple[str, ...]] = {
    Party: ("name", "role"),
    Fact: ("label", "value", "source", "basis"),
    Event: ("date", "what", "stage", "source", "basis", "by"),
    Need: ("kind", "what", "state", "since", "owner"),
    Note: ("at", "by", "text"),
}
_COLUMNS = {2: "stage", 3: "invest"}
"""The columns of a table that a dataset may never fill, by their index."""
_REQUIRED = {"name", "label", "kind", "text"}


def build_record(project: Project) -> dict[str, Any]:
    """Return a project as plain JSON values with the keys of the schema.

    A key that is absent in the file is absent here. Keys that the schema does not know
    come last, each with its value as text, as it is written. One of several files says
    which, and its currency if that is another one than that of the dataset.
    """
    plain: dict[str, Any] = {}
    for key, stored_value in GETTERS.items():
        value = stored_value(project)
        if value is not None and value not in ("", ()):
            plain[key] = _to_plain(value)
    for key, text in project.other:
        plain.setdefault(key, text)
    if project.origin.file:
        plain["file"] = project.origin.file
    if project.origin.currency:
        plain["currency"] = project.origin.currency
    return plain


def to_json(value: object, *, ascii: bool = False, indent: int | None = None) -> str:
    """Return plain values as JSON without a character that a terminal could obey.

    Args:
        value: What `build_record` returns, or a list of it.
        ascii: Whether to write everything beyond ASCII as escapes.
        indent: As in `json.dumps`.
    """
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    return UNSAFE.sub(_escape, text)


def format_json_lines(
    records: Iterable[Mapping[str, Any]], *, ascii: bool = False
) -> Iterator[str]:
    """Yield a line with a JSON object for each record, such as `build_record` returns."""
    for values in records:
        yield to_json(values, ascii=ascii) + "\n"


def format_json_list(
    records: Iterable[Mapping[str, Any]], *, ascii: bool = False
) -> Iterator[str]:
    """Yield the pieces of a JSON list with an object for each record, one a line."""
    before = "[\n"
    for values in records:
        yield before + to_json(values, ascii=ascii)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def format_csv_rows(projects: Iterable[Project], delimiter: str = ",") -> Iterator[str]:
    """Yield rows of CSV or TSV with the keys of the schema, the header first.

    Keys that the schema does not know come last, each with its value as it is written.
    The texts are those of the file, but defused for spreadsheets (`format_rows`).
    """
    from hunnan_tui.export.formats.rows import format_rows  # not for other formats

    projects = list(projects)
    found = dict.fromkeys(key for project in projects for key, _ in project.other)
    keys = tuple(key for key in found if key not in GETTERS)
    rows = (_build_csv_cells(project, keys) for project in projects)
    return format_rows(chain([(*SCHEMA_KEYS, *keys)], rows), delimiter)


def format_table(
    projects: Sequence[Project],
    dataset: Dataset,
    width: int | None = None,
    places: Mapping[str, tuple[str, int]] | None = None,
) -> Iterator[str]:
    """Yield the lines of a table, its header first.

    Args:
        projects: The projects, in order.
        dataset: Names the stages and the currency; what it never fills has no column.
        width: Cells of a line; longer cells are cut with …. None cuts nothing.
        places: What the parts stand under, by key, and how deep.
    """
    code = display_line(dataset.currency)
    amount = head_amounts(name_unit(code) if is_chinese() else code)
    header = [
        FIELDS["id"].word,
        FIELDS["name"].word,
        FIELDS["stage"].word,
        amount,
        _("tags"),
        _("notes"),
    ]
    wanted = frozenset(_COLUMNS.values())
    filled = find_filled_fields(dataset.projects.values() or projects, wanted)
    shown = [
        n for n in range(len(header)) if n not in _COLUMNS or _COLUMNS[n] in filled
    ]
    rows = [header]
    rows += (_build_table_row(project, dataset, places or {}) for project in projects)
    numbers = [index for index, n in enumerate(shown) if n in (3, 5)]
    rows = [[row[n] for n in shown] for row in rows]
    if dataset.files:
        files = ("file", *(display_line(project.origin.file) for project in projects))
        rows = [[*row, file] for row, file in zip(rows, files, strict=True)]
    return align_rows(rows, numbers, width)


def align_rows(
    rows: Sequence[Sequence[str]], numbers: Collection[int], width: int | None = None
) -> Iterator[str]:
    """Yield rows of the same length as lines with aligned columns.

    Args:
        rows: The header first; each text on one line.
        numbers: The indexes of the columns to align at the right.
        width: As in `format_table`.
    """
    widths = measure_columns(rows)
    gaps = 2 * (len(widths) - 1)
    if width is not None:
        widths = _fit_widths(widths, width - gaps)
    for row in rows:
        cells = (
            pad(cut(cell, size), size, right=index in numbers)
            for index, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def format_short_investment(project: Project) -> str:
    """Return a project's amount as a table shows it: `~3 bn`; empty if not stated."""
    text = format_qualified(project.investment, project.investment_qualifier)
    return add_unit(text, project.origin.currency) if text else text


def format_stage(project: Project, dataset: Dataset) -> str:
    """Return the name of a project's stage for a table."""
    return display_line(name_stage(project.stage, dataset))


def format_names(
    project: Project, places: Mapping[str, tuple[str, int]] = MappingProxyType({})
) -> str:
    """Return a project's name, or both of its names, for a table.

    Args:
        project: The project.
        places: What parts stand under, by key, and how deep; a part that stands
            elsewhere says what it is part of.
    """
    name = name_project(project)
    if project.key in places:
        name = "  " * (places[project.key][1] - 1) + f"└ {name}"
    elif whole := get_whole(project):
        name += _(" (part of {whole})").format(whole=whole)
    return display_line(name)


def _build_table_row(
    project: Project, dataset: Dataset, places: Mapping[str, tuple[str, int]]
) -> list[str]:
    return [
        display_line(project.key),
        format_names(project, places),
        format_stage(project, dataset),
        format_short_investment(project),
        display_line(", ".join(project.tags)),
        str(len(project.notes) or ""),
    ]


def _fit_widths(widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until all fit."""
    widths = list(widths)
    while sum(widths) > width and max(widths) > 1:
        widest = widths.index(max(widths))
        next_widest = max([other for other in widths if other < widths[widest]] or [1])
        widths[widest] -= min(sum(widths) - width, widths[widest] - next_widest)
    return widths


def _to_plain(value: Any) -> Any:
    if type(value) is str:  # as most are
        return value
    keys = _KEYS.get(type(value))
    if keys is None and isinstance(value, tuple | list):
        return [_to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _to_plain(item) for key, item in value.items()}
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, float) and value - value != 0:
        return str(value)  # JSON knows no inf and no nan
    if is_too_long(value):
        return hex(value)
    if keys is None:
        return value
    plain = {
        key: _to_plain(part)
        for key in keys
        if (part := getattr(value, key)) not in ("", None) or key in _REQUIRED
    }
    return plain | _to_plain(dict(getattr(value, "extra", {})))


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if match[0] != "\x7f" else "\\u007f"


def _build_csv_cells(project: Project, keys: Iterable[str]) -> Iterator[str | int]:
    currency = project.origin.currency
    for key, stored_value in GETTERS.items():
        value = stored_value(project)
        if currency and key in IN_CURRENCY and isinstance(value, int):
            yield f"{value} {currency}"
        else:
            yield value if isinstance(value, int) else format_value(value)
    others = dict(project.other)
    yield from (others.get(key, "") for key in keys)


def format_value(value: Any) -> str:
    """Return a value of a project as one text; items of a list are joined by "; "."""
    match value:
        case Party(name, role):
            return f"{name} ({role})" if role else name
        case Fact(label, text):
            return f"{label}: {text}"
        case Event(what, day):
            return f"{day} {what}".strip()
        case Need(kind, what, state):
            return f"{kind}: {what} ({state})" if what else f"{kind} ({state})"
        case Note(text, at):
            when = at or value.day
            return f"{when.isoformat()} {text}" if when else text
        case None:
            return ""
        case tuple():
            return "; ".join(map(format_value, value))
    return value.isoformat() if isinstance(value, date) else str(value)
