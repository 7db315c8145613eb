"""The fields of a project as columns of the list: their titles, widths and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hunnan_tui.core.fields import FIELDS, NUMERIC, Kind, arrange
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import AMOUNT_WIDTH, ListColumn

DEFAULT_FIELDS = ("stage", "invest")
"""The fields that the list shows next to the name by default."""

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


def drop_unknown_columns(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that can be columns, without duplicates and the name.

    Empty if they are the usual ones.
    """
    known = tuple(dict.fromkeys(field for field in fields if field in COLUMNS))
    return () if known == DEFAULT_FIELDS else known


def select_filled(fields: Iterable[str], filled: frozenset[str]) -> tuple[str, ...]:
    """Return fields without those that a dataset does not fill."""
    unfilled = ALL - filled
    return tuple(
        f for f in fields if f not in unfilled and _FROM.get(f) not in unfilled
    )


def format_cell(field: str, project: Project, dataset: Dataset, today: date) -> str:
    """Return the text of a cell; empty if the project does not state the field."""
    from hunnan_tui.export.columns import format_list_field

    return display_line(format_list_field(field, project, dataset, today)[:_LONGEST])
