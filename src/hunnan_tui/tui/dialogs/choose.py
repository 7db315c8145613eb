"""Choose one of several options: a note, a saved view, a sort order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.tui.dialogs.picker import PickerDialog


class ChooseDialog(PickerDialog[str | None]):
    """Returns the id of the chosen option."""

    FITS_ROWS = True
    HINTS = ("choose.pick", "choose.cancel")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "pick", N_("choose"), id="choose.pick", tooltip=N_("Take this one")
        ),
        Binding(
            "escape",
            "cancel",
            N_("cancel"),
            id="choose.cancel",
            tooltip=N_("Take none"),
        ),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, Content]]) -> None:
        """Offer options.

        Args:
            title: What is chosen.
            options: The id of each and its text, cleaned for display.
        """
        super().__init__(title)
        self._options = options
        self._folded = [fold(content.plain) for _, content in options]

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        needle = fold(typed)
        rows = [
            str(i)
            for i, text in enumerate(self._folded)
            if matches_within(needle, text)
        ]
        return rows, 0 if rows else None

    def format_row(self, row: str) -> Content:
        return self._options[int(row)][1]

    def pick(self, row: str | None) -> None:
        if row is None:
            self.hint.show_message(_("There is nothing here to choose"))
        else:
            self.close(self._options[int(row)][0])

    def action_cancel(self) -> None:
        self.close(None)
