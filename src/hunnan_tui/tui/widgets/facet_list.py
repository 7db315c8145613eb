"""The pane on the left: industries, stages and tags, each with its count and sum."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.tui.presenters.facet_lines import FacetLine, FacetSection
from hunnan_tui.tui.presenters.list_columns import fit

_COLLAPSED_VALUES = 12
"""Values of a facet that are shown until it is expanded."""
_EXPAND = "\0more"
"""The value of the line that expands a facet; no real value has a control in it."""


class FacetList(OptionList):
    """Values to filter by; the chosen ones have a mark."""

    DEFAULT_CSS = """
    FacetList {
        height: 1fr;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option { padding: 0 1 0 0; }
        & > .option-list--option-disabled { color: $text-primary; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="industries.down"),
        Binding("k", "cursor_up", "Up", show=False, id="industries.up"),
        Binding("g", "first", "First", show=False, id="industries.first"),
        Binding("G", "last", "Last", show=False, id="industries.last"),
        Binding(
            "space",
            "select",
            "Choose",
            show=False,
            id="industries.choose",
            tooltip="Show only the projects of this one; again takes it back",
        ),
    ]

    @dataclass
    class Chosen(Message):
        """A value was chosen or unchosen; None chooses all of the facet."""

        facet: str
        value: str | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._sections: Sequence[FacetSection] = ()
        self._chosen: Collection[tuple[str, str]] = frozenset()
        self._values: dict[str, tuple[str, str | None]] = {}
        self._columns = (0, 0)
        self._expanded: set[str] = set()
        """The facets that show all their values."""

    def show(
        self,
        sections: Sequence[FacetSection],
        chosen: Collection[tuple[str, str]],
        *,
        has_amounts: bool = True,
    ) -> None:
        """Show other facets; the highlight stays on its value.

        Args:
            sections: The facets.
            chosen: The chosen values, as (facet, value).
            has_amounts: Whether there is a column of sums.
        """
        self._sections, self._chosen = sections, chosen
        lines = [line for section in sections for line in section.lines]
        self._columns = (
            # a minimum, or the columns would jump with every filter
            1 + max(2, *(len(f"{line.projects:,}") for line in lines), 0),
            1 + max(7, *(measure_width(line.amount) for line in lines), 0)
            if has_amounts
            else 0,
        )
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    @on(OptionList.OptionSelected)
    def _report_choice(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        facet, value = self._values[message.option.id or ""]
        if value == _EXPAND:
            self._expanded.add(facet)
            self._draw()
            return
        self.post_message(self.Chosen(facet, value))

    def _draw(self) -> None:
        width = self.scrollable_content_region.width - 1
        if width <= 0:
            return
        highlighted = self.highlighted
        option = None if highlighted is None else self.get_option_at_index(highlighted)
        current = self._values.get((option and option.id) or "")
        self._values = {}
        options: list[Option | None] = []
        index = 0
        for section in self._sections:
            if options:
                title = Content(f" {section.title}")
                options += [Option("", disabled=True), Option(title, disabled=True)]
            lines = self._select_lines(section)
            for line in lines:
                # a value may be any text, so it cannot be an id
                option_id = str(len(options))
                self._values[option_id] = (section.facet, line.value)
                if self._values[option_id] == current:
                    index = len(options)
                options.append(
                    Option(self._format_line(section, line, width), id=option_id)
                )
            if hidden := len(section.lines) - len(lines):
                option_id = str(len(options))
                self._values[option_id] = (section.facet, _EXPAND)
                options.append(Option(Content(f" … {hidden:,} more"), id=option_id))
        offset = self.scroll_offset
        with self.app.batch_update():
            self.set_options(options)
            self.highlighted = index if options else None
            self.scroll_to(y=offset.y, animate=False)

    def _select_lines(self, section: FacetSection) -> list[FacetLine]:
        """Return all lines, or of many the first ones and the chosen ones."""
        lines = list(section.lines)
        if section.facet in self._expanded or len(lines) <= _COLLAPSED_VALUES + 1:
            return lines
        return [
            line
            for index, line in enumerate(lines)
            if index < _COLLAPSED_VALUES or (section.facet, line.value) in self._chosen
        ]

    def _format_line(
        self, section: FacetSection, line: FacetLine, width: int
    ) -> Content:
        if line.value is None:
            is_chosen = not any(facet == section.facet for facet, _ in self._chosen)
        else:
            is_chosen = (section.facet, line.value) in self._chosen
        counts, amounts = self._columns
        numbers = f"{line.projects:>{counts},}"
        if amounts and width >= 20 + counts + amounts - 12:
            numbers += f"{line.amount:>{amounts}}"
        mark = "✓" if is_chosen and line.value is not None else " "
        label = fit(line.label, max(1, width - 1 - measure_width(numbers)))
        style = "" if line.projects else "$foreground-muted"
        return Content.assemble(
            (mark, "bold"), (label, "bold" if is_chosen else style), (numbers, style)
        )
