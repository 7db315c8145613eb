"""Chooses a theme: the one under the cursor is shown at once."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.content import Content
from textual.widgets import OptionList

from hunnan_tui.core.language import _
from hunnan_tui.tui.dialogs.choose import ChooseDialog


class ThemePicker(ChooseDialog):
    """Returns the name of a theme; without one everything is as it was."""

    DEFAULT_CSS = """
    ThemePicker { background: transparent; align: right top; }
    ThemePicker > DialogFrame { width: 40; }
    """

    def __init__(self, themes: Sequence[str], current: str) -> None:
        """Offer themes, with the cursor on the current one."""
        super().__init__(_("Theme"), [(name, Content(name)) for name in themes])
        self._current = current

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        rows, first = super().narrow(typed)
        if not typed:
            names = [name for name, _content in self._options]
            first = names.index(self._current) if self._current in names else first
        return rows, first

    @on(OptionList.OptionHighlighted)
    def _show_theme(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        row = self.highlighted
        if row is not None and self.is_current:
            self.app.theme = self._options[int(row)][0]

    def action_cancel(self) -> None:
        self.app.theme = self._current
        super().action_cancel()
