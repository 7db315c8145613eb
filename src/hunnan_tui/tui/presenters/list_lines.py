"""The lines of a list whose rows are grouped under headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """The line above a group."""

    name: str
    """What its projects have in common."""
    count: str
    """The number of its projects and the sum of their amounts, in words."""
    start: int
    """The index of its first row among all rows."""


class ListLines:
    """Maps the lines of a list to its rows and headings without storing each row."""

    def __init__(
        self, rows: int, headings: Sequence[GroupHeading] = (), *, blank: int = 0
    ) -> None:
        """Take the number of rows and the headings among them.

        Args:
            rows: How many rows there are.
            headings: Those among them, in order.
            blank: Lines above them that have nothing on them.
        """
        self.rows = rows
        self._blank = blank
        self._headings = headings
        self._starts = [heading.start for heading in headings]
        self._heading_lines = [line + start for line, start in enumerate(self._starts)]

    def __len__(self) -> int:
        return self._blank + self.rows + len(self._headings)

    def find_line(self, row: int) -> int:
        """Return the line of a row."""
        return self._blank + row + bisect_right(self._starts, row)

    def get_entry(self, line: int) -> int | GroupHeading | None:
        """Return the row or heading on a line; None if there is neither."""
        if not self._blank <= line < len(self):
            return None
        line -= self._blank
        before = bisect_right(self._heading_lines, line)
        if before and self._heading_lines[before - 1] == line:
            return self._headings[before - 1]
        return line - before

    def find_heading_above(self, line: int) -> GroupHeading | None:
        """Return the heading of the group of a line; None on the heading itself."""
        line -= self._blank
        before = bisect_right(self._heading_lines, line)
        if not before or self._heading_lines[before - 1] == line:
            return None
        return self._headings[before - 1]

    def is_first_of_group(self, row: int) -> bool:
        """Return whether a row directly follows a heading."""
        line = self.find_line(row)
        return line > 0 and isinstance(self.get_entry(line - 1), GroupHeading)
