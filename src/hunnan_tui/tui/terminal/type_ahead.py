"""The one owner of what is typed: each key goes on when the one before it is done.

Textual hands a key to the widget that has the focus at that moment, and runs its binding
some messages later. In a burst (fast typing, a slow connection, an input method that hands
over whole words) the keys behind `n` would still reach the list and act there, and in
`wjw` the second `w` would act before the cursor has moved. Here keys and pastes wait in
the order in which they came, until everything that the one before has set off is done:
the focus has moved, the dialog is open, the worker has ended or asks its question.

Text in one field does not wait, nor do moves of one cursor: the widget takes them in order.
"""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from time import monotonic
from typing import Any, Final, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from hunnan_tui.tui.background.scheduling import key_pressed
from hunnan_tui.tui.terminal.full_width import is_chinese, plain_key
from hunnan_tui.tui.terminal.settling import HOLDING_GROUPS, pumps_are_idle

Typed = events.Key | events.Paste | events.MouseDown | events.MouseUp
"""What a reader does, in an order that matters."""

_AT_ONCE: Final = 30
"""How often the loop is let go round before a wait begins that costs no processor time."""
_WAIT: Final = 0.002
_PATIENCE: Final = 3.0
"""Seconds of waiting after which `ctrl+c` ends the program, as a signal does."""


@runtime_checkable
class Settling(Protocol):
    """A screen that has work of its own for a key to wait for."""

    @property
    def is_settled(self) -> bool:
        """Whether it has none."""


class TypedAhead(App[None]):
    """Lets keys go one after the other."""

    _is_going = False
    """Whether a key that has waited is on its way to the app."""
    _is_letting_go = False
    """Whether a worker lets go what waits."""
    _staying: Widget | None = None
    """What the last key has changed, if it has changed nothing else."""
    _last = 0.0
    """When the last key went on."""
    _has_told = False
    """Whether the reader knows that the input method is on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._typed: deque[Typed] = deque()
        """What waits, in its order."""
        self._asking: dict[Worker[Any], asyncio.Future[Any]] = {}
        """The workers that wait for the reader's answer."""

    @property
    def holds_keys(self) -> bool:
        """Whether something that was typed waits."""
        return bool(self._typed) or self._is_going

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key):
            key_pressed()
            if event.key == "ctrl+c" and self._waits_long():
                signal.raise_signal(signal.SIGINT)
                return
        if not self.holds_keys and self._can_go(event, within=True):
            await self._let_go(event)
        else:
            self._typed.append(event)
            if not self._is_letting_go:
                self._is_letting_go = True
                self.run_worker(self._let_go_in_order(), group="keys")

    async def push_screen_wait(
        self, screen: Screen[Any] | str, *, mode: str | None = None
    ) -> Any:
        """Push a screen and wait for its result; keys go on to the screen meanwhile."""
        worker = get_current_worker()
        answer = self.push_screen(screen, wait_for_dismiss=True, mode=mode)
        self._asking[worker] = answer
        try:
            return await asyncio.shield(answer)
        finally:
            del self._asking[worker]

    def is_settled(self, *, within: bool = False) -> bool:
        """Return whether all that was set off is done, or waits for the reader.

        Args:
            within: Whether the app asks while it handles a message.
        """
        screen = self.screen
        return (
            not self._is_going
            and pumps_are_idle(self, within=within)
            and not self._acts()
            and (not isinstance(screen, Settling) or screen.is_settled)
        )

    def _acts(self) -> list[Worker[Any]]:
        """Return the workers that have neither ended nor asked the reader."""
        asking = [each for each, answer in self._asking.items() if not answer.done()]
        return [
            each
            for each in self.workers
            if each.group in HOLDING_GROUPS and not (each.is_finished or each in asking)
        ]

    def _can_go(self, event: Typed, *, within: bool = False) -> bool:
        """Return whether a key may go on now."""
        is_same = self._staying is not None and self.focused is self._staying
        if is_same and self._stays(event):
            return True
        return self.is_settled(within=within) or (
            isinstance(event, events.Key)
            and not self._is_going
            and pumps_are_idle(self, within=within)
            and self._gives_up(event.key)
        )

    def _gives_up(self, key: str) -> bool:
        """Return whether a key leaves a page, and nothing but the page is at work."""
        action = getattr(self.screen, "GIVES_UP", None)
        active = self.screen.active_bindings.get(key) if action else None
        if active is None or active.binding.action != action:
            return False
        return all(
            self.screen in each.node.ancestors_with_self for each in self._acts()
        )

    async def _let_go_in_order(self) -> None:
        while self._typed:
            rounds = 0
            while self._is_going or not self._can_go(self._typed[0]):
                await asyncio.sleep(0 if rounds < _AT_ONCE else _WAIT)
                rounds += 1
            self._is_going = True
            self.call_later(self._go, self._typed.popleft())
        self._is_letting_go = False

    async def _go(self, event: Typed) -> None:
        try:
            await self._let_go(event)
        finally:
            self._is_going = False

    async def _let_go(self, event: Typed) -> None:
        self._last = monotonic()
        if isinstance(event, events.Key) and not self._is_typing(event):
            event = plain_key(event)
            self._tell_of_input_method(event)
        if isinstance(event, events.Paste) and not self._takes_text():
            self.notify("Nothing was pasted: no text is being typed", markup=False)
            return
        self._staying = self.focused if self._stays(event) else None
        await super().on_event(event)

    def _waits_long(self) -> bool:
        """Return whether an act has not ended for so long that it may never do."""
        is_long = monotonic() - self._last > _PATIENCE
        return is_long and (self.holds_keys or not self.is_settled(within=True))

    def _is_typing(self, event: events.Key) -> bool:
        """Return whether a key is part of a text that is being typed."""
        focused = self.focused
        return focused is not None and focused.check_consume_key(
            event.key, event.character
        )

    def _takes_text(self) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key("x", "x")

    def _stays(self, event: Typed) -> bool:
        """Return whether a key only changes what the widget with the focus holds.

        Such keys are taken in order by that widget: none has to wait for the others.
        """
        focused = self.focused
        if focused is None or not isinstance(event, events.Key):
            return False
        if self._is_typing(event):
            return True
        in_place = getattr(focused, "IN_PLACE", ())
        active = self.screen.active_bindings.get(event.key) if in_place else None
        if active is None or active.node is not focused:
            return False
        return active.binding.action.partition("(")[0] in in_place

    def _tell_of_input_method(self, event: events.Key) -> None:
        if is_chinese(event) and not self._has_told:
            self._has_told = True
            self.notify(
                "The input method is on: press shift to switch it, or / to search",
                markup=False,
            )
