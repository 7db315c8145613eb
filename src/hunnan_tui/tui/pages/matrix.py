"""Industries by stages, of what is shown: how many projects, or what they cost."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.coordinate import Coordinate
from textual.getters import query_one
from textual.widgets import DataTable

from hunnan_tui.analysis.pipeline import NONE, Matrix, matrix
from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.money import format_short, name_unit
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.presenters.query_terms import term
from hunnan_tui.tui.widgets.footer import KeyFooter

_LABEL = 28
"""Cells of an industry's name."""
_NARROW = 100
"""Cells of the screen below which names have fewer."""
_STAGE = 12
"""Cells of a stage's name."""


class MatrixPage(Page):
    """Gives the terms to narrow the list by."""

    DEFAULT_CSS = """
    MatrixPage {
        & DataTable { height: 1fr; padding: 0 1; background: $background; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v",
            "turn",
            "Count or value",
            id="matrix.turn",
            tooltip="Show how many projects there are, or what they cost",
        ),
        Binding("h", "move('cursor_left')", show=False, id="matrix.left"),
        Binding("j", "move('cursor_down')", show=False, id="matrix.down"),
        Binding("k", "move('cursor_up')", show=False, id="matrix.up"),
        Binding("l", "move('cursor_right')", show=False, id="matrix.right"),
    ]

    _table = query_one(DataTable)

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Take what is counted.

        Args:
            index: What knows the projects; nobody else uses it.
            mask: Those that the list shows.
            scope: How they were chosen, in words; empty for all of them.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._found: Matrix | None = None
        self._has_values = False
        self._unit = name_unit(index.dataset.currency)

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield DataTable(cursor_type="cell", fixed_columns=1, zebra_stripes=True)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_header("Industries by stage", Content("counting…"))
        self._count()

    @work(exclusive=True, group="content")
    async def _count(self) -> None:
        """Count beside the screen: many projects take a moment."""
        self._found = await asyncio.to_thread(matrix, self._index, self._mask)
        self._show_found()

    def on_resize(self) -> None:
        self._show_found()

    def action_turn(self) -> None:
        self._has_values = not self._has_values
        self._show_found()

    def action_move(self, movement: str) -> None:
        getattr(self._table, f"action_{movement}")()

    def _show_found(self) -> None:
        found = self._found
        if found is None:
            return
        shown = "Investment" if self._has_values else "Projects"
        if self._has_values and self._unit:
            shown += f", {self._unit}"
        said = f"{shown} · {found.all.projects:,} are shown"
        if self._scope:
            said += f" · {self._scope}"
        more = [Content.styled(said, "$foreground-muted")]
        if found.several:
            told = "A project of several industries is counted in each of them."
            more.append(Content.styled(told, "$foreground-muted"))
        if not found.all.projects:
            more = [Content("No project is shown: esc, then 0 shows all")]
        self.set_header("Industries by stage", *more)
        self._fill(found)

    def _fill(self, found: Matrix) -> None:
        place = self._table.cursor_coordinate
        room = _LABEL if self.size.width >= _NARROW else _LABEL - 8
        self._table.clear(columns=True)
        if not found.all.projects:
            return
        self._table.add_column("")
        for _, label in (*found.columns, ("", "All")):
            name = cut(display_line(label[:200]), _STAGE)
            self._table.add_column(Text(name, justify="right"))
        for row, label in (*found.rows, (None, "All")):
            counts = (
                [found.cell(row, column) for column, _ in found.columns]
                if row is not None
                else [found.by_column[column] for column, _ in found.columns]
            )
            whole = found.by_row[row] if row is not None else found.all
            style = "bold" if row is None else ""
            name = cut(display_line(label[:200]), room)
            self._table.add_row(
                Text(name, style), *map(self._cell, counts), self._cell(whole)
            )
        last = Coordinate(len(found.rows), len(found.columns) + 1)
        row_at, column_at = (min(a, b) for a, b in zip(place, last, strict=True))
        self._table.move_cursor(row=row_at, column=max(1, column_at), animate=False)

    def _cell(self, count: Count) -> Text:
        """Return a count; of a sum that nobody states only that there is none."""
        if not count.projects:
            return Text("·", "dim", justify="right")
        if not self._has_values:
            return Text(f"{count.projects:,}", justify="right")
        if count.stated is None:
            return Text("–", justify="right")
        some = "+" if count.not_stated else ""  # there is more that nobody states
        return Text(format_short(count.stated) + some, justify="right")

    @on(DataTable.CellSelected)
    def _narrow(self, message: DataTable.CellSelected) -> None:
        """Leave with the projects of a cell; of a sum with those of its row or column."""
        message.stop()
        found = self._found
        if found is None or not self.is_current:
            return
        row, column = message.coordinate
        terms = []
        if row < len(found.rows):
            terms.append(_term("industry", found.rows[row][0]))
        if 1 <= column <= len(found.columns):
            terms.append(_term("stage", found.columns[column - 1][0]))
        self.dismiss(NarrowList(" ".join(terms)) if terms else None)


def _term(field: str, value: str) -> str:
    return f"no:{field}" if value == NONE else term(field, value)
