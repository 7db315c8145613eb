"""Which version this is, and how old its data are."""

from __future__ import annotations

from hunnan_tui import __version__
from hunnan_tui.config.shipped import read_shipped_day


def describe_version() -> str:
    """Return the program's version and the day of the data that come with it."""
    day = read_shipped_day()
    return f"hunnan-tui {__version__}" + (f" (with data of {day})" if day else "")
