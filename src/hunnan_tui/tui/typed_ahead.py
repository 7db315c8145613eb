"""Keys before they reach the screen: full-width ones, and those that are typed ahead.

What follows a key that opens a dialog belongs to the dialog, and what follows the key
that leaves the filter to the list. Textual hands a key to the widget that has the focus
at that moment. In a burst (fast typing, a slow connection, an input method that hands
over whole words) the letters behind `n` would still reach the list, and act there.
"""

from __future__ import annotations

from typing import Final

from textual import events
from textual.app import App
from textual.timer import Timer

from hunnan_tui.tui.full_width import is_chinese, plain_key
from hunnan_tui.tui.slices import key_pressed

OPENING: Final = frozenset(
    {
        "tags.edit",
        "tags.manage",
        "notes.add",
        "notes.edit",
        "notes.delete",
        "notes.editor",
        "plan.follow-up",
        "plan.needs",
        "view.pick",
        "view.save",
        "list.sort",
        "list.columns",
        "share.copy",
        "share.export",
        "sources.open",
        "projects.related",
        "difference.open",
        "work.open",
        "app.help",
        "app.palette",
        "filter.list",
        "filter.leave",
    }
)
"""The bindings that give the keys to a dialog, or back to the list."""
LONGEST = 0.5
"""Seconds after which keys go on to where they were typed: no dialog came."""


class TypedAhead(App[None]):
    """Holds keys back while a dialog opens, and hands them to it in their order."""

    _held: list[events.Key] | None = None
    _opening: Timer | None = None
    _has_told = False
    """Whether the reader knows that the input method is on."""

    @property
    def is_opening(self) -> bool:
        """Whether keys are held back for a dialog."""
        return self._held is not None

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            key_pressed()
            if self._held is not None:
                self._held.append(event)
                return
            if not self._is_typing(event):
                event = plain_key(event)
                self._tell_of_input_method(event)
            if not self._is_typing(event) and self._opens_dialog(event.key):
                self._held = []
                self._opening = self.set_timer(LONGEST, self.hand_over)
        await super().on_event(event)

    def _is_typing(self, event: events.Key) -> bool:
        """Return whether a key is part of a text that is being typed."""
        focused = self.focused
        return focused is not None and focused.check_consume_key(
            event.key, event.character
        )

    def _tell_of_input_method(self, event: events.Key) -> None:
        if is_chinese(event) and not self._has_told:
            self._has_told = True
            self.notify(
                "The input method is on: press shift to switch it, or / to search",
                markup=False,
            )

    def _opens_dialog(self, key: str) -> bool:
        active = self.screen.active_bindings.get(key)
        return active is not None and active.enabled and active.binding.id in OPENING

    def hold(self) -> None:
        """Hold keys back until `hand_over`."""
        if self._held is None:
            self._held = []

    def hand_over(self) -> None:
        """Let the keys go that were held back."""
        held, self._held = self._held or [], None
        if self._opening is not None:
            self._opening.stop()
            self._opening = None
        for event in held:
            self.post_message(event)
