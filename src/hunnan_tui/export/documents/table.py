"""A table of projects as a document, for a page or a mail."""

from __future__ import annotations

from hunnan_tui.core.fields import FIELDS
from hunnan_tui.core.filled_fields import find_filled_fields
from hunnan_tui.core.labels import name_dataset
from hunnan_tui.core.language import _
from hunnan_tui.core.money import format_exact, name_unit
from hunnan_tui.export.columns import (
    ExportCell,
    format_cell,
    list_columns,
    list_rows,
)
from hunnan_tui.export.documents.model import (
    Document,
    DocumentTable,
    Paragraph,
    Runs,
)
from hunnan_tui.export.documents.totals import count_projects, summarize_selection
from hunnan_tui.export.selection import Selection


def make_table(selection: Selection) -> Document:
    """Return a document with one table.

    Columns that nobody has named are left out where they would be empty, but for those
    that the dataset fills in other projects and that readers look for.
    """
    dataset = selection.dataset
    filled = find_filled_fields(dataset.projects.values())
    always = {FIELDS[name].column for name in filled}
    columns = list_columns(selection)
    rows = list(list_rows(selection, columns))
    shown = [
        n
        for n, column in enumerate(columns)
        if selection.columns
        or column.name in always
        or any(row[n] is not None for row in rows)
    ]
    name = name_unit(dataset.currency)
    count = count_projects(selection.projects, dataset)
    text = summarize_selection(selection, count, has_amounts="invest" in filled)
    return Document(
        name_dataset(dataset) or _("Projects"),
        (
            Paragraph((text,)),
            DocumentTable(
                tuple(columns[n].format_heading(name) for n in shown),
                tuple(tuple(_format_cell(row[n]) for n in shown) for row in rows),
                frozenset(
                    index for index, n in enumerate(shown) if columns[n].is_number
                ),
            ),
        ),
    )


def _format_cell(cell: ExportCell) -> Runs:
    if isinstance(cell, float):
        return (f"{cell:,}",)
    return (format_exact(cell) if isinstance(cell, int) else format_cell(cell),)
