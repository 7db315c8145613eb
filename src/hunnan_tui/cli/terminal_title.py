"""The title of the terminal's window: what is open, as long as it is."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hunnan_tui.core.text import display_line

_LONGEST = 60
"""Characters of a title: a tab shows fewer."""
_SILENT = ("linux", "vt", "cons", "dumb")
"""Beginnings of types of terminal without a window, some of which would print a title."""


@contextmanager
def show_title(paths: Sequence[Path], environ: Mapping[str, str]) -> Iterator[None]:
    """Let the terminal's title say what is open; then give back the one from before.

    Args:
        paths: The files that are open.
        environ: The environment, which names the type of the terminal.
    """
    if environ.get("TERM", "").startswith(_SILENT):
        yield
        return
    names = ", ".join(display_line(path.name) for path in paths)
    if len(names) > _LONGEST:
        names = f"{names[: _LONGEST - 1]}…"
    _write(f"\x1b[22;2t\x1b]2;{names} - hunnan-tui\x07")
    try:
        yield
    finally:
        _write("\x1b[23;2t")


def _write(text: str) -> None:
    stream = sys.__stderr__  # where Textual draws too
    if stream is None or not stream.isatty():
        return
    with suppress(OSError, ValueError):
        stream.write(text)
        stream.flush()
