"""A table of industries by stages: the number of the shown projects, or their cost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.getters import query_one
from textual.widgets import DataTable

from hunnan_tui.analysis.pipeline import NONE, Matrix, build_matrix
from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.money import format_short, name_unit
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.loading import LoadsContent
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.pages.row_text import (
    NO_PROJECT_SHOWN,
    add_scope,
    explain_no_stages,
    mute,
)
from hunnan_tui.tui.presenters.query_terms import build_term
from hunnan_tui.tui.widgets.footer import KeyFooter

_LABEL_WIDTH = 28
"""Cells of the name of an industry, on a screen of `_WIDE` cells."""
_NARROW_LABEL_WIDTH = 20
_WIDE = 100
_STAGE_WIDTH = 12
"""Cells of the name of a stage."""


class MatrixTable(DataTable[Text]):
    """The cells; `enter` lists the projects of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select_cursor",
            "List them",
            id="matrix.open",
            tooltip="List the projects of the cell",
        )
    ]


class MatrixPage(LoadsContent[Matrix], Page):
    """Counts projects; `enter` lists the projects of a cell."""

    HEADING = "Industries by stage"
    BUSY = "counting…"

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
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects that the list shows.
            scope: How they were chosen, in words; empty for all projects.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._has_values = False
        self._filled = ALL
        self._unit = name_unit(index.dataset.currency)

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield MatrixTable(cursor_type="cell", fixed_columns=1, zebra_stripes=True)
        yield KeyFooter()

    async def load(self) -> Matrix:
        matrix = await asyncio.to_thread(build_matrix, self._index, self._mask)
        self._filled = filled = self._index.filled_fields
        return replace(
            matrix,
            rows=matrix.rows if "industry" in filled else (),
            columns=matrix.columns if "stage" in filled else (),
        )

    def action_turn(self) -> None:
        if "invest" not in self._filled:
            self.notify("No project of this dataset states an amount", markup=False)
            return
        self._has_values = not self._has_values
        self.on_resize()

    def action_move(self, movement: str) -> None:
        getattr(self._table, f"action_{movement}")()

    def draw(self, content: Matrix) -> None:
        measure = "Investment" if self._has_values else "Projects"
        if self._has_values and self._unit:
            measure += f", {self._unit}"
        subtitle = f"{measure} · {content.all.projects:,} are shown"
        lines = [mute(add_scope(subtitle, self._scope))]
        if "stage" not in self._filled:
            lines.append(mute(explain_no_stages(self._index.dataset)))
        if "industry" not in self._filled:
            lines.append(mute("No project of this dataset has an industry"))
        elif content.several:
            note = "A project of several industries is counted in each of them."
            lines.append(mute(note))
        if self._has_values and content.all.not_added:
            lines.append(mute(f"{format_not_added(content.all.not_added)}."))
        if not content.all.projects:
            lines = [NO_PROJECT_SHOWN]
        self.set_header(self.HEADING, *lines)
        self._fill(content)

    def _fill(self, content: Matrix) -> None:
        cursor = self._table.cursor_coordinate
        is_wide = self.size.width >= _WIDE
        label_width = _LABEL_WIDTH if is_wide else _NARROW_LABEL_WIDTH
        self._table.clear(columns=True)
        if not content.all.projects:
            return
        self._table.add_column("")
        for _, label in (*content.columns, ("", "All")):
            name = cut(display_line(label[:200]), _STAGE_WIDTH)
            self._table.add_column(Text(name, justify="right"))
        for row, label in (*content.rows, (None, "All")):
            counts = (
                [content.get_count(row, column) for column, _ in content.columns]
                if row is not None
                else [content.by_column[column] for column, _ in content.columns]
            )
            whole = content.by_row[row] if row is not None else content.all
            style = "bold" if row is None else ""
            name = cut(display_line(label[:200]), label_width)
            self._table.add_row(
                Text(name, style),
                *map(self._format_cell, counts),
                self._format_cell(whole),
            )
        last = Coordinate(len(content.rows), len(content.columns) + 1)
        row_at, column_at = (min(a, b) for a, b in zip(cursor, last, strict=True))
        self._table.move_cursor(row=row_at, column=max(1, column_at), animate=False)

    def _format_cell(self, count: Count) -> Text:
        """Return a count or a sum; of projects that all state none, a dash."""
        if not count.projects:
            return Text("·", "dim", justify="right")
        if not self._has_values:
            return Text(f"{count.projects:,}", justify="right")
        if count.stated is None:
            return Text("–", justify="right")
        suffix = "+" if count.not_stated else ""  # there is more, not stated
        return Text(format_short(count.stated) + suffix, justify="right")

    @on(DataTable.CellSelected)
    def _narrow(self, message: DataTable.CellSelected) -> None:
        """Close with the query of a cell; of a sum, with that of its row or column."""
        message.stop()
        content = self._content
        if content is None or not self.is_current:
            return
        row, column = message.coordinate
        terms = []
        if row < len(content.rows):
            terms.append(_make_term("industry", content.rows[row][0]))
        if 1 <= column <= len(content.columns):
            terms.append(_make_term("stage", content.columns[column - 1][0]))
        self.dismiss(NarrowList(" ".join(terms)) if terms else None)


def _make_term(field: str, value: str) -> str:
    return f"no:{field}" if value == NONE else build_term(field, value)
