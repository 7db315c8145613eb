"""The pane on the left: industries, stages, tags, each with its count and its sum."""

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

from hunnan_tui.core.cell_width import cell_width
from hunnan_tui.tui.presenters.facet_lines import Line, Section
from hunnan_tui.tui.presenters.list_columns import fit

_FEW = 12
"""Values of a facet that are shown until all are asked for."""
_MORE = "\0more"
"""Stands for the line that shows all values; no value has a control in it."""


class FacetList(OptionList):
    """A short list of values to filter by; what is chosen has a mark."""

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
        """A value was chosen, or taken back; None chooses all of the facet."""

        facet: str
        value: str | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._sections: Sequence[Section] = ()
        self._chosen: Collection[tuple[str, str]] = frozenset()
        self._values: dict[str, tuple[str, str | None]] = {}
        self._columns = (0, 0)
        self._expanded: set[str] = set()
        """The facets of which all values are shown."""

    def show(
        self, sections: Sequence[Section], chosen: Collection[tuple[str, str]]
    ) -> None:
        """Show facets; the highlight stays on its value."""
        self._sections, self._chosen = sections, chosen
        lines = [line for section in sections for line in section.lines]
        self._columns = (
            # never narrower than usual: columns that follow each filter would jump
            1 + max(2, *(len(f"{line.projects:,}") for line in lines), 0),
            1 + max(7, *(cell_width(line.amount) for line in lines), 0),
        )
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    @on(OptionList.OptionSelected)
    def _tell(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        facet, value = self._values[message.option.id or ""]
        if value == _MORE:
            self._expanded.add(facet)
            self._draw()
            return
        self.post_message(self.Chosen(facet, value))

    def _draw(self) -> None:
        width = self.scrollable_content_region.width - 1
        if width <= 0:
            return
        highlighted = self.highlighted
        at = self.get_option_at_index(highlighted).id if highlighted is not None else ""
        kept = self._values.get(at or "")
        self._values = {}
        options: list[Option | None] = []
        place = 0
        for section in self._sections:
            if section.title:
                blank = [Option("", disabled=True)] if options else []
                options += [*blank, Option(Content(f" {section.title}"), disabled=True)]
            lines = self._shown(section)
            for line in lines:
                # values are data: they may be anything, and must not become an id
                name = str(len(options))
                self._values[name] = (section.facet, line.value)
                if self._values[name] == kept:
                    place = len(options)
                options.append(Option(self._content(section, line, width), id=name))
            if missing := len(section.lines) - len(lines):
                name = str(len(options))
                self._values[name] = (section.facet, _MORE)
                options.append(Option(Content(f" … {missing:,} more"), id=name))
        offset = self.scroll_offset
        with self.app.batch_update():
            self.set_options(options)
            self.highlighted = place if options else None
            self.scroll_to(y=offset.y, animate=False)

    def _shown(self, section: Section) -> list[Line]:
        """Return the values to draw: of many the first, and those that are chosen."""
        lines = list(section.lines)
        if section.facet in self._expanded or len(lines) <= _FEW + 1:
            return lines
        return [
            line
            for place, line in enumerate(lines)
            if place < _FEW or (section.facet, line.value) in self._chosen
        ]

    def _content(self, section: Section, line: Line, width: int) -> Content:
        if line.value is None:
            is_chosen = not any(facet == section.facet for facet, _ in self._chosen)
        else:
            is_chosen = (section.facet, line.value) in self._chosen
        counts, amounts = self._columns
        numbers = f"{line.projects:>{counts},}"
        if width >= 20 + counts + amounts - 12:
            numbers += f"{line.amount:>{amounts}}"
        mark = "✓" if is_chosen and line.value is not None else " "
        label = fit(line.label, max(1, width - 1 - cell_width(numbers)))
        style = "" if line.projects else "$foreground-muted"
        return Content.assemble(
            (mark, "bold"), (label, "bold" if is_chosen else style), (numbers, style)
        )
