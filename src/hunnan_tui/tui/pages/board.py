"""The shown projects as cards, a column for each stage."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.analysis.pipeline import NONE, FunnelStep, build_funnel
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import format_short_investment
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT
from hunnan_tui.tui.background.scheduling import CONTENT
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.loading import ShowsProjects
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.pages.row_text import (
    NO_PROJECT_SHOWN,
    add_scope,
    explain_no_stages,
    mute,
)
from hunnan_tui.tui.presenters.query_terms import build_term
from hunnan_tui.tui.widgets.footer import KeyFooter

MAX_CARDS = 100
"""Cards of a column; the list has them all."""
_NAME_LENGTH = 200
"""Characters of a name that a card looks at."""
_MIN_COLUMN_WIDTH = 26


@dataclass(frozen=True, slots=True)
class _BoardStage:
    """The content of a column: a stage and its first projects."""

    step: FunnelStep
    projects: Sequence[Project]


class StageColumn(OptionList):
    """The cards of one stage; `enter` goes to the project, or lists the whole stage."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "select",
            "Go to it",
            id="board.open",
            tooltip="Show the project in the list, or list the whole stage",
        ),
        Binding("j", "cursor_down", show=False, id="board.down"),
        Binding("k", "cursor_up", show=False, id="board.up"),
        Binding("g", "first", show=False, id="board.first"),
        Binding("G", "last", show=False, id="board.last"),
    ]

    def __init__(self, stage: _BoardStage, unit: str, *, has_amounts: bool) -> None:
        super().__init__(markup=False)
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
        stage, unit, has_amounts = self.stage, self._unit, self._has_amounts
        count = stage.step.count
        self.border_title = Content(display_line(stage.step.label[:_NAME_LENGTH]))
        amount = " · not stated" if count.projects and has_amounts else ""
        if count.stated is not None:
            amount = f" · {add_unit(format_short(count.stated), unit)}"
        self.border_subtitle = Content(f"{count.projects:,}{amount}")

        cards = [
            _format_card(project, has_amounts=has_amounts) for project in stage.projects
        ]
        if count.projects:
            more = count.projects - len(cards)
            label = f"… {more:,} more: list all" if more else "list these"
            cards.append(Content.styled(label, "$text-primary"))
        self.set_options(map(Option, cards))

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

    HEADING = "Board"

    DEFAULT_CSS = """
    BoardPage {
        & HorizontalScroll { height: 1fr; }
        & StageColumn {
            height: 1fr;
            padding: 0;
            border: round $foreground-muted;
            border-title-color: $foreground;
            border-subtitle-color: $foreground;
            background: $background;
            scrollbar-size-vertical: 1;
            &:focus { border: round $primary; background-tint: transparent; }
        }
    }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "go(-1)", "Column to the left", show=False, id="board.left"),
        Binding(
            "right,l", "go(1)", "Column to the right", show=False, id="board.right"
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

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield HorizontalScroll(can_focus=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_header(self.HEADING, Content("sorting…"))
        self._load()

    @work(exclusive=True, group=CONTENT)
    async def _load(self) -> None:
        """Sort in a thread, then mount the columns."""
        stages = await asyncio.to_thread(self._list_stages)
        count = self._mask.bit_count()
        subtitle = add_scope(format_count(count, "project"), self._scope)
        self.set_header(
            self.HEADING, mute(subtitle if count else NO_PROJECT_SHOWN.plain)
        )
        if "stage" not in self._index.filled_fields:
            self.set_header(self.HEADING, mute(explain_no_stages(self._index.dataset)))
            return
        has_amounts = "invest" in self._index.filled_fields
        columns = list(self.query(StageColumn))
        names = [column.stage.step.stage for column in columns]
        if columns and names == [stage.step.stage for stage in stages]:
            for column, stage in zip(columns, stages, strict=True):
                column.show(stage)
            self._focus_cards(columns)
            return
        await self.query(StageColumn).remove()
        columns = [
            StageColumn(stage, self._unit, has_amounts=has_amounts) for stage in stages
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
        """Share the width among the columns; they scroll if that is too narrow."""
        columns = self.query(StageColumn)
        if columns:
            width = max(_MIN_COLUMN_WIDTH, self.size.width // len(columns))
            columns.set_styles(f"width: {width};")

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

    @on(OptionList.OptionSelected)
    def _close_with(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if self.is_current and isinstance(message.option_list, StageColumn):
            self.dismiss(message.option_list.get_result(message.option_index))


def _format_card(project: Project, *, has_amounts: bool) -> Content:
    """Return the name of a project, and what it costs."""
    name = display_line((project.name or project.key)[:_NAME_LENGTH])
    if not has_amounts:
        return Content(f"· {name}")
    amount = format_short_investment(project) or NOT_STATED
    return Content.assemble(name, "\n  ", (amount, "$foreground-muted"))
