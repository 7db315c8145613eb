"""A table as it was read: rows of cells, and the way back to a cell of the file."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from hunnan_tui.core.errors import HunnanError

Cell = str | int | Decimal | bool | date | datetime | None
"""None is an empty cell. Numbers are exact: a float of a file becomes a Decimal."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 500
BETWEEN = "\x1f"
"""Stands between the values of a list in one cell."""
_LONGEST_NUMBER = 40
"""Digits beyond which a number is kept as the text that it was written as."""


class TableError(HunnanError):
    """A table that cannot be read; the text says why and what to do."""

    exit_code = 2


class Row(NamedTuple):
    """One record of a table that holds anything."""

    number: int
    """Counted from 1 in the file, blank records too; a line break in a cell is none."""
    cells: tuple[Cell, ...]

    def get_cell(self, column: int) -> Cell:
        """Return a cell; None where the record is too short to have it."""
        return self.cells[column] if column < len(self.cells) else None


class BrokenRecord(NamedTuple):
    """A record that could not be read at all."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of one sheet or text file."""

    file: str
    """Its name, for problems."""
    rows: Iterable[Row]
    """Those that hold anything, in order; can be gone through several times."""
    sheet: str = ""
    """Empty for a file without sheets."""
    encoding: str = ""
    delimiter: str = ""
    names: tuple[str, ...] = ()
    """The names of the columns where the file itself names them (JSON): then no row is
    a header, and a cell is found by its name."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells: first row, first column, last row, last column, from 0."""
    broken: tuple[BrokenRecord, ...] = ()
    doubtful_words: tuple[str, ...] = ()
    """Words that may be wrong, where the encoding is no more than likely."""

    def make_address(self, number: int, column: int | None = None) -> str:
        """Return the place of a record or one of its cells: `table.xlsx:Sheet:C4`."""
        parts = [self.file]
        if self.sheet:
            parts.append(self.sheet)
        if self.names:
            parts.append(str(number))
            if column is not None:
                parts.append(self.names[column])
        else:
            letters = format_column(column or 0)
            parts.append(f"{letters}{number}")
        return ":".join(parts)


def format_column(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B, …, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean_cell(value: object) -> Cell:
    """Return a value of a file as a cell; blank text and NaN are no values."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _from_float(value)
    if isinstance(value, Decimal):
        if not value.is_finite():
            return None
        is_long = len(value.as_tuple().digits) + abs(value.adjusted()) > _LONGEST_NUMBER
        return str(value) if is_long else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, int):
        return value if value.bit_length() < 4 * _LONGEST_NUMBER else hex(value)
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return clean_cell(str(value))


def _from_float(value: float) -> Cell:
    """Return the number that a spreadsheet shows: it knows fifteen digits."""
    if not math.isfinite(value):
        return None
    if value.is_integer():
        return clean_cell(int(value))
    return clean_cell(Decimal(f"{value:.15g}"))


def to_text(cell: Cell) -> str:
    """Return a cell as the text that a person reads in it."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
