"""The screen in ASCII signs, for terminals that draw others wrongly or twice as wide.

The signs that the program draws with are of the class "ambiguous": a terminal that is
set up for Chinese may give them two cells, and every line behind one shifts. Each is
exchanged for one sign of ASCII on its way to the terminal, so no widget knows of it.
"""

from __future__ import annotations

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from hunnan_tui.core.cell_width import cell_width

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
"""Each sign's form in ASCII; every one of them takes one cell."""
_AS_EMOJI: Final = "\ufe0f"
"""Behind some of the signs it makes them twice as wide."""
_WIDE: Final = {
    sign + _AS_EMOJI: form.ljust(cell_width(sign + _AS_EMOJI))
    for form, signs in _FORMS.items()
    for sign in signs
}


def ascii_form(text: str) -> str:
    """Return a text with the signs exchanged, as wide as it was."""
    if _AS_EMOJI in text:
        for sign, form in _WIDE.items():
            text = text.replace(sign, form)
    return text.translate(SIGNS)


class AsciiLines(LineFilter):
    """Exchanges the signs of a line for their forms in ASCII."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  # its place in Textual gives it
    ) -> list[Segment]:
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(ascii_form(segment.text), segment.style)
            for segment in segments
        ]
