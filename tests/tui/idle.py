"""Waits until an app has done all that it was asked for: exactly so, and no longer.

Textual's pilot sleeps 20 ms at a time until the process has used little of the
processor, at least twice for a key. On a busy machine that is too short, and otherwise
far too long. Here the event loop is asked: nothing is ready to run, no thread is at work,
and no timer is due within the time that the pilot would have slept.
"""

from __future__ import annotations

import asyncio
import threading
from asyncio.base_events import BaseEventLoop
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import process_time, thread_time
from typing import Any, Final

import pytest
import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot

SOON: Final = 0.04
"""Seconds within which a timer is waited for."""
_PATIENCE: Final = 10.0
"""Seconds after which a pilot goes on in any case."""
_NAP: Final = 0.001
_BLOCKED_NAPS: Final = 20
"""So many naps without any work show that a thread waits, for a test or a process."""

_at_work: set[asyncio.Future[Any]] = set()
"""What threads have begun and the event loop has not seen the end of."""


@contextmanager
def wait_exactly() -> Iterator[None]:
    """Let pilots wait by this module."""
    run_in_thread = BaseEventLoop.run_in_executor

    def run_and_record(loop: BaseEventLoop, *arguments: Any) -> asyncio.Future[Any]:
        future = run_in_thread(loop, *arguments)
        _at_work.add(future)
        future.add_done_callback(_at_work.discard)
        return future

    async def wait_for_screen(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
        await wait_until_idle(pilot.app)
        return pilot.app._exception is None

    async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 1) -> None:
        await wait_until_idle(active_app.get(), SOON)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseEventLoop, "run_in_executor", run_and_record)
        patch.setattr(Pilot, "_wait_for_screen", wait_for_screen)
        patch.setattr(textual.app, "wait_for_idle", wait_for_idle)
        patch.setattr(textual.pilot, "wait_for_idle", wait_for_idle)
        yield


async def wait_until_idle(app: App[Any], within: float = 0.0) -> None:
    """Wait until nothing is left to do.

    Args:
        app: The app.
        within: Seconds within which a timer counts as something to do.
    """
    loop: Any = asyncio.get_running_loop()  # what is due is asked of its private parts
    now = loop.time()
    horizon, end = now + within, now + _PATIENCE
    while loop.time() < end and app._exception is None:
        await asyncio.sleep(0)
        if loop._ready or _draw_what_waits(app):
            continue
        if due := _find_next_timer(loop, app, horizon):
            await asyncio.sleep(max(0, due - loop.time()))
        elif not _at_work or await _is_blocked():
            break


async def _is_blocked() -> bool:
    """Return whether the threads that are at work wait for something."""
    for _ in range(_BLOCKED_NAPS):
        used = process_time() - thread_time()
        await asyncio.sleep(_NAP)
        if not _at_work or process_time() - thread_time() - used > _NAP / 20:
            return False
    return not _is_another_thread_ready()


def _is_another_thread_ready() -> bool:
    """Return whether a thread would run if a processor were free."""
    own = str(threading.get_native_id())
    for task in Path("/proc/self/task").glob("*"):
        with suppress(OSError):  # it has just ended
            state = (task / "stat").read_text().rpartition(")")[2].split()[0]
            if task.name != own and state in "RD":
                return True
    return False


def _draw_what_waits(app: App[Any]) -> bool:
    """Lay out and draw what the screen would at its next frame, if it would."""
    if not app.screen_stack or not app.screen._update_timer._active.is_set():
        return False
    app.screen._on_timer_update()
    return True


def _find_next_timer(loop: Any, app: App[Any], horizon: float) -> float | None:
    """Return when the next timer is due, or None if none is until then."""
    timers = [
        handle
        for handle in loop._scheduled
        if handle._when <= horizon and not handle._cancelled
    ]
    if not timers:
        return None
    # a frame that was drawn here already does nothing when its time has come
    frames = [screen._update_timer for screen in app.screen_stack]
    drawn = {
        id(frame._task._fut_waiter)  # type: ignore[union-attr]
        for frame in frames
        if not frame._active.is_set()
    }
    return min(
        (
            timer._when
            for timer in timers
            if id((timer._args or (None,))[0]) not in drawn
        ),
        default=None,
    )
