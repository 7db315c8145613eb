"""The files and folders that a typed path can go on to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

_MOST = 10_000
"""Entries of a folder that are looked at."""


def list_files(typed: str, ending: str = "") -> Iterator[str]:
    """Yield paths that begin with what is typed: folders end with a slash.

    Args:
        typed: The beginning of a path; `~` is the home folder.
        ending: What the names of files must end with.
    """
    start = max(typed.rfind("/"), typed.rfind(os.sep)) + 1
    folder, name = typed[:start], typed[start:]
    try:
        entries = os.scandir(os.path.expanduser(folder) or ".")  # noqa: PTH111
    except OSError:
        return
    with entries:
        for entry in islice(entries, _MOST):
            if not entry.name.startswith(name) or _is_hidden(entry.name, name):
                continue
            if entry.is_dir():
                yield f"{folder}{entry.name}/"
            elif entry.name.casefold().endswith(ending):
                yield f"{folder}{entry.name}"


def _is_hidden(name: str, typed: str) -> bool:
    """Return whether a name is offered only when its dot is typed, or is an option."""
    return name.startswith((".", "-")) and not typed
