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
