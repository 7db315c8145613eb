"""A one-line text field with undo, in which keys act in the order they were typed."""

from __future__ import annotations

from abc import abstractmethod
from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from hunnan_tui.core.cell_width import measure_width

_MAX_UNDO = 200
"""Steps that can be undone."""


class TextField(Input, inherit_bindings=False):
    """One line of text; `enter` is left to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            binding
            for binding in Input.BINDINGS
            if not (isinstance(binding, Binding) and binding.key == "enter")
        ),
        # bound here, since on the main screen these keys undo an edit
        Binding("ctrl+z,super+z", "undo_typing", show=False),
        Binding("ctrl+y,ctrl+shift+z,super+y", "redo_typing", show=False),
    ]
    IN_PLACE: ClassVar[frozenset[str]] = frozenset(
        binding.action for binding in BINDINGS if isinstance(binding, Binding)
    )
    """Actions that only change the text: keys of a burst need not wait for each other."""

    _redo_texts: tuple[str, ...] = ()
    _undo_texts: tuple[str, ...] = ()
    _last_growth = 0
    """By how many characters the last change made the text longer."""
    _is_undoing = False

    async def on_key(self, event: events.Key) -> None:
        await run_bound_key(self, event)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where one types: Textual's is a cell to the right of the end of the text."""
        x, y, *_ = self.content_region
        cells = measure_width(self.value[: self.cursor_position])
        return Offset(x + cells - int(self.scroll_offset.x), y)

    def on_focus(self) -> None:
        self.call_after_refresh(place_terminal_cursor, self)

    def on_resize(self) -> None:
        self.call_after_refresh(place_terminal_cursor, self)

    def watch_selection(self) -> None:
        # a field whose text the program changes takes the cursor, too
        if self.is_mounted:
            place_terminal_cursor(self)

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        if self.is_mounted:
            place_terminal_cursor(self)

    def watch_value(self, old: str, new: str) -> None:
        """Record the text for `ctrl+z`; a typed word is one step."""
        if self._is_undoing or old == new or not self.is_mounted:
            return
        growth = len(new) - len(old)
        goes_on = growth == self._last_growth and abs(growth) == 1
        begins_word = growth == 1 and not old[-1:].strip()
        if not goes_on or begins_word or not self._undo_texts:
            self._undo_texts = (*self._undo_texts, old)[-_MAX_UNDO:]
        self._redo_texts, self._last_growth = (), growth

    def action_undo_typing(self) -> None:
        """Undo the last typing in this field."""
        if self._undo_texts:
            self._undo_texts, text = self._undo_texts[:-1], self._undo_texts[-1]
            self._redo_texts = (*self._redo_texts, self.value)
            self._restore_text(text)

    def action_redo_typing(self) -> None:
        if self._redo_texts:
            self._redo_texts, text = self._redo_texts[:-1], self._redo_texts[-1]
            self._undo_texts = (*self._undo_texts, self.value)
            self._restore_text(text)

    def _restore_text(self, text: str) -> None:
        old, self._last_growth = self.value, 0
        self._is_undoing = True
        try:
            self.value = text
        finally:
            self._is_undoing = False
        ends = zip(reversed(old), reversed(text), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
        self.cursor_position = len(text) - same


class CleanField(TextField):
    """A text field that cleans what is pasted, from the terminal or by a key."""

    @abstractmethod
    def insert_pasted(self, pasted: str) -> None:
        """Insert a text at the cursor, without what a line cannot hold."""

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_pasted(event.text)

    def action_paste(self) -> None:
        self.insert_pasted(self.app.clipboard)


def place_terminal_cursor(field: Widget) -> None:
    """Put the terminal's cursor where one types: an input method opens there.

    Args:
        field: A field on the screen, not always the one that has the focus.
    """
    offset = getattr(field.screen.focused, "cursor_screen_offset", None)
    if offset is not None:
        field.app.cursor_position = offset


async def run_bound_key(field: Widget, event: events.Key) -> None:
    """Run the binding of a key before the field handles the next key.

    Textual runs a binding once its key has bubbled up to the app. In a burst (keys typed
    ahead, a slow connection) the field would handle later letters first, and `ctrl+u`
    would delete what was typed after it.
    """
    active = field.screen.active_bindings.get(event.key)
    if event.is_printable or active is None or not active.enabled:
        return
    if await field.app.run_action(active.binding.action, active.node):
        event.stop()
        event.prevent_default()
