"""The columns of a table of projects: text stays text, amounts numbers, days dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core.dates import get_last_day, is_partial
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fields import FIELDS, NUMERIC, Field, Kind
from hunnan_tui.core.labels import name_industries, name_stage
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import format_exact
from hunnan_tui.export.list_formats import (
    format_short_investment,
    format_stage,
    format_value,
)
from hunnan_tui.export.sanitize import clean
from hunnan_tui.export.selection import Selection

ExportCell = str | int | date | None
"""None is "not stated"."""

AS_LISTED = ("name", "stage", "invest")
"""The fields that the list shows by default."""


class NoSuchColumnError(HunnanError):
    """A requested column does not exist."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of an exported table."""

    name: str
    """Its name for programs: the key in the file, if it has one."""
    heading: str
    """Its heading for people; `{unit}` stands for the currency."""
    get_cell: Callable[[Project, Dataset], ExportCell]
    width: int = 16
    """Width in a spreadsheet, in characters."""
    is_number: bool = False

    def format_heading(self, unit: str) -> str:
        """Return the heading, with the unit of amounts if the file states one."""
        return self.heading.format(unit=unit).removesuffix(" ()")


def convert_day(text: str) -> ExportCell:
    """Return a full date as a date, and any other text as it is."""
    if len(text) == len("2023-03-08") and is_partial(text):
        return date.fromisoformat(text)
    return clean(text) or None


def _get_stage_cell(project: Project, dataset: Dataset) -> ExportCell:
    return clean(name_stage(project.stage, dataset)) or None


def _get_industries_cell(project: Project, dataset: Dataset) -> ExportCell:
    return clean("; ".join(name_industries(project, dataset))) or None


_SPECIAL: Mapping[str, Callable[[Project, Dataset], ExportCell]] = {
    "stage": _get_stage_cell,
    "industry": _get_industries_cell,
}
"""How the cells of fields whose values are ids are computed."""


def _build_cell_getter(field: Field) -> Callable[[Project, Dataset], ExportCell]:
    if field.id in _SPECIAL:
        return _SPECIAL[field.id]

    def get_cell(project: Project, dataset: Dataset) -> ExportCell:
        value = field.get_value(project, dataset)
        if isinstance(value, int | date):
            return value
        if field.kind is Kind.DATE and value:
            return convert_day(value)
        return clean(format_value(value)) or None

    return get_cell


COLUMNS: Mapping[str, ExportColumn] = {
    field.column: ExportColumn(
        field.column,
        field.heading or field.name,
        _build_cell_getter(field),
        field.width,
        field.kind in NUMERIC,
    )
    for field in FIELDS.values()
    if field.column in (field.columns or (field.column,))
}
"""All columns by name, in the order of a table with all of them."""

_NAMED_ONLY = frozenset(f.column for f in FIELDS.values() if not f.key or f.is_internal)
"""Columns that are exported only by name: they repeat what others state, or serve an
import alone."""

_ANNOTATIONS = frozenset(f.column for f in FIELDS.values() if f.is_annotation)


def list_field_columns(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the columns that show some fields of the query language."""
    known = (FIELDS[name] for name in fields if name in FIELDS)
    names = (name for field in known for name in field.columns or (field.column,))
    return tuple(dict.fromkeys(names))


def format_list_field(
    field: str, project: Project, dataset: Dataset, today: date
) -> str:
    """Return the text of a field as the list shows it; empty if not stated."""
    if field == "invest":
        return format_short_investment(project)
    if field == "stage":
        return format_stage(project, dataset)
    (column, *_) = list_field_columns((field,))
    cell = COLUMNS[column].get_cell(project, dataset)
    if FIELDS[field].kind in NUMERIC and isinstance(cell, int):
        return format_exact(cell)
    text = format_cell(cell)
    if field == "age" and text:
        return f"{(today - get_last_day(text)).days:,} d"
    return text


def parse_columns(text: str) -> tuple[str, ...]:
    """Read a list of columns such as `name,invest,行业`.

    Raises:
        NoSuchColumnError: One of them does not exist; the text names similar ones.
    """
    from hunnan_tui.query.language.fields import find_close_match, find_field

    names: list[str] = []
    for typed in (part.strip() for part in text.replace("，", ",").split(",")):
        if typed in COLUMNS:
            names.append(typed)
        elif field := find_field(typed):
            names += list_field_columns([field])
        elif typed:
            meant = find_close_match(typed, COLUMNS)
            hint = f"did you mean {meant}?" if meant else f"one of {', '.join(COLUMNS)}"
            raise NoSuchColumnError(f"There is no column {typed!r}: {hint}")
    if not names:
        raise NoSuchColumnError(f"No column is named: one of {', '.join(COLUMNS)}")
    return tuple(dict.fromkeys(names))


def list_columns(selection: Selection) -> list[ExportColumn]:
    """Return the columns of a selection; all but the reader's own when none are named."""
    if selection.columns:
        return [COLUMNS[name] for name in selection.columns]
    return [
        column
        for name, column in COLUMNS.items()
        if (selection.own or name not in _ANNOTATIONS) and name not in _NAMED_ONLY
    ]


def list_rows(
    selection: Selection, columns: Sequence[ExportColumn]
) -> Iterator[list[ExportCell]]:
    """Yield the cells of each project."""
    dataset = selection.dataset
    for project in selection.projects:
        yield [column.get_cell(project, dataset) for column in columns]


def format_cell(cell: ExportCell) -> str:
    """Return a cell as plain text; nothing for what is not stated."""
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
