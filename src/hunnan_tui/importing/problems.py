"""What the owner of a table must know of it, cell by cell."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from hunnan_tui.core.errors import Level
from hunnan_tui.importing.table import RawTable

MOST_PROBLEMS = 1_000
"""Problems that are told one by one; the others are only counted."""


class TableProblem(NamedTuple):
    """Something about a cell, a row or a whole table."""

    address: str
    level: Level
    message: str
    hint: str = ""
    row: int = 0

    def __str__(self) -> str:
        text = f"{self.address}: {self.level}: {self.message}"
        return f"{text} ({self.hint})" if self.hint else text


class SkippedRow(NamedTuple):
    """A row that makes no project."""

    row: int
    why: str


class ProblemList:
    """The problems of a table in the order of its rows, as many as anybody reads."""

    def __init__(self, table: RawTable) -> None:
        self._table = table
        self._problems: list[TableProblem] = []
        self.counts: Counter[Level] = Counter()

    def add(
        self,
        row: int,
        column: int | None,
        level: Level,
        message: str,
        hint: str = "",
    ) -> None:
        """Take note of a problem; a row of 0 is the whole table."""
        self.counts[level] += 1
        # an error says that a row is missing: it is told before what is only doubtful
        if len(self._problems) >= MOST_PROBLEMS and level is not Level.ERROR:
            return
        address = self._table.make_address(row, column) if row else self._table.file
        self._problems.append(TableProblem(address, level, message, hint, row))

    @property
    def problems(self) -> list[TableProblem]:
        """Those that are told, in the order of the rows."""
        ordered = sorted(self._problems, key=lambda problem: problem.row)
        surplus = len(ordered) - MOST_PROBLEMS
        if surplus > 0:
            errors = [problem for problem in ordered if problem.level is Level.ERROR]
            others = [
                problem for problem in ordered if problem.level is not Level.ERROR
            ]
            room = max(0, MOST_PROBLEMS - len(errors))
            ordered = sorted(
                errors[:MOST_PROBLEMS] + others[:room], key=lambda problem: problem.row
            )
        return ordered

    @property
    def untold(self) -> int:
        """How many problems are counted but not told."""
        return max(0, self.counts.total() - MOST_PROBLEMS)
