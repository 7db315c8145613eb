"""The keys of the list's columns."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.tui.browser.base import ActingScreen
from hunnan_tui.tui.presenters import list_fields, orders


class ColumnsScreen(ActingScreen):
    """Chooses what the list shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "C",
            "columns",
            "Columns",
            key_display="C",
            id="list.columns",
            tooltip="Choose and order the columns behind the name",
            show=False,
        ),
    ]

    @work
    async def action_columns(self) -> None:
        from hunnan_tui.tui.dialogs.column_chooser import ColumnsDialog

        chosen = await self.app.push_screen_wait(ColumnsDialog(self._fields))
        if chosen is None:
            return
        if self._query.show:  # what the filter says goes before what is chosen
            show = chosen or list_fields.USUAL
            self._ask(orders.with_part(self._query, show=show))
            return
        self._columns = chosen
        self._show()
