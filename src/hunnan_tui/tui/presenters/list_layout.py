"""Which columns a list has at a width, and what stands in them."""

# no annotations from __future__: a named tuple would compile each of them at the start
from collections.abc import Sequence
from typing import NamedTuple

from hunnan_tui.tui.presenters.list_columns import (
    USUAL_FIELDS,
    ListColumn,
    ListRow,
    bring_into_sight,
    count_fitting,
    get_default_cells,
    get_default_columns,
)


class ListLayout(NamedTuple):
    """What decides on the columns of a list; widths are in cells."""

    columns: tuple[ListColumn, ...] = ()
    """The chosen columns; empty: those of `default_fields`."""
    default_fields: tuple[str, ...] = USUAL_FIELDS
    """The usual fields behind the name."""
    stage_width: int = 0
    """That of the longest name of a stage."""
    sort: tuple[str, bool] = ("", False)
    """The field that the list is sorted by, and whether descending."""
    sort_column: ListColumn | None = None
    """The column of that field, where the reader has chosen the order."""

    def list_columns(self, width: int) -> Sequence[ListColumn]:
        """Return all columns of a list of some width; not all may fit."""
        columns = self._list_usual(self._find_room(width))
        extra = self.sort_column
        if extra is not None and all(each.field != extra.field for each in columns):
            columns = (extra, *columns)
        return bring_into_sight(columns, self.sort[0], width)

    def _list_usual(self, room: int) -> Sequence[ListColumn]:
        """Return the columns without that of the order, in a room of some width."""
        return self.columns or get_default_columns(
            room, self.stage_width, self.default_fields
        )

    def _find_room(self, width: int) -> int:
        """Return the width that the column of the order leaves, with its widest gap."""
        extra = self.sort_column
        if extra is None or any(
            each.field == extra.field for each in self._list_usual(width)
        ):
            return width
        return max(0, width - extra.width - 2)

    def find_visible(self, width: int, first: int) -> slice:
        """Return which columns are visible when those before `first` are scrolled away."""
        columns = self.list_columns(width)
        first = max(0, min(first, len(columns) - 1))
        return slice(first, first + count_fitting(columns[first:], width))

    def make_cells(self, row: ListRow, width: int) -> tuple[str, ...]:
        """Return the texts of a row for all columns."""
        columns = self.list_columns(width)
        usual = [column for column in columns if column is not self.sort_column]
        texts = (
            zip(self.columns, row.more, strict=True)
            if self.columns
            else zip(
                usual,
                get_default_cells(row, usual, self._find_room(width)),
                strict=True,
            )
        )
        by_column = dict(texts)
        return tuple(by_column.get(column, row.sort_text) for column in columns)
