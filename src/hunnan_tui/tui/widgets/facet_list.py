"""The pane on the left: industries, stages and tags, each with its count and sum."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.cell_width import cut_middle, find_twins, fit, measure_width, pad
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.presenters.facet_lines import (
    COLLAPSED_VALUES,
    FacetLine,
    FacetSection,
)

_FOLDED = "source"
"""The facet of which none is shown until it is expanded: most have very many."""
_FEW = 3
"""Values that stand there even so."""
_LONGEST_NAME = 30
"""Cells of a name that amounts make room for."""
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
        &:blur > .option-list--option-highlighted {
            background: transparent;
            color: $foreground;
            text-style: none;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", N_("Down"), show=False, id="industries.down"),
        Binding("k", "cursor_up", N_("Up"), show=False, id="industries.up"),
        Binding("g", "first", N_("First"), show=False, id="industries.first"),
        Binding("G", "last", N_("Last"), show=False, id="industries.last"),
        Binding(
            "space",
            "select",
            N_("Choose"),
            show=False,
            id="industries.choose",
            tooltip=N_("Show only the projects of this one; again takes it back"),
        ),
        Binding(
            "enter",
            "apply",
            N_("Choose and go"),
            show=False,
            id="industries.apply",
            tooltip=N_("Choose this one, and go to the list where the pane covers it"),
        ),
        # where `apply` is not offered
        Binding("enter", "choose", N_("Choose"), show=False),
    ]

    TAUGHT: ClassVar[Mapping[str, str]] = {
        "industries.choose": N_("Choose"),
        "industries.apply": N_("Apply and close"),
        "filter.open": N_("Filter"),
        "filter.clear": N_("Show all"),
        "view.pick": N_("Views"),
        "pane.right": N_("To the list"),
        "app.palette": N_("Commands"),
    }

    @dataclass
    class Chosen(Message):
        """A value was chosen or unchosen; None chooses all of the facet."""

        facet: str
        value: str | None
        is_final: bool = False
        """Whether the reader wants to see what it leaves."""
        is_toggled: bool = True
        """Whether a value that is chosen already is unchosen."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._sections: Sequence[FacetSection] = ()
        self._chosen: Collection[tuple[str, str]] = frozenset()
        self._values: dict[str, tuple[str, str | None]] = {}
        self._amounts: dict[str, str] = {}
        """The sum of each line, by the id of its option."""
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002  # Textual passes them
        """Leave `enter` to what `space` does where the pane covers nothing."""
        return action != "apply" or self.layer == "above"

    def action_select(self) -> None:
        self._choose(self.highlighted)

    def action_choose(self) -> None:
        self._choose(self.highlighted, is_toggled=False)

    def action_apply(self) -> None:
        self._choose(self.highlighted, is_final=True, is_toggled=False)

    @on(OptionList.OptionSelected)
    def _follow_click(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._choose(message.option_index)

    def _choose(
        self, index: int | None, *, is_final: bool = False, is_toggled: bool = True
    ) -> None:
        """Report what is chosen, or show what is folded behind the line."""
        option = None if index is None else self.get_option_at_index(index)
        chosen = self._values.get((option and option.id) or "")
        if chosen is None:
            return
        facet, value = chosen
        if value == _EXPAND:
            self._expanded.add(facet)
            self._draw()
            self.highlighted = index  # the first of those that were not shown
            return
        self.post_message(self.Chosen(facet, value, is_final, is_toggled))

    @on(OptionList.OptionHighlighted)
    def _show_amount(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        self._draw_amount()

    def on_focus(self) -> None:
        self._draw_amount()

    def on_blur(self) -> None:
        self._draw_amount()

    def _draw_amount(self) -> None:
        """Draw the highlighted sum in the border, when it has no column."""
        highlighted, amount = self.highlighted, ""
        if self.has_focus and highlighted is not None and not self._has_room():
            option = self.get_option_at_index(highlighted)
            amount = self._amounts.get(option.id or "", "")
        self.border_subtitle = Content(amount)

    def _draw(self) -> None:
        width = self.scrollable_content_region.width - 1
        if width <= 0:
            return
        highlighted = self.highlighted
        option = None if highlighted is None else self.get_option_at_index(highlighted)
        current = self._values.get((option and option.id) or "")
        self._values, self._amounts = {}, {}
        options: list[Option | None] = []
        index = 0
        for section in self._sections:
            if options:
                title = Content(" ") + self._format_title(section)
                options += [Option("", disabled=True), Option(title, disabled=True)]
            lines = self._select_lines(section)
            label_width = self._measure_labels(width)
            twins = find_twins((line.label for line in lines), label_width)
            for line in lines:
                # a value may be any text, so it cannot be an id
                option_id = str(len(options))
                self._values[option_id] = (section.facet, line.value)
                self._amounts[option_id] = line.amount
                if self._values[option_id] == current:
                    index = len(options)
                label = line.label
                if label in twins:
                    label = cut_middle(label, label_width, twins[label])
                label = fit(label, label_width)
                options.append(
                    Option(self._format_line(section, line, label), id=option_id)
                )
            if hidden := len(section.lines) - len(lines):
                option_id = str(len(options))
                self._values[option_id] = (section.facet, _EXPAND)
                more = _("{count} more").format(count=f"{hidden:,}")
                what = more if lines else format_count(hidden, "source")
                options.append(Option(Content(f" … {what}"), id=option_id))
        offset = self.scroll_offset
        with self.app.batch_update():
            self.set_options(options)
            self.highlighted = index if options else None
            self.scroll_to(y=offset.y, animate=False)
        if self._sections:
            title = self._format_title(self._sections[0])
            self.border_title = Content.assemble("1 ", title)
        self._draw_amount()

    def _format_title(self, section: FacetSection) -> Content:
        """Return the title of a facet, and that all is shown where none is chosen."""
        has_own_line = any(line.value is None for line in section.lines)
        is_chosen = any(facet == section.facet for facet, _ in self._chosen)
        if has_own_line or is_chosen:
            return Content(section.title)
        return Content.assemble(
            section.title, (_(" · all"), "not bold $foreground-muted")
        )

    def _has_room(self) -> bool:
        """Return whether amounts have a column: names come first."""
        width = self.scrollable_content_region.width - 1
        labels = (
            measure_width(line.label)
            for section in self._sections
            if section.facet != _FOLDED
            for line in section.lines
        )
        return width - 1 - sum(self._columns) >= min(
            _LONGEST_NAME, max(labels, default=0)
        )

    def _measure_labels(self, width: int) -> int:
        """Return the cells that a label has."""
        counts, amounts = self._columns
        return max(1, width - 1 - counts - (amounts if self._has_room() else 0))

    def _select_lines(self, section: FacetSection) -> list[FacetLine]:
        """Return all lines, or of many the first ones and the chosen ones."""
        lines = list(section.lines)
        is_folded = section.facet == _FOLDED and len(lines) > _FEW
        shown = 0 if is_folded else COLLAPSED_VALUES
        if section.facet in self._expanded or (shown and len(lines) <= shown + 1):
            return lines
        return [
            line
            for index, line in enumerate(lines)
            if index < shown or (section.facet, line.value) in self._chosen
        ]

    def _format_line(
        self, section: FacetSection, line: FacetLine, label: str
    ) -> Content:
        if line.value is None:
            is_chosen = not any(facet == section.facet for facet, _ in self._chosen)
        else:
            is_chosen = (section.facet, line.value) in self._chosen
        counts, amounts = self._columns
        numbers = f"{line.projects:>{counts},}"
        if amounts and self._has_room():
            numbers += pad(line.amount, amounts, right=True)
        mark = "✓" if is_chosen else " "
        style = "" if line.projects else "$foreground-muted"
        return Content.assemble(
            (mark, "bold"), (label, "bold" if is_chosen else style), (numbers, style)
        )
