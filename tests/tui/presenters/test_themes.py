"""High contrast is high, and the terminal's own colours mute what is muted elsewhere."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from hunnan_tui.tui.presenters.themes import THEMES, list_theme_names

_PAIRS = (
    ("foreground", "background"),
    ("text-muted", "background"),
    ("foreground-muted", "surface"),
    ("text-primary", "background"),
    ("text-accent", "panel"),
    ("text-warning", "surface"),
    ("text-error", "surface"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("block-cursor-foreground", "block-cursor-background"),
    ("foreground", "primary-muted"),
    ("text-muted", "primary-muted"),
    ("input-selection-foreground", "input-selection-background"),
    ("border-blurred", "background"),
)
_ENOUGH = 7.0
"""What WCAG asks of text at its highest level."""


def measure_contrast(one: str, other: str) -> float:
    lights = sorted(_measure_light(Color.parse(each)) for each in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _measure_light(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", ["high-contrast", "high-contrast-light"])
def test_every_text_stands_out(name: str) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    colors = theme.to_color_system().generate()
    for text, behind in _PAIRS:
        contrast = measure_contrast(colors[text], colors[behind])
        assert contrast >= _ENOUGH, (text, behind, contrast)


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_labels_are_muted_in_the_colours_of_the_terminal(name: str) -> None:
    theme = next(theme for theme in THEMES if theme.name == name)
    colors = theme.to_color_system().generate()
    assert colors["text-muted"] == colors["foreground-muted"] == "ansi_bright_black"
    assert colors["foreground"] == "ansi_default"


def test_all_themes_have_names() -> None:
    names = list_theme_names()
    assert {*BUILTIN_THEMES, "high-contrast"} <= {*names}
    assert len(set(names)) == len(names)
