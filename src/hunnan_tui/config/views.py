"""The views that make themselves: what is due, open or watched, without being saved."""

from __future__ import annotations

from typing import Final

from hunnan_tui.core.model import WATCH, View

AUTOMATIC: Final = (
    View("Due", "due:..+7d sort:due"),
    View("Open needs", "need:open"),
    View("Watched", f"#{WATCH} sort:age-"),
    View("With notes", "has:note sort:noted-"),
)
"""Offered behind the saved ones; a saved view of the same name goes before."""
