"""What the rows of a table say together: sums of headings, amounts out of line."""

from __future__ import annotations

from array import array
from statistics import median

from hunnan_tui.core.errors import Level
from hunnan_tui.core.language import _
from hunnan_tui.importing.layout import Section
from hunnan_tui.importing.problems import ProblemList

_OUTLIER = 1_000
"""An amount of so many times the median is told."""
_FEWEST = 10
"""Amounts below which none is out of line."""
_TOLERANCE = 100
"""A sum may differ by its hundredth part: headings are rounded."""


class SectionCheck:
    """Whether headings are right about what stands below them."""

    def __init__(self) -> None:
        self._sections: dict[int, Section] = {}
        self._counts: dict[int, int] = {}
        self._amounts: dict[int, int] = {}
        self._open: set[int] = set()
        """The headings below which an amount is not stated."""

    def add_section(self, section: Section) -> None:
        """Take note of a heading."""
        self._sections[section.row] = section

    def add_project(self, section: Section | None, amount: int | None) -> None:
        """Take note of a project below a heading."""
        if section is None:
            return
        for row in filter(None, (section.row, section.parent)):
            self._counts[row] = self._counts.get(row, 0) + 1
            self._amounts[row] = self._amounts.get(row, 0) + (amount or 0)
            if amount is None:
                self._open.add(row)

    def tell(self, problems: ProblemList) -> None:
        """Tell of headings that are wrong."""
        for row, section in self._sections.items():
            count, amount = self._counts.get(row, 0), self._amounts.get(row, 0)
            if section.projects is not None and section.projects != count:
                message = _(
                    "the heading says {projects} projects, {count} stand below it"
                ).format(projects=section.projects, count=count)
                problems.add(row, None, Level.WARNING, message)
            if section.amount is None or row in self._open or not count:
                continue
            if abs(section.amount - amount) * _TOLERANCE > section.amount:
                message = _(
                    "the heading says {amount:,} in all, the projects below it add up to "
                    "{sum:,}"
                ).format(amount=section.amount, sum=amount)
                problems.add(row, None, Level.WARNING, message)


class AmountCheck:
    """Whether an amount is far from all others: a wrong unit, most of the time."""

    def __init__(self) -> None:
        self._rows, self._amounts = array("l"), array("d")

    def add(self, row: int, amount: int) -> None:
        """Take note of an amount."""
        self._rows.append(row)
        self._amounts.append(float(amount))

    def tell(self, problems: ProblemList, column: int) -> None:
        """Tell of amounts that are out of line."""
        if len(self._amounts) < _FEWEST:
            return
        middle, total = median(self._amounts), sum(self._amounts)
        for row, amount in zip(self._rows, self._amounts, strict=True):
            if amount > _OUTLIER * middle or amount * 2 > total:
                message = _("{amount:,.0f} is far above the other amounts").format(
                    amount=amount
                )
                problems.add(
                    row, column, Level.WARNING, message, _("is its unit right?")
                )
