"""Reports a crash: where it happened, and nothing that the user has written."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from hunnan_tui import __version__
from hunnan_tui.files.io import create_private, remove
from hunnan_tui.files.private import ensure_private_folder
from hunnan_tui.files.system_limits import iterate_causes

FILE_NAME = "crash.txt"


def write_report(error: BaseException, folder: Path | None) -> Path | None:
    """Write the tracebacks of an error, without its messages: they may quote notes.

    Args:
        error: The error.
        folder: The state folder, which keeps the last report only.

    Returns:
        The file, readable by its owner alone; None if it could not be written.
    """
    if folder is None:
        return None
    path = folder / FILE_NAME
    try:
        ensure_private_folder(folder)
        remove(path)
        create_private(path, "".join(_format_report(error)).encode())
    except OSError:
        return None
    return path


def _format_report(error: BaseException) -> Iterator[str]:
    yield f"hunnan-tui {__version__}\n"
    for cause in reversed(list(iterate_causes(error))):
        yield f"\n{type(cause).__module__}.{type(cause).__qualname__}\n"
        yield from traceback.format_tb(cause.__traceback__)
