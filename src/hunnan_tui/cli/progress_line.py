"""The line on a terminal that says how far long work is.

It is drawn by a thread of its own, on standard error alone, from one second on. It is
gone before the work is over, so that what is said then stands on lines of its own.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from hunnan_tui.core.language import _
from hunnan_tui.core.progress import IDLE, Work, watch_work

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds of a command without a line."""
LONG = 10.0
"""Seconds of work whose end is worth a notification."""
NOTIFY = "HUNNAN_TUI_NOTIFY"
"""The variable that asks for one."""
_INTERVAL = 0.1
"""Seconds between two pictures of it."""


class ProgressLine:
    """Shows the work of one command; `close` ends it."""

    def __init__(self) -> None:
        # a lock costs nothing, and `threading` 3 ms of every command
        self._closing = _thread.allocate_lock()
        self._closing.acquire()
        self._drawing = _thread.allocate_lock()
        self._since = time.monotonic()
        self._work = IDLE
        self._progress: Progress | None = None
        self._unwatch = watch_work(self._watch)
        _thread.start_new_thread(self._run, ())

    def _watch(self, work: Work) -> None:
        """Take the work; called by who does it, whom drawing must not hold up."""
        before, self._work = self._work, work
        if work.what != before.what:
            with self._drawing:  # a picture of what was before may be on its way
                self._erase()

    def _run(self) -> None:
        if self._closing.acquire(timeout=PATIENCE):
            return
        try:
            import rich.progress  # noqa: F401 - 100 ms, not to be spent with the lock
        except (ImportError, MemoryError, OSError):
            return  # the work itself goes on
        while not self._closing.acquire(timeout=_INTERVAL):
            with self._drawing:
                if self._work.what:
                    self._draw(self._work)

    def _draw(self, work: Work) -> None:
        if self._progress is None:
            self._progress = _make_progress()
            self._progress.add_task(_(work.what), total=work.total or None)
            self._progress.start()
            self._progress.console.show_cursor(True)  # whatever ends us leaves it there
        task = self._progress.task_ids[0]
        total = work.total or None
        if work.done < self._progress.tasks[0].completed:
            self._progress.reset(task)  # another round, at another speed
        self._progress.update(task, total=total, completed=work.done, refresh=True)

    def _erase(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def close(self) -> None:
        """Take the line away for good."""
        self._unwatch()
        self._work = IDLE
        with self._drawing:
            self._erase()
        if self._closing.locked():
            self._closing.release()
            if time.monotonic() - self._since >= LONG:
                _notify()


def make_progress_line() -> ProgressLine | None:
    """Return a line that shows the work from now on; None where it cannot be drawn."""
    if os.environ.get("TERM", "") in ("", "dumb") and os.name != "nt":
        return None
    return ProgressLine()


def _notify() -> None:
    """Have the terminal tell, if it is asked to, that the work is over.

    OSC 9 is a notification of the desktop in most terminals; the bell is for the others.
    """
    if os.environ.get(NOTIFY, "") in ("", "0"):
        return
    text = _("hunnan-tui: done")
    with suppress(OSError, ValueError):
        sys.stderr.write(f"\x1b]9;{text}\x1b\\\a")
        sys.stderr.flush()


def _make_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Figures(ProgressColumn):
        """How much, since when, and how long still."""

        def render(self, task: Task) -> Text:
            elapsed = _format_seconds(task.elapsed or 0)
            if task.total is None:
                return Text(
                    f"{elapsed}"
                    if not task.completed
                    else f"{task.completed:,.0f} {elapsed}"
                )
            return Text(
                _("{percent:3.0f}% {elapsed}, {left} left").format(
                    percent=task.percentage,
                    elapsed=elapsed,
                    left=_format_seconds(task.time_remaining),
                )
            )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        Figures(),
        console=Console(file=sys.stderr, soft_wrap=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _format_seconds(seconds: float | None) -> str:
    """Return a length of time as `1:05`; `-:--` where it is not known yet."""
    if seconds is None:
        return "-:--"
    minutes, seconds = divmod(int(seconds), 60)
    return f"{minutes}:{seconds:02}"
