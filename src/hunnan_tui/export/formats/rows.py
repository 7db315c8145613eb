"""Rows of CSV and TSV that no spreadsheet runs: all that leave the program are made here.

A text that a spreadsheet would run gets an apostrophe before it, see `core.formulas`.
Numbers and dates are written bare, negative ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hunnan_tui.core.formulas import defused


def rows(
    table: Iterable[Iterable[str | int | date | None]], delimiter: str = ","
) -> Iterator[str]:
    """Yield each row with its line end (CRLF, as the CSV standard says)."""
    import csv  # only for those who ask for it
    import io

    for cells in table:
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter).writerow(map(_written, cells))
        yield line.getvalue()


def _written(cell: str | int | date | None) -> str:
    if isinstance(cell, str):
        return defused(cell)
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
