"""Merged cells: what stands in the first of them holds for all that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hunnan_tui.importing.table import Cell, Row

CellRange = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
_FIGURES = re.compile(r"[\s\d.,%/-]+")


def fill_merged(
    rows: Iterable[Row], merged: Sequence[CellRange], header_until: int = 0
) -> Iterator[Row]:
    """Yield rows with the texts of merged cells in all of the cells they cover.

    An amount is filled into no cell but its own: two projects that share one would have
    it twice.

    Args:
        rows: The rows, in order.
        merged: The merged cells.
        header_until: Rows up to this one are filled to the right too.
    """
    if not merged:
        yield from rows
        return
    by_top: dict[int, list[CellRange]] = {}
    for cells in merged:
        by_top.setdefault(cells[0] + 1, []).append(cells)
    tops = sorted(by_top, reverse=True)
    values: dict[CellRange, Cell] = {}
    for row in rows:
        while tops and tops[-1] <= row.number:
            top = tops.pop()
            for cells in by_top[top]:
                value = row.get_cell(cells[1]) if top == row.number else None
                if value is not None:
                    values[cells] = value
        values = {cells: v for cells, v in values.items() if cells[2] + 1 >= row.number}
        yield _fill_row(row, values, to_right=row.number <= header_until)


def _fill_row(row: Row, values: dict[CellRange, Cell], *, to_right: bool) -> Row:
    if not values:
        return row
    cells = list(row.cells)
    for (top, left, _, right), value in values.items():
        if row.number > top + 1 and not _is_category(value):
            continue
        last = right if to_right else left
        cells += [None] * (last + 1 - len(cells))
        for column in range(left, last + 1):
            if cells[column] is None:
                cells[column] = value
    return Row(row.number, tuple(cells))


def _is_category(value: Cell) -> bool:
    return isinstance(value, str) and not _FIGURES.fullmatch(value)
