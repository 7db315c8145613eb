"""The columns of a table of projects: text stays text, amounts numbers, days dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.computed_values import collect_bases
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.dates import format_age, is_partial
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fields import FIELDS, IN_CURRENCY, NUMERIC, Field, Kind
from hunnan_tui.core.labels import name_industries, name_stage
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import format_exact, format_short
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.export.list_formats import (
    format_short_investment,
    format_stage,
    format_value,
)
from hunnan_tui.export.sanitize import clean, clean_line
from hunnan_tui.export.selection import Selection

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnField, OwnFields

ExportCell = str | int | float | date | None
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
    header: str = ""
    """Its name in a file of rows, if a unit has to follow it there."""
    get_written: Callable[[Project], str] | None = None
    """Returns a number with the unit that it has in the dataset, and its cell has not."""

    def format_heading(self, unit: str) -> str:
        """Return the heading, with the unit of amounts if the file states one."""
        heading = _(self.heading).format(unit=unit)
        return heading.removesuffix(" ()").removesuffix("（）")


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
        if project.origin.currency and field.key in IN_CURRENCY and value is not None:
            return f"{value:,} {project.origin.currency}"
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
    """Return the names of the columns that show some fields of the query language.

    The column of a field of the user's own has its id.
    """
    names: list[str] = []
    for name in fields:
        field = FIELDS.get(name)
        names += (field.columns or (field.column,)) if field else (name,)
    return tuple(dict.fromkeys(names))


def format_list_field(
    field: str,
    project: Project,
    dataset: Dataset,
    today: date,
    own_fields: OwnFields | None = None,
) -> str:
    """Return the text of a field as the list shows it; empty if not stated.

    Args:
        field: Its id in queries.
        project: The project.
        dataset: The dataset.
        today: The day from which ages count.
        own_fields: Those of the dataset, for a field of the user's own.
    """
    if field not in FIELDS:
        own = own_fields.get(field) if own_fields is not None else None
        return format_own_value(own, project) if own else ""
    if field == "invest":
        return format_short_investment(project)
    if field == "stage":
        return format_stage(project, dataset)
    if field == "basis":  # of all facts, as the filter takes it
        return clean(join_names(map(_name_basis, collect_bases(project))))
    (column, *_) = list_field_columns((field,))
    cell = COLUMNS[column].get_cell(project, dataset)
    if FIELDS[field].kind in NUMERIC and isinstance(cell, int):
        return format_exact(cell)
    text = format_cell(cell)
    if field == "age" and text:
        return format_age(text, today)
    return text


def _name_basis(basis: str) -> str:
    """Return what a fact rests on; in English the word of the file."""
    return name_value(basis) if is_chinese() else basis


def parse_columns(
    text: str, find_own_fields: Callable[[], OwnFields] | None = None
) -> tuple[str, ...]:
    """Read a list of columns such as `name,invest,行业`.

    Args:
        text: The names, with commas between them.
        find_own_fields: Returns the fields of the user's own; called for a name that is
            not the schema's.

    Raises:
        NoSuchColumnError: One of them does not exist; the text names similar ones.
    """
    from hunnan_tui.query.language.fields import find_close_match, find_field

    own_fields = None
    names: list[str] = []
    for typed in (part.strip() for part in text.replace("，", ",").split(",")):
        if typed in COLUMNS:
            names.append(typed)
        elif field := find_field(typed):
            names += list_field_columns([field])
        elif typed:
            own_fields = own_fields or (find_own_fields and find_own_fields())
            own = own_fields.find(typed) if own_fields else None
            if own is not None:
                names.append(own.id)
                continue
            known = (*COLUMNS, *(own_field.id for own_field in own_fields or ()))
            meant = find_close_match(typed, known)
            hint = (
                _("did you mean {meant}?").format(meant=meant)
                if meant
                else _("one of {columns}").format(columns=", ".join(COLUMNS))
            )
            raise NoSuchColumnError(
                _("There is no column {typed!r}: {hint}").format(typed=typed, hint=hint)
            )
    if not names:
        raise NoSuchColumnError(
            _("No column is named: one of {columns}").format(columns=", ".join(COLUMNS))
        )
    return tuple(dict.fromkeys(names))


def list_columns(selection: Selection) -> list[ExportColumn]:
    """Return the columns of a selection; all but the reader's own when none are named."""
    if selection.columns:
        return [find_column(name, selection) for name in selection.columns]
    columns = [
        column
        for name, column in COLUMNS.items()
        if (selection.own or name not in _ANNOTATIONS) and name not in _NAMED_ONLY
    ]
    return [*columns, *_list_key_columns(selection)]


def find_column(name: str, selection: Selection) -> ExportColumn:
    """Return the column with a name, which may be a field of the user's own."""
    if name in COLUMNS:
        return COLUMNS[name]
    own = _find_own_fields(selection).get(name)
    return make_own_column(own) if own else ExportColumn(name, name, lambda *_: None)


def make_own_column(own: OwnField) -> ExportColumn:
    """Return the column of a field of the user's own."""
    from hunnan_tui.core.own_rows import collect_own_values

    heading, kind = own.field.name, own.field.kind
    unit = clean_line(own.reader.find_unit())
    if kind is Kind.NUMBER and own.reader.unit:
        heading += f" ({own.reader.unit})"
    heading = clean_line(heading).replace("{", "{{").replace("}", "}}")
    if kind is Kind.AMOUNT:
        heading += " ({unit})"
    is_number = kind in NUMERIC

    def get_cell(project: Project, _: Dataset) -> ExportCell:
        return get_own_cell(own, project)

    def get_written(project: Project) -> str:
        return clean(own.reader.read_written(collect_own_values(project)))

    has_units = kind is Kind.NUMBER and own.reader.unit
    return ExportColumn(
        own.id,
        heading,
        get_cell,
        16 if is_number else 20,
        is_number,
        header=f"{own.id} ({unit})" if unit else "",
        get_written=get_written if has_units else None,
    )


def get_own_cell(own: OwnField, project: Project) -> ExportCell:
    """Return the cell of a field of the user's own: as it is written, if it is wrong."""
    from decimal import Decimal

    from hunnan_tui.core.own_rows import collect_own_values

    row = collect_own_values(project)
    value = own.reader.read_value(row)
    if isinstance(value, str):
        return convert_day(value)
    if value is None or isinstance(value, int):
        written = clean(own.reader.read_written(row)) or None
        return written if value is None else value
    number = float(value)
    return number if Decimal(repr(number)) == value else str(value)


def format_own_value(own: OwnField, project: Project) -> str:
    """Return what the list shows of a field of the user's own; empty if not stated."""
    from hunnan_tui.core.own_rows import collect_own_values

    row = collect_own_values(project)
    value = own.reader.read_value(row)
    if own.field.kind is Kind.AMOUNT and isinstance(value, int):
        return format_short(value)
    return value if isinstance(value, str) else own.reader.read_written(row)


def _list_key_columns(selection: Selection) -> list[ExportColumn]:
    """Return the columns of the keys that the schema does not know.

    The labels of facts are in the column of facts, and have their own when named.
    """
    keys = {key for project in selection.projects for key, _ in project.other}
    if not keys:
        return []
    own_fields = _find_own_fields(selection)
    return [make_own_column(own) for own in own_fields if own.reader.names & keys]


def _find_own_fields(selection: Selection) -> OwnFields:
    if selection.find_own_fields is not None:
        return selection.find_own_fields()
    from hunnan_tui.core.own_fields import (
        derive_own_fields,  # few exports have such columns
    )

    return derive_own_fields(selection.dataset)


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
