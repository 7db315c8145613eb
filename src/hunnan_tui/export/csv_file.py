"""A table as CSV or TSV that no spreadsheet runs.

A spreadsheet takes a text that begins with `=`, `+`, `-`, `@`, a tab or a line break for
a formula. Such a text gets an apostrophe before it, and so does one that has apostrophes
before such a sign: to get the text back take one apostrophe away where apostrophes are
followed by one of these signs (`restored`). Numbers are written bare, also negative ones.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from hunnan_tui.export.columns import Cell, as_text, columns_of, rows_of
from hunnan_tui.export.selection import Selection

_FORMULA = re.compile("'*[=+\\-@＝＋－＠\t\r\n]")


def csv_rows(selection: Selection, delimiter: str = ",") -> Iterator[str]:
    """Yield the rows with their line ends (CRLF, as the CSV standard says)."""
    columns = columns_of(selection)
    yield _row([column.name for column in columns], delimiter)
    for cells in rows_of(selection, columns):
        yield _row(map(_written, cells), delimiter)


def defused(text: str) -> str:
    """Return a text as it stands in a cell: no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return the text that `defused` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _written(cell: Cell) -> str:
    return defused(cell) if isinstance(cell, str) else as_text(cell)


def _row(cells: Iterable[str], delimiter: str) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter).writerow(cells)
    return line.getvalue()
