"""Draws the screen in ASCII, for terminals that draw other characters wrongly.

The line and block characters of the interface have an "ambiguous" width: a terminal set
up for Chinese may draw them two cells wide, which shifts the rest of the line. A line
filter replaces each with one ASCII character, so that no widget has to know.
"""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from hunnan_tui.core.cell_width import measure_width

_FORMS: Final = {
    "-": "─━╌╍┄┅–—▔‐−",
    "|": "│┃╎┆┊▎▍▏▕║",
    "+": "┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛╋┣┫┳┻╔╗╚╝",
    "#": "█▇▆▅▌▐▊▉▋■▓▛▜▙▟▄▀",
    ":": "▒",
    ".": "░·…⋯∙•",
    "_": "▁▂▃",
    "=": "═≈",
    ">": "▸▶→»›⟩≥",
    "<": "◂◀←«‹⟨≤",
    "v": "▾▼↓⏷⌄",
    "^": "▴▲↑⌃",
    "*": "●◉★✱∗",
    "o": "○◯◦",
    "x": "✕✖×✗",
    "y": "✓✔",
    "n": "✎",
    "\\": "⏎",
    '"': "“”„",
    "'": "‘’",
    "1": "¹①",
    "2": "²②",
    "3": "³③",
    "4": "⁴④",
    "5": "⁵⑤",
    "6": "⁶⑥",
    "7": "⁷⑦",
    "8": "⁸⑧",
    "9": "⁹⑨",
    "0": "⁰",
}
SIGNS: Final = str.maketrans(
    {sign: form for form, signs in _FORMS.items() for sign in signs}
)
"""The ASCII form of each character, one cell wide."""
_AS_EMOJI: Final = "\ufe0f"
"""A variation selector: it makes the character before it two cells wide."""
_WIDE: Final = {
    sign + _AS_EMOJI: form.ljust(measure_width(sign + _AS_EMOJI))
    for form, signs in _FORMS.items()
    for sign in signs
}


def to_ascii(text: str) -> str:
    """Replace the characters of a text; its width stays the same."""
    if _AS_EMOJI in text:
        while _AS_EMOJI * 2 in text:  # a second one would change the ASCII form
            text = text.replace(_AS_EMOJI * 2, _AS_EMOJI)
        for sign, form in _WIDE.items():
            text = text.replace(sign, form)
    return text.translate(SIGNS)


class AsciiLines(LineFilter):
    """Replaces the characters of a line by their ASCII forms."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  # Textual passes it by position
    ) -> list[Segment]:
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(to_ascii(segment.text), segment.style)
            for segment in segments
        ]
