"""The keys of the project list, besides those that move its cursor."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

PROJECT_KEYS: Final = (
    Binding("enter", "select", "Open", show=False, id="projects.open"),
    Binding(
        "space",
        "mark",
        "Mark",
        id="projects.mark",
        key_display="space",
        tooltip="Mark the project and go down; tag keys then act on the marks",
    ),
    Binding(
        "v",
        "mark_range",
        "Mark a range",
        show=False,
        id="projects.range",
        tooltip="Start a range here, or mark all up to here",
    ),
    Binding(
        "V",
        "mark_all",
        "Mark all",
        show=False,
        id="projects.all",
        tooltip="Mark all projects that are shown, or none",
    ),
    Binding(
        "shift+right",
        "scroll_columns(1)",
        "Next columns",
        show=False,
        id="projects.columns-right",
        tooltip="Move the columns behind the name; the name gets their room",
    ),
    Binding(
        "shift+left",
        "scroll_columns(-1)",
        "Columns before",
        show=False,
        id="projects.columns-left",
        tooltip="Move the columns behind the name back",
    ),
)
