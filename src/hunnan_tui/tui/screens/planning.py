"""The keys of needs, follow-ups and of what there is to do."""

from __future__ import annotations

from hunnan_tui.tui.screens.acting import ActingScreen


class PlanningScreen(ActingScreen):
    """Plans the work on projects."""
