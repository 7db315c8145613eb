"""The keys of export."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class SharingScreen(ActingScreen):
    """Exports what is shown."""
