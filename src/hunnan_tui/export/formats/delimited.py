"""A table of projects as CSV or TSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hunnan_tui.export.columns import columns_of, rows_of
from hunnan_tui.export.formats.rows import rows
from hunnan_tui.export.selection import Selection


def csv_rows(selection: Selection, delimiter: str = ",") -> Iterator[str]:
    """Yield the rows with their line ends, the names of the columns first."""
    columns = columns_of(selection)
    head = [column.name for column in columns]
    return rows(chain([head], rows_of(selection, columns)), delimiter)
