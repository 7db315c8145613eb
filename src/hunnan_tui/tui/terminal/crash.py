"""What stays of an error in the program: where it was, and nothing of the reader's."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from hunnan_tui import __version__
from hunnan_tui.files.io import create_private, remove
from hunnan_tui.files.private import ensure_private_folder
from hunnan_tui.files.system_limits import iterate_causes

NAME = "crash.txt"


def report(error: BaseException, folder: Path | None) -> Path | None:
    """Write down where an error was; neither its message nor values, which quote notes.

    Args:
        error: The error.
        folder: The state folder; only the last report is kept in it.

    Returns:
        The report, readable by its owner alone; None when it could not be written.
    """
    if folder is None:
        return None
    path = folder / NAME
    try:
        ensure_private_folder(folder)
        remove(path)
        create_private(path, "".join(_lines(error)).encode())
    except OSError:
        return None
    return path


def _lines(error: BaseException) -> Iterator[str]:
    yield f"hunnan-tui {__version__}\n"
    for each in reversed(list(iterate_causes(error))):
        yield f"\n{type(each).__module__}.{type(each).__qualname__}\n"
        yield from traceback.format_tb(each.__traceback__)
