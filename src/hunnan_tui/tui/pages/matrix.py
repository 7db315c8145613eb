"""A table of industries by stages: the number of the shown projects, or their cost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.getters import query_one
from textual.widgets import DataTable, Static

from hunnan_tui.analysis.pipeline import NONE, Matrix, build_matrix
from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import _
from hunnan_tui.core.money import format_short, name_unit
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.loading import LoadsContent, ShowsProjects
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


class MatrixPage(LoadsContent[Matrix], ShowsProjects, Page):
    """Counts projects; `enter` lists the projects of a cell."""

    HEADING = "Industries by stage"
    BUSY = "counting…"

    DEFAULT_CSS = """
    MatrixPage {
        & DataTable { height: 1fr; padding: 0 1; background: $background; }
        & #cell { height: 1; padding: 0 1; background: $panel; }
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
    _cell = query_one("#cell", Static)

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
        yield Static(id="cell", markup=False)
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
        for _stage, label in (*content.columns, ("", "All")):
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
        """List the projects of a cell."""
        message.stop()
        if self._content is not None and self.is_current:
            query = self._build_query(self._content, message.coordinate)
            self.dismiss(NarrowList(query) if query else None)

    @on(DataTable.CellHighlighted)
    def _name_project(self, message: DataTable.CellHighlighted) -> None:
        """Name the project of a cell that has one: keys act on it."""
        message.stop()
        projects = self._index.dataset.projects
        keys = self._list_cell_keys()
        name = display_line(projects[keys[0]].name or keys[0]) if keys else ""
        more = ""
        if len(keys) > 1:
            more = _(" · {count:,} more: enter lists them").format(count=len(keys) - 1)
        self._cell.update(cut(name, max(1, self.size.width - 2 - len(more))) + more)

    @property
    def current_key(self) -> str:
        keys = self._list_cell_keys()
        return keys[0] if len(keys) == 1 else ""

    def explain_no_project(self) -> str:
        count = len(self._list_cell_keys())
        if not count:
            return _("No project is in this cell")
        text = _("{count:,} projects are in this cell: enter lists them")
        return text.format(count=count)

    def _list_cell_keys(self) -> Sequence[str]:
        """Return the keys of the projects in the cell under the cursor."""
        if self._content is None or not self._table.row_count:
            return ()
        query = self._build_query(self._content, self._table.cursor_coordinate)
        parsed = self._index.parse(query, today=date.min)  # it has no dates
        return self._index.list_keys(self._mask & self._index.compute_mask(parsed))

    def _build_query(self, content: Matrix, cell: Coordinate) -> str:
        """Return the query of a cell; of a sum, that of its row or column."""
        row, column = cell
        terms = []
        if row < len(content.rows):
            terms.append(_make_term("industry", content.rows[row][0]))
        if 1 <= column <= len(content.columns):
            terms.append(_make_term("stage", content.columns[column - 1][0]))
        return " ".join(terms)


def _make_term(field: str, value: str) -> str:
    return f"no:{field}" if value == NONE else build_term(field, value)
