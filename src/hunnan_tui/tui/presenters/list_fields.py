"""The fields of a project as columns of the list: their titles, widths and texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from hunnan_tui.core.fields import FIELDS, NUMERIC, Kind, arrange
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.list_columns import AMOUNT_WIDTH, ListColumn

DEFAULT_FIELDS = ("stage", "invest")
"""What the list shows behind the name when nothing else is asked for."""

_LONGEST = 400
"""Characters of a text that a column can need."""
_DAY = len("2023-03-08")

_WIDTHS: Mapping[Kind, int] = {
    Kind.AMOUNT: AMOUNT_WIDTH,
    Kind.NUMBER: AMOUNT_WIDTH,
    Kind.DATE: _DAY,
}
"""Cells of the columns that do not state any."""
_TEXT = 20
"""Cells of a column of text that does not state any."""

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
"""Every column that can be chosen, by the field of the query language."""


def drop_unknown_columns(fields: Iterable[str]) -> tuple[str, ...]:
    """Return fields as they can be columns: each once, without the name, which stays.

    Empty if they are the usual ones.
    """
    known = tuple(dict.fromkeys(field for field in fields if field in COLUMNS))
    return () if known == DEFAULT_FIELDS else known


def format_cell(field: str, project: Project, dataset: Dataset, today: date) -> str:
    """Return what a project says in a column; empty if it states nothing."""
    from hunnan_tui.export.columns import format_field

    return display_line(format_field(field, project, dataset, today)[:_LONGEST])
