"""A table of projects as a document, for a page or a mail."""

from __future__ import annotations

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
    """Return a document with one table."""
    dataset = selection.dataset
    columns = list_columns(selection)
    name = name_unit(dataset.currency)
    count = count_projects(selection.projects, selection.dataset)
    return Document(
        dataset.title or dataset.title_zh or "Projects",
        (
            Paragraph((summarize_selection(selection, count),)),
            DocumentTable(
                tuple(column.format_heading(name) for column in columns),
                tuple(
                    tuple(_format_cell(cell) for cell in cells)
                    for cells in list_rows(selection, columns)
                ),
                frozenset(n for n, column in enumerate(columns) if column.is_number),
            ),
        ),
    )


def _format_cell(cell: ExportCell) -> Runs:
    if isinstance(cell, float):
        return (f"{cell:,}",)
    return (format_exact(cell) if isinstance(cell, int) else format_cell(cell),)
