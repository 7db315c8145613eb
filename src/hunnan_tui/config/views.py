"""The views that make themselves: what is due, open or watched, without being saved."""

from __future__ import annotations

from typing import Final

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import WATCH, View

AUTOMATIC: Final = (
    View(N_("Due"), "due:..+7d sort:due"),
    View(N_("Open needs"), "need:open"),
    View(N_("Watched"), f"#{WATCH} sort:age-"),
    View(N_("With notes"), "has:note sort:noted-"),
)
"""Offered behind the saved ones; a saved view of the same name goes before."""


def name_view(view: View) -> str:
    """Return what a view is called: one that makes itself in the language in use."""
    return _(view.name) if view in AUTOMATIC else view.name
