"""The fields of a project as columns of the list: their titles, widths and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.fields import FIELDS, FILE, NUMERIC, Field, Kind, arrange
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.tui.presenters.list_columns import (
    AMOUNT_WIDTH,
    EXTRA_COLUMNS,
    ListColumn,
)

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields

DEFAULT_FIELDS = ("stage", "invest")
"""The fields that the list shows next to the name by default."""

_WIDEST_TITLE = 16
"""Cells of a title that make a column of the user's own wider."""
_LONGEST = 400
"""Characters of a text that a column can need."""
_DAY = len("2023-03-08")

_WIDTHS: Mapping[Kind, int] = {
    Kind.AMOUNT: AMOUNT_WIDTH,
    Kind.NUMBER: AMOUNT_WIDTH,
    Kind.DATE: _DAY,
}
"""Widths of columns whose field does not declare one."""
_TEXT = 20
"""Width of a text column whose field does not declare one."""

_FROM = {"source_kind": "source", "reported": "source"}
"""Fields that have no value without another."""

_FIRST = (
    *("stage", "invest", "industry", "name_zh", "stage_date", "updated", "age"),
    *("district", "place", "party"),
)
_LAST = (
    *("tag", "due", "need", "noted", "note", "reported", "source", "source_kind"),
    *("basis", "summary", "caveat", "fact", "event", "id"),
)

COLUMNS: Mapping[str, ListColumn] = {
    field.id: ListColumn(
        field.title or field.name,
        field.title_width or _WIDTHS.get(field.kind, _TEXT),
        is_number=field.kind in (*NUMERIC, Kind.AGE),
        field=field.id,
    )
    for field in arrange(FIELDS.values(), _FIRST, _LAST)
    if field.is_queried and field.id != "name"  # which always stands in front
}
"""The columns that can be chosen, by the name of their field in queries."""


def drop_unknown_columns(fields: Iterable[str], index: Index) -> tuple[str, ...]:
    """Return the fields that can be columns, without duplicates and the name.

    Empty if they are the usual ones.
    """
    known = tuple(
        dict.fromkeys(
            field for field in fields if find_column(field, index) is not None
        )
    )
    return () if known == DEFAULT_FIELDS else known


def select_filled(fields: Iterable[str], filled: frozenset[str]) -> tuple[str, ...]:
    """Return fields without those that a dataset does not fill."""
    unfilled = ALL - filled
    return tuple(
        f for f in fields if f not in unfilled and _FROM.get(f) not in unfilled
    )


def find_column(field: str, index: Index) -> ListColumn | None:
    """Return the column of a field; None for one that has none, or is gone."""
    if field in COLUMNS or is_of_schema(field):
        return COLUMNS.get(field)
    own = index.find_field(field)
    return _make_own_column(own) if own else None


def find_sort_column(field: str, index: Index) -> ListColumn | None:
    """Return the column that shows what a list is sorted by; None where the name does."""
    if field in ("", "name"):
        return None
    extra = (column for column in EXTRA_COLUMNS if column.field == field)
    return next(extra, None) or find_column(field, index)


def list_columns(index: Index, filled: frozenset[str] = ALL) -> dict[str, ListColumn]:
    """Return the columns that are offered: the user's own, and the schema's.

    Args:
        index: What knows the fields of the user's own; those of few projects are none.
        filled: What the dataset fills: other columns would be empty.
    """
    own_fields = index.find_own_fields().get_common()
    return {
        **{own.id: _make_own_column(own.field) for own in own_fields},
        **{
            field: COLUMNS[field]
            for field in select_filled(COLUMNS, filled)
            if field != FILE or index.dataset.files  # one file needs no name
        },
    }


def _make_own_column(field: Field) -> ListColumn:
    usual = field.title_width or _WIDTHS.get(field.kind, _TEXT)
    title_width = min(measure_width(field.name), _WIDEST_TITLE)
    is_number = field.kind in NUMERIC
    return ListColumn(field.name, max(usual, title_width), is_number, field.id)


def format_cell(
    field: str,
    project: Project,
    dataset: Dataset,
    today: date,
    own_fields: OwnFields | None = None,
) -> str:
    """Return the text of a cell; empty if the project does not state the field."""
    from hunnan_tui.export.columns import format_list_field

    text = format_list_field(field, project, dataset, today, own_fields)
    return display_line(text[:_LONGEST])
