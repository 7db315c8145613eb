"""Bars drawn with text, limited to characters that have an ASCII form."""

from __future__ import annotations


def draw_bar(share: float, width: int) -> str:
    """Return a bar for a share of a width, in half cells; never empty for a share above 0.

    Args:
        share: From 0 to 1; more fills the width.
        width: Cells.
    """
    halves = round(2 * min(share, 1) * max(0, width))
    drawn = "█" * (halves // 2) + "▌" * (halves % 2)
    return drawn or ("▏" if share > 0 and width > 0 else "")


def format_percent(share: float) -> str:
    """Return a share as people read it: `17.5 %`, `2 %`; `<0.1 %` for very little."""
    if 0 < share < 0.001:
        return "<0.1 %"
    text = f"{share * 100:.1f}".removesuffix(".0")
    return f"{text} %"
