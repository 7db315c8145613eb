"""Ends the app on a signal, or when its terminal is gone.

Textual does not handle SIGTERM and SIGHUP: the process dies with the terminal still in the
alternate screen. Without a terminal it would read and draw for ever.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hunnan_tui.files.platform import (
    is_writable,
    read_terminal_modes,
    wait_for_hangup,
    write_terminal_modes,
)

SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
)
PATIENCE = 1.5
"""Seconds for an orderly end; then the process exits: the journal has the edits."""

_RESTORE = (
    b"\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""The escape sequences that Textual's driver writes when it stops."""


@contextmanager
def handle_signals(
    leave: Callable[[int], None], is_away: Callable[[], bool]
) -> Iterator[None]:
    """Call `leave` with an exit status when the process must end.

    Args:
        leave: Runs on the event loop of the main thread.
        is_away: Whether the terminal is lent to the user's editor. As long as it is,
            the process is not ended by force.
    """
    guard = _Guard(leave, is_away)
    before = {number: signal.signal(number, guard.end) for number in SIGNALS}
    try:
        threading.Thread(target=_wait_for_hangup, daemon=True).start()
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        guard.restore()


class _Guard:
    def __init__(
        self, leave: Callable[[int], None], is_away: Callable[[], bool]
    ) -> None:
        self._leave = leave
        self._is_away = is_away
        self._modes = read_terminal_modes()

    def restore(self) -> None:
        """Restore the terminal if an error has kept Textual from doing so."""
        with suppress(OSError):
            if self._modes and read_terminal_modes() not in ([], self._modes):
                os.write(2, _RESTORE)
                write_terminal_modes(self._modes)

    def end(self, number: int, _: object = None) -> None:
        """Handle a signal."""
        code = 128 + number
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # before the loop runs, or after it
            raise SystemExit(code) from None
        loop.call_soon_threadsafe(self._leave, code)
        # not the loop's timer: the loop may be blocked, writing to a stopped terminal
        timer = threading.Timer(PATIENCE, self._end_now, (code,))
        timer.daemon = True
        timer.start()

    def _end_now(self, code: int) -> None:
        if self._is_away():
            return
        with suppress(OSError):
            if is_writable(2):
                os.write(2, _RESTORE)
            write_terminal_modes(self._modes)
        os._exit(code)


def _wait_for_hangup() -> None:
    """Raise SIGHUP when the terminal is gone: not every process receives it."""
    if wait_for_hangup(0):
        # reading would return at once, and writing would fail
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        os.kill(os.getpid(), signal.SIGHUP)
