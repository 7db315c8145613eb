"""A table of industries by stages: the number of the shown projects, or their cost."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.console import JustifyMethod
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.getters import query_one
from textual.widgets import DataTable, Static

from hunnan_tui.analysis.pipeline import NONE, Matrix, build_matrix
from hunnan_tui.core.cell_width import cut, cut_alike, measure_width
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.money import format_short, name_unit
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.loading import LoadsContent, ShowsProjects
from hunnan_tui.tui.pages.results import NarrowList
from hunnan_tui.tui.pages.row_text import (
    add_scope,
    explain_no_projects,
    explain_no_stages,
    mute,
)
from hunnan_tui.tui.presenters.matrix_layout import MatrixLayout, lay_out_matrix
from hunnan_tui.tui.presenters.names import clean_name
from hunnan_tui.tui.presenters.query_terms import build_term
from hunnan_tui.tui.widgets.footer import KeyFooter

_MARGIN = 2
"""Cells at the sides of the table."""
_FIXED_ROWS = 2
"""The titles of the columns, and the sums of all rows."""


class MatrixTable(DataTable[Text]):
    """The cells; `enter` lists the projects of one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select_cursor",
            N_("List them"),
            id="matrix.list",
            tooltip=N_("List the projects of the cell"),
        )
    ]


class MatrixPage(LoadsContent[Matrix], ShowsProjects, Page):
    """Counts projects; `enter` lists the projects of a cell."""

    HEADING = N_("Industries by stage")
    BUSY = N_("counting…")

    DEFAULT_CSS = """
    MatrixPage {
        & DataTable {
            height: 1fr;
            padding: 0 1;
            background: $background;
            /* the colours of Textual's are not legible in every theme */
            & > .datatable--header { background: $panel; color: $foreground; }
            & > .datatable--fixed { background: $background; color: $foreground; }
            &:ansi > .datatable--header { background: $panel; color: $foreground; }
        }
        & #cell { height: 1; padding: 0 1; background: $panel; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v",
            "turn",
            N_("Count or value"),
            id="matrix.turn",
            tooltip=N_("Show how many projects there are, or what they cost"),
        ),
        Binding("h", "move('cursor_left')", N_("Left"), show=False, id="matrix.left"),
        Binding("j", "move('cursor_down')", N_("Down"), show=False, id="matrix.down"),
        Binding("k", "move('cursor_up')", N_("Up"), show=False, id="matrix.up"),
        Binding(
            "l", "move('cursor_right')", N_("Right"), show=False, id="matrix.right"
        ),
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
            message = _("No project of this dataset states an amount")
            self.notify(message, markup=False)
            return
        self._has_values = not self._has_values
        self.on_resize()

    def action_move(self, movement: str) -> None:
        getattr(self._table, f"action_{movement}")()

    def draw(self, content: Matrix) -> None:
        measure = ""
        if self._has_values:
            measure = _("Investment")
            if self._unit:
                measure = _("Investment, {unit}").format(unit=self._unit)
        count = format_count(content.all.projects, "project")
        layout = self._lay_out(content)
        lines = [
            mute(add_scope(" · ".join(filter(None, (measure, count))), self._scope)),
            mute(self._explain_signs(has_bars=layout.bar > 0)),
        ]
        if "stage" not in self._filled:
            lines.append(mute(explain_no_stages(self._index.dataset)))
        if "industry" not in self._filled:
            lines.append(mute(_("No project of this dataset has an industry")))
        elif content.several:
            note = _("A project of several industries is counted in each of them.")
            lines.append(mute(note))
        if self._has_values and content.all.not_added:
            note = _("{sentence}.")
            note = note.format(sentence=format_not_added(content.all.not_added))
            lines.append(mute(note))
        if not content.all.projects:
            lines = [explain_no_projects()]
        self.set_header(_(self.HEADING), *lines)
        self._fill(content, layout)

    def _explain_signs(self, *, has_bars: bool) -> str:
        """Return what the signs in the cells mean."""
        signs = [_("· none")]
        if self._has_values:
            signs += [_("– not stated"), _("+ some not stated")]
        if has_bars:
            signs.append(_("bars: of the largest cell"))
        return "   ".join(signs)

    def _lay_out(self, content: Matrix) -> MatrixLayout:
        """Share the width of the screen among the columns."""
        counts = [
            content.all,
            *content.cells.values(),
            *content.by_row.values(),
            *content.by_column.values(),
        ]
        width = self.size.width - _MARGIN
        if len(content.rows) + _FIXED_ROWS > self._table.size.height:
            width -= self._table.styles.scrollbar_size_vertical
        return lay_out_matrix(
            width,
            (label for _name, label in content.rows),
            (*content.columns, ("", _("All"))),
            map(self._format_figure, counts),
        )

    def _fill(self, content: Matrix, layout: MatrixLayout) -> None:
        cursor = self._table.cursor_coordinate
        largest = max(map(self._get_measure, content.cells.values()), default=0)
        self._table.clear(columns=True)
        # half of a gap stands at each side of a column; a single blank before it
        self._table.cell_padding = layout.gap // 2
        blank = " " * (layout.gap % 2)
        if not content.all.projects:
            return
        self._table.add_column("")
        side: JustifyMethod = "left" if layout.bar else "right"
        *stages, all_stages = layout.stages
        for name in stages:
            self._table.add_column(Text(blank + name, justify=side))
        self._table.add_column(Text(blank + all_stages, justify="right"))
        rows = (*content.rows, (None, _("All")))
        names = cut_alike([clean_name(label) for _row, label in rows], layout.label)
        for (row, _label), name in zip(rows, names, strict=True):
            if row is None:
                counts = [
                    content.by_column[column] for column, _label in content.columns
                ]
                self._table.add_row(
                    Text(name, "bold"),
                    # no bars: they would outdo what they are made of
                    *(self._make_cell(count, layout) for count in counts),
                    Text(self._format_figure(content.all), justify="right"),
                )
                continue
            self._table.add_row(
                Text(name),
                *(
                    self._make_cell(content.get_count(row, column), layout, largest)
                    for column, _label in content.columns
                ),
                Text(self._format_figure(content.by_row[row]), justify="right"),
            )
        last = Coordinate(len(content.rows), len(content.columns) + 1)
        row_at, column_at = (min(a, b) for a, b in zip(cursor, last, strict=True))
        self._table.move_cursor(row=row_at, column=max(1, column_at), animate=False)

    def _make_cell(self, count: Count, layout: MatrixLayout, largest: int = 0) -> Text:
        share = self._get_measure(count) / largest if largest else 0
        text = layout.format_cell(self._format_figure(count), share)
        return Text(text, justify="left" if layout.bar else "right")

    def _get_measure(self, count: Count) -> int:
        """Return what a bar stands for."""
        return (count.stated or 0) if self._has_values else count.projects

    def _format_figure(self, count: Count) -> str:
        """Return a count or a sum; of projects that all state none, a dash."""
        if not count.projects:
            return "·"
        if not self._has_values:
            return f"{count.projects:,}"
        if count.stated is None:
            return "–"
        suffix = "+" if count.not_stated else ""  # there is more, not stated
        return format_short(count.stated) + suffix

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
        name = display_line(name_briefly(projects[keys[0]]) or keys[0]) if keys else ""
        more = ""
        if len(keys) > 1:
            more = _(" · {count:,} more: enter lists them").format(count=len(keys) - 1)
        room = max(1, self.size.width - 2 - measure_width(more))
        self._cell.update(cut(name, room) + more)
        self.follow_cursor()

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
