"""Projects as JSON, with the keys and ids of the file in the order of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.model import Project
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import (
    ExportCell,
    ExportColumn,
    format_cell,
    list_columns,
)
from hunnan_tui.export.list_formats import (
    build_record,
    format_json_lines,
    format_json_list,
)
from hunnan_tui.export.selection import Selection


def write_json_lines(selection: Selection) -> Iterator[str]:
    """Yield a line with an object for each project."""
    return format_json_lines(_list_records(selection))


def write_json(selection: Selection) -> Iterator[str]:
    """Yield the pieces of a list with an object for each project, one a line."""
    return format_json_list(_list_records(selection))


def _list_records(selection: Selection) -> Iterator[dict[str, Any]]:
    columns = list_columns(selection) if selection.columns else []
    for project in selection.projects:
        fields = build_record(project)
        if selection.columns:
            computed = {
                column.name: _make_plain(cell, column, project)
                for column in columns
                if column.name not in BY_KEY
                and (cell := column.get_cell(project, selection.dataset)) is not None
            }
            fields = {
                name: value
                for name in selection.columns
                if (value := {**fields, **computed}.get(name)) is not None
            }
        elif not selection.own:
            fields = {key: fields[key] for key in fields if key not in ANNOTATION_KEYS}
        yield fields


def _make_plain(
    cell: ExportCell, column: ExportColumn, project: Project
) -> str | int | float:
    """Return a cell; a number that has a unit in the dataset as it is written there."""
    if not isinstance(cell, int | float):
        return format_cell(cell)
    return column.get_written(project) if column.get_written else cell
