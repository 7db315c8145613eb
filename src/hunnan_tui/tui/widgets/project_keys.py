"""The keys of the project list, besides those that move its cursor."""

from __future__ import annotations

from typing import Final

from textual.binding import Binding

from hunnan_tui.core.language import N_

PROJECT_KEYS: Final = (
    Binding("enter", "select", N_("Open"), show=False, id="projects.open"),
    Binding(
        "space",
        "mark",
        N_("Mark"),
        id="projects.mark",
        key_display="space",
        tooltip=N_("Mark the project and go down; tag keys then act on the marks"),
    ),
    Binding(
        "v",
        "mark_range",
        N_("Mark a range"),
        show=False,
        id="projects.range",
        tooltip=N_("Start a range here, or mark all up to here"),
    ),
    Binding(
        "V",
        "mark_all",
        N_("Mark all"),
        show=False,
        id="projects.all",
        tooltip=N_("Mark all projects that are shown, or none"),
    ),
    Binding(
        "shift+right",
        "scroll_columns(1)",
        N_("Next columns"),
        show=False,
        id="projects.columns-right",
        tooltip=N_("Move the columns behind the name; the name gets their room"),
    ),
    Binding(
        "shift+left",
        "scroll_columns(-1)",
        N_("Columns before"),
        show=False,
        id="projects.columns-left",
        tooltip=N_("Move the columns behind the name back"),
    ),
)
