"""Which version this is, and how old its data are."""

from __future__ import annotations

from hunnan_tui import __version__
from hunnan_tui.config.shipped import read_shipped_day
from hunnan_tui.core.language import _


def describe_version() -> str:
    """Return the program's version and the day of the data that come with it."""
    day = read_shipped_day()
    if not day:
        return f"hunnan-tui {__version__}"
    text = _("hunnan-tui {version} (with data of {day})")
    return text.format(version=__version__, day=day)
