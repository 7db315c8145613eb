"""The keys of sources, and of copying."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class CitingScreen(ActingScreen):
    """Shows where facts come from."""
