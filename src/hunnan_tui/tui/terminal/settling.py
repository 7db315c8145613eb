"""Finds out whether everything that a key has started is done.

A key is handled in steps: the focused widget gets it, then its parents, then the app runs
the binding, which posts messages to other widgets, opens a screen, or starts a worker. All
of this shows in three places: the queue of each message pump, whether its task waits at
that queue, and the workers.
"""

from __future__ import annotations

from typing import Any

from textual._queue import Queue
from textual.app import App
from textual.message_pump import MessagePump


def are_pumps_idle(app: App[Any], *, within: bool) -> bool:
    """Return whether every widget has handled all of its messages.

    Args:
        app: The app.
        within: Whether the app asks while it handles a message itself.
    """
    if within:
        # a message that it has peeked at is no longer in its queue
        if app.message_queue_size or app._pending_message is not None:  # noqa: SLF001
            return False
    elif not _is_waiting(app):
        return False
    return all(
        pump._task is None or _is_waiting(pump)  # noqa: SLF001
        for screen in app.screen_stack
        for pump in screen.walk_children(with_self=True)
    )


def _is_waiting(pump: MessagePump) -> bool:
    """Return whether a pump waits for a message."""
    # Textual has no public way to ask. Pilot posts a callback to each pump, which would
    # cost a millisecond for each key
    queue: Queue[Any] = pump._message_queue  # noqa: SLF001
    return queue.empty() and bool(queue.ready_event._waiters)  # noqa: SLF001
