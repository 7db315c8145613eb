"""The shown projects as cards, a column for each stage."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.analysis.pipeline import NONE, FunnelStep, build_funnel
from hunnan_tui.core.cell_width import cut, cut_middle, find_twins, measure_width
from hunnan_tui.core.counts import format_count, join_names
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import format_short_investment
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT
from hunnan_tui.tui.background.scheduling import CONTENT
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.loading import ShowsProjects
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.pages.row_text import (
    add_scope,
    explain_no_projects,
    explain_no_stages,
    mute,
)
from hunnan_tui.tui.presenters.query_terms import build_term
from hunnan_tui.tui.widgets.footer import KeyFooter
from hunnan_tui.tui.widgets.legible_list import LegibleList

MAX_CARDS = 100
"""Cards of a column; the list has them all."""
_NAME_LENGTH = 200
"""Characters of a name that a card looks at."""
_MIN_COLUMN_WIDTH = 26
_FIGURES = 6
"""Cells of most counts behind a title."""
_FRAME = 4
"""Cells of the frame and the blanks beside a title, within the cells of the cards."""


@dataclass(frozen=True, slots=True)
class _BoardStage:
    """The content of a column: a stage and its first projects."""

    step: FunnelStep
    projects: Sequence[Project]


class StageColumn(LegibleList):
    """The cards of one stage; `enter` goes to the project, or lists the whole stage."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            N_("Go to it"),
            id="board.go",
            tooltip=N_("Show the project in the list, or list the whole stage"),
        ),
        Binding("j", "cursor_down", N_("Down"), show=False, id="board.down"),
        Binding("k", "cursor_up", N_("Up"), show=False, id="board.up"),
        Binding("g", "first", N_("First"), show=False, id="board.first"),
        Binding("G", "last", N_("Last"), show=False, id="board.last"),
    ]

    def __init__(
        self,
        stage: _BoardStage,
        unit: str,
        twins: Collection[str],
        *,
        has_amounts: bool,
    ) -> None:
        super().__init__(markup=False)
        self._twins = twins
        """The names of stages that begin as others do."""
        self._has_amounts = has_amounts
        self._unit = unit
        self.stage = stage

    def on_mount(self) -> None:
        self._draw()

    def show(self, stage: _BoardStage) -> None:
        """Show the projects as they are now; the cursor stays on its project."""
        index, key = self.highlighted, self.current_key
        self.stage = stage
        self._draw()
        keys = [project.key for project in stage.projects]
        if index is not None and self.option_count:
            index = keys.index(key) if key in keys else index
            self.highlighted = min(index, self.option_count - 1)

    @property
    def current_key(self) -> str:
        """The key of the project under the cursor; empty if there is none."""
        index, projects = self.highlighted, self.stage.projects
        if index is None or index >= len(projects):
            return ""
        return projects[index].key

    def _draw(self) -> None:
        stage, has_amounts = self.stage, self._has_amounts
        count = stage.step.count
        self._draw_title()
        cards = [
            _format_card(project, has_amounts=has_amounts) for project in stage.projects
        ]
        if count.projects:
            more = count.projects - len(cards)
            label = _("list these")
            if more:
                label = _("… {count:,} more: list all").format(count=more)
            cards.append(Content.styled(label, "$text-primary"))
        self.set_options(map(Option, cards))

    def on_resize(self) -> None:
        self._draw_title()

    def _draw_title(self) -> None:
        """Draw the count on top whatever is cut, and the amount where there is room."""
        count = self.stage.step.count
        label = _clean_label(self.stage)
        figures = f" · {count.projects:,}"
        room = self.size.width - _FRAME
        amount = ""
        if count.stated is not None:
            amount = add_unit(format_short(count.stated), self._unit)
        is_wide = measure_width(f"{label}{figures} · {amount}") <= room
        if amount and is_wide:
            figures += f" · {amount}"
        shorten = cut_middle if label in self._twins else cut
        left = room - measure_width(figures)
        self.border_title = Content(shorten(label, left) + figures)
        self.border_subtitle = Content("" if is_wide else amount)

    def on_focus(self) -> None:
        if self.highlighted is None:
            self.action_first()

    def get_result(self, index: int) -> GoToProject | NarrowList:
        """Return what the page closes with at an option."""
        projects = self.stage.projects
        if index < len(projects):
            return GoToProject(projects[index].key)
        stage = self.stage.step.stage
        return NarrowList("no:stage" if stage == NONE else build_term("stage", stage))


