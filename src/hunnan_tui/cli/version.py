"""Which version this is, and how old its data are."""

from __future__ import annotations

import re

from hunnan_tui import __version__
from hunnan_tui.places import packaged_dataset

_UPDATED = re.compile(rb"^updated = (\S+)", re.MULTILINE)
_HEAD = 20_000
"""Bytes of the dataset that are looked at: a version is not worth reading all."""


def version() -> str:
    """Return the program's version and the day of the data that come with it."""
    try:
        with packaged_dataset().open("rb") as file:
            updated = _UPDATED.search(file.read(_HEAD))
    except OSError:
        updated = None
    day = f" (with data of {updated[1].decode()})" if updated else ""
    return f"hunnan-tui {__version__}{day}"
