"""Chinese text as it is said."""

from __future__ import annotations


def is_said(name: str, wanted: str) -> bool:
    """Return whether."""
    return name == wanted
