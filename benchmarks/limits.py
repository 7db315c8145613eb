"""The limits that times are measured against: `python limits.py minimal|list COUNT`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Static


class Minimal(App[None]):
    """The smallest app: one Static."""

    BINDINGS = [("q", "quit")]  # noqa: RUF012  # Textual declares it so

    def compose(self) -> ComposeResult:
        yield Static("Synthetic")


class BareList(ScrollView, can_focus=True):
    """Lines that are made when they are drawn, and a cursor."""

    BINDINGS = [("j", "move(1)"), ("k", "move(-1)")]  # noqa: RUF012  # as above

    def __init__(self, count: int) -> None:
        super().__init__()
        self.virtual_size = Size(80, count)
        self.cursor = 0

    def render_line(self, y: int) -> Strip:
        from rich.segment import Segment
        from rich.style import Style

        line = y + self.scroll_offset.y
        style = Style(reverse=line == self.cursor)
        return Strip([Segment(f"Synthetic {line:<60}", style)], 70)

    def action_move(self, by: int) -> None:
        self.cursor += by
        self.refresh()


class ListApp(App[None]):
    """The bare list alone."""

    BINDINGS = [("q", "quit")]  # noqa: RUF012  # as above

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        yield BareList(self._count)


def read(path: Path) -> float:
    """Return the seconds that reading the bytes takes."""
    start = time.perf_counter()
    path.read_bytes()
    return time.perf_counter() - start


def write(text: bytes, path: Path) -> float:
    """Return the seconds of the least that a safe save can do."""
    start = time.perf_counter()
    beside = path.with_suffix(".floor")
    with beside.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path.with_suffix(".target"))
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return time.perf_counter() - start


if __name__ == "__main__":
    (Minimal() if sys.argv[1] == "minimal" else ListApp(int(sys.argv[2]))).run()
