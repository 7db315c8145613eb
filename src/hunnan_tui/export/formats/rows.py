"""Rows of CSV and TSV that no spreadsheet runs: the one place that writes them.

A text that a spreadsheet would run gets an apostrophe before it, see `core.formulas`.
Numbers and dates are written bare, negative ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hunnan_tui.core.formulas import defuse
from hunnan_tui.export.columns import format_cell


def format_rows(
    table: Iterable[Iterable[str | float | date | None]], delimiter: str = ","
) -> Iterator[str]:
    """Yield each row with its line end (CRLF, as the CSV standard says)."""
    import csv  # not needed for other formats
    import io

    for cells in table:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter).writerow(map(_format_cell, cells))
        yield line.getvalue()


def _format_cell(cell: str | float | date | None) -> str:
    if isinstance(cell, str):
        return defuse(cell)
    return format_cell(cell)
