"""Fields that text is typed in: every key acts in its place among the others."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input


class Field(Input, inherit_bindings=False):
    """One line of text; `enter` is left to its screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        each
        for each in Input.BINDINGS
        if not (isinstance(each, Binding) and each.key == "enter")
    ]

    async def on_key(self, event: events.Key) -> None:
        await run_bound_key(self, event)


async def run_bound_key(field: Widget, event: events.Key) -> None:
    """Run the binding of a key that came to a text field, in its place among the others.

    Textual runs a binding when its key has bubbled up to the app. In a burst (keys typed
    ahead, a slow connection) the field takes the later letters first, so that what was
    typed after `enter` would become part of what was entered, and what was typed after
    `ctrl+u` would be deleted.
    """
    active = field.screen.active_bindings.get(event.key)
    if event.is_printable or active is None or not active.enabled:
        return
    if await field.app.run_action(active.binding.action, active.node):
        event.stop()
        event.prevent_default()