class BoardPage(ShowsProjects, Page):
    """Shows a column of cards for each stage; `enter` goes to the project."""

    HEADING = N_("Board")

    DEFAULT_CSS = """
    BoardPage {
        & HorizontalScroll { height: 1fr; scrollbar-size-horizontal: 0; }
        & StageColumn {
            height: 1fr;
            padding: 0;
            border: round $foreground-muted;
            border-title-color: $foreground;
            border-subtitle-color: $foreground;
            background: $background;
            scrollbar-size-vertical: 1;
            &:focus {
                border: round $primary;
                border-title-style: bold;
                background-tint: transparent;
            }
        }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h", "go(-1)", N_("Column to the left"), show=False, id="board.left"
        ),
        Binding(
            "right,l", "go(1)", N_("Column to the right"), show=False, id="board.right"
        ),
    ]

    def __init__(self, index: Index, mask: int, scope: str) -> None:
        """Create the page.

        Args:
            index: An index for this page alone: it is used in a thread.
            mask: The projects that the list shows.
            scope: How they were chosen, in words; empty for all projects.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._unit = name_unit(index.dataset.currency)
        self._empty: list[str] = []
        """The stages without a project."""
        self._fitting = 1
        """How many columns the screen shows."""

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield HorizontalScroll(can_focus=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_header(_(self.HEADING), Content(_("sorting…")))
        self._load()

    @work(exclusive=True, group=CONTENT)
    async def _load(self) -> None:
        """Sort in a thread, then mount the columns."""
        all_stages = await asyncio.to_thread(self._list_stages)
        stages = [stage for stage in all_stages if stage.step.count.projects]
        self._empty = [
            _clean_label(stage) for stage in all_stages if not stage.step.count.projects
        ]
        if "stage" not in self._index.filled_fields:
            nothing = explain_no_stages(self._index.dataset)
            self.set_header(_(self.HEADING), mute(nothing))
            return
        has_amounts = "invest" in self._index.filled_fields
        columns = list(self.query(StageColumn))
        names = [column.stage.step.stage for column in columns]
        if columns and names == [stage.step.stage for stage in stages]:
            for column, stage in zip(columns, stages, strict=True):
                column.show(stage)
            self.on_resize()  # a load that was given up may have mounted them
            self._focus_cards(columns)
            return
        await self.query(StageColumn).remove()
        labels = map(_clean_label, stages)
        twins = find_twins(labels, _MIN_COLUMN_WIDTH - _FRAME - _FIGURES)
        columns = [
            StageColumn(stage, self._unit, twins, has_amounts=has_amounts)
            for stage in stages
        ]
        await self.query_one(HorizontalScroll).mount_all(columns)
        self.on_resize()
        self._focus_cards(columns)

    def _focus_cards(self, columns: Sequence[StageColumn]) -> None:
        """Leave the focus where it is, or give it to the first column that has cards."""
        filled = [column for column in columns if column.option_count] or columns
        if filled and self.focused not in filled:
            filled[0].focus()

    @property
    def current_key(self) -> str:
        focused = self.focused
        return focused.current_key if isinstance(focused, StageColumn) else ""

    def on_resize(self) -> None:
        """Share the width among the columns that fit; the others are scrolled to."""
        columns = self.query(StageColumn)
        if columns:
            width = self.size.width
            self._fitting = max(1, min(len(columns), width // _MIN_COLUMN_WIDTH))
            room = width // self._fitting
            columns.set_styles(f"width: {room};")
            # no part of another column stands beside them
            self.query_one(HorizontalScroll).styles.width = room * self._fitting
        self._describe()

    @on(events.DescendantFocus)
    def _describe(self) -> None:
        """Say what is shown, which columns are out of sight, and which are empty."""
        count = self._mask.bit_count()
        if not count or "stage" not in self._index.filled_fields:
            if not count:
                self.set_header(_(self.HEADING), explain_no_projects())
            return
        columns = list(self.query(StageColumn))
        parts = [add_scope(format_count(count, "project"), self._scope)]
        if self._fitting < len(columns):
            focused = self.focused
            number = columns.index(focused) + 1 if focused in columns else 1
            text = _("column {number} of {count}, ← → go on")
            parts.append(text.format(number=number, count=len(columns)))
        if self._empty:
            names = join_names(self._empty)
            parts.append(_("no project: {stages}").format(stages=names))
        self.set_header(_(self.HEADING), mute("   ".join(parts)))

    def _list_stages(self) -> list[_BoardStage]:
        counts = build_funnel(self._index, self._mask)
        projects = self._index.dataset.projects
        stages = []
        for step in (*counts.steps, *counts.strays):
            mask = self._mask & self._index.select_values("stage", [step.stage])
            keys = self._index.list_keys(mask, BY_INVESTMENT)[:MAX_CARDS]
            stages.append(_BoardStage(step, [projects[key] for key in keys]))
        return stages

    def action_go(self, by: int) -> None:
        """Go to the next column that has cards."""
        columns = [item for item in self.query(StageColumn) if item.option_count]
        if not columns:
            return
        focused = self.focused
        current = columns.index(focused) if focused in columns else 0
        columns[max(0, min(current + by, len(columns) - 1))].focus()

    @on(OptionList.OptionHighlighted)
    @on(events.DescendantFocus)
    def _follow_card(self) -> None:
        self.follow_cursor()

    @on(OptionList.OptionSelected)
    def _close_with(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if self.is_current and isinstance(message.option_list, StageColumn):
            self.dismiss(message.option_list.get_result(message.option_index))


def _clean_label(stage: _BoardStage) -> str:
    return display_line(stage.step.label[:_NAME_LENGTH])


def _format_card(project: Project, *, has_amounts: bool) -> Content:
    """Return the name of a project, and what it costs."""
    name = display_line((name_briefly(project) or project.key)[:_NAME_LENGTH])
    if not has_amounts:
        return Content(f"· {name}")
    amount = format_short_investment(project) or _(NOT_STATED)
    return Content.assemble(name, "\n  ", (amount, "$foreground-muted"))
