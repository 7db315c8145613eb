"""Choose the columns after the name of a project, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, DialogList, KeyHints
from hunnan_tui.tui.presenters.list_columns import fit
from hunnan_tui.tui.presenters.list_fields import (
    DEFAULT_FIELDS,
    drop_unknown_columns,
    find_column,
    list_columns,
    select_filled,
)

_CHROME_HEIGHT = 8
"""Lines of the screen that are not for the list: the rest of the dialog, and margins."""
_TITLE_WIDTH = 18
_FIELD_WIDTH = 13


class ColumnsDialog(Dialog[tuple[str, ...] | None]):
    """Returns the chosen fields in order; empty for the default ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "toggle_column",
            N_("show or hide"),
            key_display="space",
            id="columns.toggle",
            tooltip=N_("Show the column, or hide it"),
        ),
        Binding(
            "K,less_than_sign,shift+up",
            "move(-1)",
            N_("move up"),
            key_display="K",
            id="columns.forward",
            tooltip=N_("Move the column one place to the left"),
        ),
        Binding(
            "J,greater_than_sign,shift+down",
            "move(1)",
            N_("move down"),
            key_display="J",
            id="columns.back",
            tooltip=N_("Move the column one place to the right"),
        ),
        Binding(
            "0",
            "reset",
            N_("as usual"),
            id="columns.reset",
            tooltip=N_("Stage and amount, as when nothing was chosen"),
        ),
        Binding(
            "enter", "take", N_("take"), id="columns.take", tooltip=N_("Show these")
        ),
        Binding(
            "escape",
            "leave",
            N_("cancel"),
            id="columns.leave",
            tooltip=N_("Change nothing"),
        ),
        Binding(
            "j,down", "cursor('cursor_down')", N_("down"), show=False, id="columns.down"
        ),
        Binding("k,up", "cursor('cursor_up')", N_("up"), show=False, id="columns.up"),
        Binding(
            "g,home", "cursor('first')", N_("first"), show=False, id="columns.first"
        ),
        Binding("G,end", "cursor('last')", N_("last"), show=False, id="columns.last"),
        Binding(
            "pageup",
            "cursor('page_up')",
            N_("page up"),
            show=False,
            id="columns.page-up",
        ),
        Binding(
            "pagedown",
            "cursor('page_down')",
            N_("page down"),
            show=False,
            id="columns.page-down",
        ),
    ]

    def __init__(
        self, chosen: Sequence[str], index: Index, filled: frozenset[str] = ALL
    ) -> None:
        """Offer the columns that a dataset fills, first the chosen ones.

        Args:
            chosen: Their fields; empty: the default ones. One of the user's own that
                few projects state is offered if it is chosen.
            index: What knows the fields of the user's own.
            filled: What the dataset fills: other columns would be empty.
        """
        super().__init__()
        self._index = index
        found = {field: find_column(field, index) for field in chosen}
        known = {field: column for field, column in found.items() if column}
        self._columns = {**list_columns(index, filled), **known}
        self._default = select_filled(DEFAULT_FIELDS, filled)
        self._order: list[str] = []
        self._chosen: set[str] = set()
        self._select(chosen)

    def compose(self) -> ComposeResult:
        self.list = DialogList()
        yield DialogFrame(
            _("Columns behind the name"),
            self.list,
            KeyHints(
                "columns.toggle",
                "columns.forward",
                "columns.back",
                "columns.reset",
                "columns.take",
                "columns.leave",
            ),
        )

    def on_mount(self) -> None:
        self._show(0)

    def on_resize(self) -> None:
        self._fit_height()

    def action_toggle_column(self) -> None:
        if (index := self.list.highlighted) is not None:
            self._chosen ^= {self._order[index]}
            self._show(index)

    def action_move(self, by: int) -> None:
        index = self.list.highlighted
        if index is not None and 0 <= index + by < len(self._order):
            self._order.insert(index + by, self._order.pop(index))
            self._show(index + by)

    def action_reset(self) -> None:
        self._select(())
        self._show(0)

    def action_take(self) -> None:
        taken = tuple(field for field in self._order if field in self._chosen)
        is_default = taken == self._default
        self.close(() if is_default else drop_unknown_columns(taken, self._index))

    def action_leave(self) -> None:
        self.close(None)

    def action_cursor(self, movement: str) -> None:
        getattr(self.list, f"action_{movement}")()

    @on(OptionList.OptionSelected)
    def _toggle_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_toggle_column()

    def _select(self, chosen: Sequence[str]) -> None:
        first = chosen or self._default
        rest = (field for field in self._columns if field not in first)
        self._order = [*first, *rest]
        self._chosen = set(first)

    def _show(self, highlighted: int) -> None:
        with self.app.batch_update():
            self._fit_height()
            self.list.set_options(
                Option(self._format_column(field)) for field in self._order
            )
            self.list.highlighted = highlighted

    def _fit_height(self) -> None:
        self.list.styles.height = max(
            1, min(len(self._order), self.app.size.height - _CHROME_HEIGHT)
        )

    def _format_column(self, field: str) -> Content:
        sign = "[x] " if field in self._chosen else "[ ] "
        title = fit(self._columns[field].label, _TITLE_WIDTH - 1) + " "
        declared = self._index.find_field(field)
        word, what = (declared.word, declared.help) if declared else (field, "")
        if is_of_schema(field):
            what = _(what)
        words = f"{fit(word, _FIELD_WIDTH - 1)} {what}"
        return Content.assemble(sign, title, (words, "$foreground-muted"))
