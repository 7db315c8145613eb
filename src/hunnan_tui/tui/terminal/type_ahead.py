"""The one owner of what is typed: each key is handled when the one before it is done.

Textual hands a key to the widget that has the focus at that moment, and runs its binding
some messages later. In a burst (fast typing, a slow connection, an input method that sends
whole words) the keys after `n` would still reach the list and act there, and in `wjw` the
second `w` would act before the cursor has moved. Here keys and pastes wait in their order
until everything that the one before has started is done: the focus has moved, the dialog
is open, the worker has ended or waits for an answer.

Text in one field does not wait, nor do moves of one cursor: the widget handles them in
order.
"""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from time import monotonic
from typing import Any, ClassVar, Final, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from hunnan_tui.core.language import _
from hunnan_tui.tui.background.scheduling import HOLDS_KEYS, record_key
from hunnan_tui.tui.terminal.full_width import is_chinese, to_plain_key
from hunnan_tui.tui.terminal.settling import are_pumps_idle

InputEvent = events.Key | events.Paste | events.MouseDown | events.MouseUp
"""The events whose order matters."""

_BUSY_ROUNDS: Final = 30
"""How many rounds of the loop a key waits before it waits without using the processor."""
_WAIT: Final = 0.002
_PATIENCE: Final = 3.0
"""Seconds of waiting after which `ctrl+c` ends the program, as a signal does."""


@runtime_checkable
class Settling(Protocol):
    """A screen with work of its own that keys wait for."""

    @property
    def is_settled(self) -> bool:
        """Whether that work is done."""


@runtime_checkable
class Leavable(Protocol):
    """A screen that can be left before it has computed what it shows."""

    GIVES_UP: ClassVar[str]
    """The action that leaves it."""


@runtime_checkable
class HandlesInPlace(Protocol):
    """A widget with actions that change nothing but the widget."""

    IN_PLACE: ClassVar[frozenset[str]]
    """The names of those actions."""


class TypeAheadApp(App[None]):
    """Handles the keys one after the other."""

    _is_dispatching = False
    """Whether a key that has waited is on its way to the app."""
    _is_draining = False
    """Whether a worker dispatches the keys that wait."""
    _last_changed: Widget | None = None
    """The widget that the last key has changed, if it has changed nothing else."""
    _last_dispatch = 0.0
    """When the last key was dispatched."""
    _has_warned = False
    """Whether the user knows that the input method is on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: deque[InputEvent] = deque()
        self._answers: dict[Worker[Any], asyncio.Future[Any]] = {}
        """The answers of the user that workers wait for."""

    @property
    def holds_keys(self) -> bool:
        """Whether something that was typed waits."""
        return bool(self._waiting) or self._is_dispatching

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, InputEvent) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key):
            record_key()
            if event.key == "ctrl+c" and self._has_waited_long():
                signal.raise_signal(signal.SIGINT)
                return
        if not self.holds_keys and self._can_dispatch(event, within=True):
            await self._dispatch(event)
        else:
            self._waiting.append(event)
            if not self._is_draining:
                self._is_draining = True
                self.run_worker(self._drain(), group="keys")

    async def push_screen_wait(
        self, screen: Screen[Any] | str, *, mode: str | None = None
    ) -> Any:
        """Push a screen and wait for its result; it gets the keys meanwhile."""
        worker = get_current_worker()
        answer = self.push_screen(screen, wait_for_dismiss=True, mode=mode)
        self._answers[worker] = answer
        try:
            return await asyncio.shield(answer)
        finally:
            del self._answers[worker]

    def is_settled(self, *, within: bool = False) -> bool:
        """Return whether everything that was started is done, or waits for the user.

        Args:
            within: Whether the app asks while it handles a message.
        """
        screen = self.screen
        return (
            not self._is_dispatching
            and are_pumps_idle(self, within=within)
            and not self._list_running()
            and (not isinstance(screen, Settling) or screen.is_settled)
        )

    def _list_running(self) -> list[Worker[Any]]:
        """Return the workers that hold keys, and do not wait for the user."""
        asking = [
            worker for worker, answer in self._answers.items() if not answer.done()
        ]
        return [
            worker
            for worker in self.workers
            if worker.group in HOLDS_KEYS
            and not (worker.is_finished or worker in asking)
        ]

    def _can_dispatch(self, event: InputEvent, *, within: bool = False) -> bool:
        """Return whether a key may be handled now."""
        is_same = self._last_changed is not None and self.focused is self._last_changed
        if is_same and self._is_in_place(event):
            return True
        return self.is_settled(within=within) or (
            isinstance(event, events.Key)
            and not self._is_dispatching
            and are_pumps_idle(self, within=within)
            and self._leaves_screen(event.key)
        )

    def _leaves_screen(self, key: str) -> bool:
        """Return whether a key leaves a page, and nothing but the page is at work."""
        screen = self.screen
        if not isinstance(screen, Leavable):
            return False
        active = screen.active_bindings.get(key)
        if active is None or active.binding.action != screen.GIVES_UP:
            return False
        return all(
            screen in worker.node.ancestors_with_self for worker in self._list_running()
        )

    async def _drain(self) -> None:
        while self._waiting:
            rounds = 0
            while self._is_dispatching or not self._can_dispatch(self._waiting[0]):
                await asyncio.sleep(0 if rounds < _BUSY_ROUNDS else _WAIT)
                rounds += 1
            self._is_dispatching = True
            self.call_later(self._dispatch_waiting, self._waiting.popleft())
        self._is_draining = False

    async def _dispatch_waiting(self, event: InputEvent) -> None:
        try:
            await self._dispatch(event)
        finally:
            self._is_dispatching = False

    async def _dispatch(self, event: InputEvent) -> None:
        self._last_dispatch = monotonic()
        if isinstance(event, events.Key) and not self._is_text(event):
            event = to_plain_key(event)
            self._warn_of_input_method(event)
        if isinstance(event, events.Paste) and not self._accepts_text():
            self.notify(_("Nothing was pasted: no text is being typed"), markup=False)
            return
        self._last_changed = self.focused if self._is_in_place(event) else None
        await super().on_event(event)

    def _has_waited_long(self) -> bool:
        """Return whether a key has been at work for so long that it may never end."""
        is_long = monotonic() - self._last_dispatch > _PATIENCE
        return is_long and (self.holds_keys or not self.is_settled(within=True))

    def _is_text(self, event: events.Key) -> bool:
        """Return whether a key is part of a text that is being typed."""
        focused = self.focused
        return focused is not None and focused.check_consume_key(
            event.key, event.character
        )

    def _accepts_text(self) -> bool:
        focused = self.focused
        return focused is not None and focused.check_consume_key("x", "x")

    def _is_in_place(self, event: InputEvent) -> bool:
        """Return whether a key changes nothing but the widget that has the focus.

        The widget handles such keys in order: none has to wait for the others.
        """
        focused = self.focused
        if focused is None or not isinstance(event, events.Key):
            return False
        if self._is_text(event):
            return True
        if not isinstance(focused, HandlesInPlace):
            return False
        active = self.screen.active_bindings.get(event.key)
        if active is None or active.node is not focused:
            return False
        return active.binding.action.partition("(")[0] in focused.IN_PLACE

    def _warn_of_input_method(self, event: events.Key) -> None:
        if is_chinese(event) and not self._has_warned:
            self._has_warned = True
            self.notify(
                _("The input method is on: press shift to switch it, or / to search"),
                markup=False,
            )
