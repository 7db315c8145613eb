"""The keys of comparison, data health and difference."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class ComparingScreen(ActingScreen):
    """Compares projects and datasets."""
