"""The keys of the list's columns."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class ColumnsScreen(ActingScreen):
    """Chooses what the list shows."""
