"""The keys of the screens that count: coverage, pipeline, matrix, board, timeline."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class AnalysingScreen(ActingScreen):
    """Opens the screens that count what is shown."""
