"""A table of projects as CSV or TSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from hunnan_tui.export.columns import list_columns, list_rows
from hunnan_tui.export.formats.rows import format_rows
from hunnan_tui.export.selection import Selection


def write_csv(selection: Selection) -> Iterator[str]:
    """Yield the rows with their line ends, the names of the columns first."""
    return _write_rows(selection, ",")


def write_tsv(selection: Selection) -> Iterator[str]:
    """Yield the rows with their line ends, the names of the columns first."""
    return _write_rows(selection, "\t")


def _write_rows(selection: Selection, delimiter: str) -> Iterator[str]:
    columns = list_columns(selection)
    header = [column.header or column.name for column in columns]
    return format_rows(chain([header], list_rows(selection, columns)), delimiter)
