"""Fields that text is typed in: every key acts in its place among the others."""

from __future__ import annotations

from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

_STEPS = 200
"""Texts that can be gone back to."""


class TextField(Input, inherit_bindings=False):
    """One line of text; `enter` is left to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            each
            for each in Input.BINDINGS
            if not (isinstance(each, Binding) and each.key == "enter")
        ),
        # here, since on the main screen these keys take back a change of the data
        Binding("ctrl+z,super+z", "undo_typing", show=False),
        Binding("ctrl+y,ctrl+shift+z,super+y", "redo_typing", show=False),
    ]
    IN_PLACE: ClassVar[frozenset[str]] = frozenset(
        each.action for each in BINDINGS if isinstance(each, Binding)
    )
    """Actions that only change the text: those of a burst may follow at once."""

    _undone: tuple[str, ...] = ()
    _before: tuple[str, ...] = ()
    _grown = 0
    """By how many characters the latest change has made the text longer."""
    _is_stepping = False

    async def on_key(self, event: events.Key) -> None:
        await run_bound_key(self, event)

    def watch_value(self, old: str, new: str) -> None:
        """Keep the text for `ctrl+z`; a word that is being typed is one step."""
        if self._is_stepping or old == new or not self.is_mounted:
            return
        grown = len(new) - len(old)
        goes_on = grown == self._grown and abs(grown) == 1
        begins_word = grown == 1 and not old[-1:].strip()
        if not goes_on or begins_word or not self._before:
            self._before = (*self._before, old)[-_STEPS:]
        self._undone, self._grown = (), grown

    def action_undo_typing(self) -> None:
        """Take back what was typed last; never anything but text of this field."""
        if self._before:
            self._before, text = self._before[:-1], self._before[-1]
            self._undone = (*self._undone, self.value)
            self._step_to(text)

    def action_redo_typing(self) -> None:
        if self._undone:
            self._undone, text = self._undone[:-1], self._undone[-1]
            self._before = (*self._before, self.value)
            self._step_to(text)

    def _step_to(self, text: str) -> None:
        old, self._grown = self.value, 0
        self._is_stepping = True
        try:
            self.value = text
        finally:
            self._is_stepping = False
        ends = zip(reversed(old), reversed(text), strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
        self.cursor_position = len(text) - same


async def run_bound_key(field: Widget, event: events.Key) -> None:
    """Run the binding of a key that came to a text field, in its place among the others.

    Textual runs a binding when its key has bubbled up to the app. In a burst (keys typed
    ahead, a slow connection) the field takes the later letters first, so that what was
    typed after `ctrl+u` would be deleted.
    """
    active = field.screen.active_bindings.get(event.key)
    if event.is_printable or active is None or not active.enabled:
        return
    if await field.app.run_action(active.binding.action, active.node):
        event.stop()
        event.prevent_default()
