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

from hunnan_tui.analysis.pipeline import NONE, Step, funnel
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import investment
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.results import GoToProject, NarrowList
from hunnan_tui.tui.presenters.query_terms import term
from hunnan_tui.tui.widgets.footer import KeyFooter

CARDS = 100
"""Cards of a column; the list has them all."""
_LONGEST = 200
_NARROWEST = 26
"""Cells of a column at least."""
_BY_INVESTMENT = (SortKey("invest", descending=True),)


@dataclass(frozen=True, slots=True)
class _Stack:
    """One column: its stage, and its first projects."""

    step: Step
    projects: Sequence[Project]


class _Column(OptionList):
    """The cards of one stage; `enter` gives the project, or the whole stage."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False, id="board.down"),
        Binding("k", "cursor_up", show=False, id="board.up"),
        Binding("g", "first", show=False, id="board.first"),
        Binding("G", "last", show=False, id="board.last"),
    ]

    def __init__(self, stack: _Stack, unit: str) -> None:
        super().__init__(markup=False)
        self._stack = stack
        count = stack.step.count
        self.border_title = Content(display_line(stack.step.label[:_LONGEST]))
        amount = " · not stated" if count.projects else ""
        if count.stated is not None:
            amount = f" · {add_unit(format_short(count.stated), unit)}"
        self.border_subtitle = Content(f"{count.projects:,}{amount}")

    def on_mount(self) -> None:
        for project in self._stack.projects:
            self.add_option(Option(_card(project)))
        count = self._stack.step.count.projects
        if count:
            more = count - len(self._stack.projects)
            said = f"… {more:,} more: list all" if more else "list these"
            self.add_option(Option(Content.styled(said, "$text-primary")))

    def on_focus(self) -> None:
        if self.highlighted is None:
            self.action_first()

    def target(self, place: int) -> GoToProject | NarrowList:
        """Return what a line stands for."""
        projects = self._stack.projects
        if place < len(projects):
            return GoToProject(projects[place].key)
        stage = self._stack.step.stage
        return NarrowList("no:stage" if stage == NONE else term("stage", stage))


class BoardPage(Page):
    """Gives the project to go to, or the terms of a stage."""

    DEFAULT_CSS = """
    BoardPage {
        & HorizontalScroll { height: 1fr; }
        & _Column {
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
        """Take what is shown.

        Args:
            index: What knows the projects; nobody else uses it.
            mask: Those that the list shows.
            scope: How they were chosen, in words; empty for all of them.
        """
        super().__init__()
        self._index, self._mask, self._scope = index, mask, scope
        self._unit = name_unit(index.dataset.currency)

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield HorizontalScroll(can_focus=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        self.set_header("Board", Content("sorting…"))
        self._stack_up()

    @work(exclusive=True, group="content")
    async def _stack_up(self) -> None:
        """Sort beside the screen: many projects take a moment."""
        stacks = await asyncio.to_thread(self._stacks)
        count = self._mask.bit_count()
        said = f"{count:,} projects" + (f" · {self._scope}" if self._scope else "")
        if not count:
            said = "No project is shown: esc, then 0 shows all"
        self.set_header("Board", Content.styled(said, "$foreground-muted"))
        columns = [_Column(stack, self._unit) for stack in stacks]
        await self.query_one(HorizontalScroll).mount_all(columns)
        self.on_resize()
        filled = [each for each in columns if each.option_count] or columns
        if filled:
            filled[0].focus()

    def on_resize(self) -> None:
        """Share the width among the columns; what does not fit is scrolled to."""
        columns = self.query(_Column)
        if columns:
            width = max(_NARROWEST, self.size.width // len(columns))
            columns.set_styles(f"width: {width};")

    def _stacks(self) -> list[_Stack]:
        counted = funnel(self._index, self._mask)
        projects = self._index.dataset.projects
        stacks = []
        for step in (*counted.steps, *counted.strays):
            here = self._mask & self._index.having("stage", [step.stage])
            keys = self._index.listed(here, _BY_INVESTMENT)[:CARDS]
            stacks.append(_Stack(step, [projects[key] for key in keys]))
        return stacks

    def action_go(self, by: int) -> None:
        """Go to the next column that has cards."""
        columns = [each for each in self.query(_Column) if each.option_count]
        if not columns:
            return
        focused = self.focused
        now = columns.index(focused) if focused in columns else 0
        columns[max(0, min(now + by, len(columns) - 1))].focus()

    @on(OptionList.OptionSelected)
    def _take(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        if self.is_current and isinstance(message.option_list, _Column):
            self.dismiss(message.option_list.target(message.option_index))


def _card(project: Project) -> Content:
    """Return a project as a card: its name, and what it costs."""
    name = display_line((project.name or project.key)[:_LONGEST])
    amount = investment(project) or "not stated"
    return Content.assemble(name, "\n  ", (amount, "$foreground-muted"))
