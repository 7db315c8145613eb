"""The themes of the program: high contrast, and those of the terminal with muted labels."""

from __future__ import annotations

from dataclasses import replace

from textual.theme import BUILTIN_THEMES, Theme

_MUTED = ("text-muted", "text-disabled", "foreground-muted")
"""What labels are drawn in. A terminal has no half-bright of its default colour."""
_MUTED_IN_TERMINALS = "ansi_bright_black"


def _mute_labels(theme: Theme, **others: str) -> Theme:
    muted = dict.fromkeys(_MUTED, _MUTED_IN_TERMINALS)
    return replace(theme, variables={**theme.variables, **muted, **others})


def _make_high_contrast(
    name: str, *, ink: str, paper: str, accent: str, muted: str, dark: bool
) -> Theme:
    """Return a theme whose texts all have seven times the light of what is behind them.

    Args:
        name: What the settings call it.
        ink: Text.
        paper: What is behind it.
        accent: Keys, borders with the focus, and what is behind the cursor.
        muted: Labels.
        dark: Whether the paper is dark.
    """
    variables = {
        "text-muted": muted,
        "text-disabled": muted,
        "foreground-muted": muted,
        "text-primary": accent,
        "text-secondary": accent,
        "text-accent": accent,
        "text-warning": accent,
        "text-error": ink,
        "border": accent,
        "border-blurred": ink,
        "block-cursor-background": accent,
        "block-cursor-foreground": paper,
        "block-cursor-blurred-background": muted,
        "block-cursor-blurred-foreground": paper,
        "primary-muted": "#303030" if dark else "#d0d0d0",
        "panel-lighten-2": ink,
        "footer-background": paper,
        "footer-foreground": ink,
        "footer-description-foreground": ink,
        "footer-key-foreground": accent,
        "input-cursor-background": ink,
        "input-cursor-foreground": paper,
        "input-selection-background": accent,
        "input-selection-foreground": paper,
        "scrollbar": ink,
        "scrollbar-background": paper,
        "link-color": accent,
    }
    return Theme(
        name,
        primary=accent,
        secondary=accent,
        warning=accent,
        error=ink,
        success=ink,
        accent=accent,
        foreground=ink,
        background=paper,
        surface=paper,
        panel=paper,
        boost=paper,
        dark=dark,
        text_alpha=1.0,
        variables=variables,
    )


THEMES = (
    _mute_labels(BUILTIN_THEMES["ansi-dark"]),
    # a cursor without the focus is behind dark text
    _mute_labels(BUILTIN_THEMES["ansi-light"], **{"primary-muted": "ansi_white"}),
    _make_high_contrast(
        "high-contrast",
        ink="#ffffff",
        paper="#000000",
        accent="#ffff00",
        muted="#d0d0d0",
        dark=True,
    ),
    _make_high_contrast(
        "high-contrast-light",
        ink="#000000",
        paper="#ffffff",
        accent="#00008b",
        muted="#303030",
        dark=False,
    ),
)
"""They are added to those of Textual; one of the same name takes its place."""


def list_theme_names() -> tuple[str, ...]:
    """Return the names of all themes, in order."""
    return tuple(sorted({*BUILTIN_THEMES, *(theme.name for theme in THEMES)}))
