"""A workbook of projects, their sources, the reader's notes if wanted, and a summary.

Every cell has a type: amounts are numbers, full dates are dates, and everything else is
text that Excel neither runs nor links.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from hunnan_tui.analysis.field_text import NOT_IN_FILE
from hunnan_tui.analysis.project_text import sort_notes
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.labels import name_dataset
from hunnan_tui.core.language import _
from hunnan_tui.core.money import name_unit
from hunnan_tui.export.columns import (
    ExportCell,
    convert_day,
    format_cell,
    list_columns,
    list_rows,
)
from hunnan_tui.export.documents.totals import count_projects, list_cited_sources
from hunnan_tui.export.sanitize import clean
from hunnan_tui.export.selection import Selection

ROWS = 1_048_575
"""Rows below the header that a sheet can have."""

LONGEST = 32_767
"""Characters of a cell, as UTF-16 counts them."""

_EXACT = 10**15
"""Excel rounds larger numbers; they are written as text."""
_EARLIEST = date(1900, 3, 1)
"""Excel's calendar is wrong for earlier days."""


def write_workbook(selection: Selection) -> bytes:
    """Return the workbook.

    Raises:
        SaveError: A sheet cannot have so many rows.
    """
    if len(selection.keys) > ROWS:
        raise SaveError(
            _("An Excel sheet has at most {rows:,} rows: export CSV").format(rows=ROWS)
        )
    file = io.BytesIO()
    book = _Book(file, selection)
    book.add_projects()
    book.add_sources()
    if selection.own:
        book.add_notes()
    book.add_about()
    book.close()
    return file.getvalue()


class _Book:
    def __init__(self, file: io.BytesIO, selection: Selection) -> None:
        self._selection = selection
        self._book = Workbook(file, {"in_memory": True})
        # the same projects give the same bytes
        created = datetime.combine(selection.export_date, datetime.min.time())
        self._book.set_properties({"created": created})
        self._bold = self._book.add_format({"bold": True, "valign": "top"})
        top: dict[str, Any] = {"valign": "top"}
        self._formats = {
            str: self._book.add_format({**top, "text_wrap": True}),
            float: self._book.add_format({**top, "num_format": "#,##0.######"}),
            int: self._book.add_format({**top, "num_format": "#,##0"}),
            date: self._book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        }

    def add_projects(self) -> None:
        columns = list_columns(self._selection)
        name = name_unit(self._selection.dataset.currency)
        head = [column.format_heading(clean(name)) for column in columns]
        widths = [column.width for column in columns]
        self._add(_("Projects"), head, widths, list_rows(self._selection, columns))

    def add_sources(self) -> None:
        known = self._selection.dataset.sources
        head = (
            _("Id"),
            _("Title"),
            _("Publisher"),
            _("Date"),
            _("Address"),
            _("Kind"),
            _("Archive"),
            _("Note"),
        )
        rows: list[list[ExportCell]] = []
        for name in list_cited_sources(self._selection):
            source = known.get(name)
            if source is None:
                rows.append([clean(name), _(NOT_IN_FILE)])
                continue
            about = (source.title, source.publisher, source.date, source.url)
            cells = [name, *about, source.kind, source.archive, source.note]
            rows.append([clean(text) or None for text in cells])
            rows[-1][3] = convert_day(source.date)
        self._add(_("Sources"), head, (24, 60, 24, 12, 60, 12, 40, 40), rows)

    def add_notes(self) -> None:
        rows: list[list[ExportCell]] = [
            [
                clean(project.id),
                clean(project.name),
                note.written_at or None,
                clean(note.by) or None,
                clean(note.text),
            ]
            for project in self._selection.projects
            for note in sort_notes(project.notes)
        ]
        head = (_("Id"), _("Name"), _("Written"), _("By"), _("Note"))
        self._add(_("Notes"), head, (24, 40, 24, 12, 80), rows)

    def add_about(self) -> None:
        selection = self._selection
        dataset = selection.dataset
        sum_of = count_projects(selection.projects, dataset)
        rows: list[list[ExportCell]] = [
            [_("Dataset"), clean(name_dataset(dataset))],
            [_("Facts as of"), convert_day(dataset.updated)],
            [_("Exported"), selection.export_date],
            [_("Chosen"), clean(selection.scope) or _("all projects")],
            [_("Projects"), sum_of.projects],
            [_("Investment stated"), sum_of.stated],
            [_("Currency"), clean(dataset.currency) or None],
            [_("State no investment"), sum_of.not_stated],
        ]
        if sum_of.not_added:
            rows.append([_("Parts not added again"), sum_of.not_added])
        self._add(_("About"), (_("About"), ""), (28, 60), rows)

    def close(self) -> None:
        self._book.close()

    def _add(
        self,
        name: str,
        head: Sequence[str],
        widths: Sequence[int],
        rows: Iterable[Sequence[ExportCell]],
    ) -> None:
        sheet = self._book.add_worksheet(name)
        for column, (text, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, text, self._bold)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        last = 0
        for last, cells in enumerate(rows, 1):
            for column, cell in enumerate(cells):
                self._write(sheet, last, column, cell)
        sheet.autofilter(0, 0, last, len(head) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, cell: ExportCell) -> None:
        if cell is None:
            return
        if isinstance(cell, date) and cell >= _EARLIEST:
            sheet.write_datetime(row, column, cell, self._formats[date])
        elif isinstance(cell, int) and abs(cell) < _EXACT:
            sheet.write_number(row, column, cell, self._formats[int])
        elif isinstance(cell, float) and abs(cell) < _EXACT:
            sheet.write_number(row, column, cell, self._formats[float])
        else:
            sheet.write_string(row, column, _cut(format_cell(cell)), self._formats[str])


def _cut(text: str) -> str:
    """Return the text that fits into a cell, with a remark if it was cut."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return text
    remark = _(" … (cut: {count:,} characters)").format(count=len(text))
    return units[: 2 * (LONGEST - len(remark))].decode("utf-16-le", "ignore") + remark
