"""Whether everything that a key has set off is done.

A key is answered in steps: the widget that has the focus gets it, then its parents, then
the app runs the binding; what the binding does posts messages to other widgets, opens a
screen, or starts a worker. All of that shows in three places: the queue of each message
pump, whether its task is waiting at that queue, and the workers.
"""

from __future__ import annotations

from typing import Any, Final

from textual._queue import Queue
from textual.app import App
from textual.command import CommandPalette
from textual.message_pump import MessagePump

from hunnan_tui.tui.background.worker_groups import HOLDS_KEYS

HOLDING_GROUPS: Final = HOLDS_KEYS | {CommandPalette._GATHER_COMMANDS_GROUP}  # noqa: SLF001
"""The groups of workers that keys wait for; the palette's own finds its commands."""


def pumps_are_idle(app: App[Any], *, within: bool) -> bool:
    """Return whether no widget has a message left, or is at work on one.

    Args:
        app: The app.
        within: Whether the app asks while it handles a message itself.
    """
    if within:
        # what it has looked at is next, and no longer in its queue
        if app.message_queue_size or app._pending_message is not None:  # noqa: SLF001
            return False
    elif not _waits(app):
        return False
    return all(
        pump._task is None or _waits(pump)  # noqa: SLF001
        for screen in app.screen_stack
        for pump in screen.walk_children(with_self=True)
    )


def _waits(pump: MessagePump) -> bool:
    """Return whether a pump has nothing to do but to wait for a message."""
    # Textual does not tell. Pilot posts a callback to each pump to find out, which would
    # take a millisecond for each key
    queue: Queue[Any] = pump._message_queue  # noqa: SLF001
    return queue.empty() and bool(queue.ready_event._waiters)  # noqa: SLF001
