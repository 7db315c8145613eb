"""A table as it was read: rows of cells, and the way back to a cell of the file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hunnan_tui.core.errors import HunnanError, Level

Cell = str | int | Decimal | bool | date | datetime | None
"""None is an empty cell. Numbers are exact: a float of a file becomes a Decimal."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 500


class TableError(HunnanError):
    """A table that cannot be read; the text says why and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table."""

    number: int
    """Counted from 1 in the file, blank records too; a line break in a cell is none."""
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return all(cell is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be read at all."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet or text file."""

    file: str
    """Its name, for problems."""
    rows: tuple[Row, ...]
    sheet: str = ""
    """Empty for a file without sheets."""
    encoding: str = ""
    delimiter: str = ""
    names: tuple[str, ...] = ()
    """The names of the columns where the file itself names them (JSON): then no row is
    a header, and a cell is found by its name."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged cells: first row, first column, last row, last column, from 0."""
    broken: tuple[Broken, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        widest = max((len(row.cells) for row in self.rows), default=0)
        return max(widest, len(self.names))

    def where(self, number: int, column: int | None = None) -> str:
        """Return the place of a record or one of its cells: `table.xlsx:Sheet:C4`."""
        parts = [self.file]
        if self.sheet:
            parts.append(self.sheet)
        if self.names:
            parts.append(str(number))
            if column is not None:
                parts.append(self.names[column])
        else:
            letters = "A" if column is None else column_letters(column)
            parts.append(f"{letters}{number}")
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something about a cell that its owner must know."""

    where: str
    level: Level
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.level}: {self.message}"
        return f"{text} ({self.hint})" if self.hint else text


def column_letters(column: int) -> str:
    """Return what a spreadsheet calls a column, counted from 0: A, B, …, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean_cell(value: object) -> Cell:
    """Return a value of a file as a cell; blank text and NaN are no values."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, int | Decimal | date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def as_text(cell: Cell) -> str:
    """Return a cell as the text that a person reads in it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def rows_of(records: Sequence[Sequence[object]], first: int = 1) -> tuple[Row, ...]:
    """Return records as rows, counted from `first`."""
    return tuple(
        Row(number, tuple(map(clean_cell, record)))
        for number, record in enumerate(records, first)
    )
