"""Draws the screen in ASCII, for terminals that draw other characters wrongly.

The line and block characters of the interface have an "ambiguous" width: a terminal set
up for Chinese may draw them two cells wide, which shifts the rest of the line. A line
filter replaces each with one ASCII character, so that no widget has to know. No sign of
ours becomes a letter: it would be read as part of the text beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
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
    ".": "░·…⋯∙•○◯◦",
    "_": "▁▂▃▾▼↓⏷⌄",
    "=": "═≈",
    ">": "▸▶→»›⟩≥",
    "<": "◂◀←«‹⟨≤",
    "^": "▴▲↑⌃",
    "*": "✓✔●◉★✱∗",
    "&": "✎",
    "@": "◷",
    "~": "✕✖✗",
    "x": "×",  # in data
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
    " ": "\u2800",
}
SIGNS: Final = str.maketrans(
    {sign: form for form, signs in _FORMS.items() for sign in signs}
    | {chr(code): "*" for code in range(0x2801, 0x2900)}  # the dots of a plot
)
"""The ASCII form of each character, one cell wide."""
_CUT: Final = "…"
_FRAMES: Final = frozenset("|" + _FORMS["|"] + _FORMS["+"])
"""What stays where it is beside cut text."""
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


def write_dots(pieces: Sequence[str]) -> list[str]:
    """Return the pieces of a line with three dots where text is cut; its width stays.

    The dots go on into the blanks behind, or stand over the last two cells of the text.
    Blanks of another piece stay: they may be a scroll bar.
    """
    line = "".join(pieces)
    signs = list(line)
    ends = list(accumulate(map(len, pieces)))
    for piece, end in zip(pieces, ends, strict=True):
        for index, sign in enumerate(piece, end - len(piece)):
            if sign == _CUT:
                _write_dots(signs, index, end)
    if measure_width("".join(signs)) != measure_width(line):
        return list(pieces)  # signs that stand together as one
    return [
        "".join(signs[end - len(piece) : end])
        for piece, end in zip(pieces, ends, strict=True)
    ]


def _write_dots(signs: list[str], index: int, end: int) -> None:
    """Write dots where a sign says that text is cut, if there is room before the end."""
    behind = signs[index + 1 : min(end, index + 4)]
    if behind == [" "] * 3 or (behind == [" "] * 2 and index + 3 == len(signs)):
        signs[index : index + 3] = "..."
        return
    before = signs[max(0, index - 2) : index]
    if any(sign in _FRAMES for sign in before[-1:]):
        return
    match [measure_width(sign) for sign in before]:
        case [*_, 2]:
            signs[index - 1 : index + 1] = ("..", ".")
        case [1, 1] if before[0] not in _FRAMES:
            signs[index - 2 : index + 1] = "..."
        case [2, 1]:
            signs[index - 2 : index + 1] = (" .", ".", ".")


class AsciiLines(LineFilter):
    """Replaces the characters of a line by their ASCII forms."""

    def apply(
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002  # Textual passes it by position
    ) -> list[Segment]:
        if any(_CUT in segment.text for segment in segments):
            texts = write_dots([segment.text for segment in segments])
            segments = [
                segment if segment.control else Segment(text, segment.style)
                for segment, text in zip(segments, texts, strict=True)
            ]
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(to_ascii(segment.text), segment.style)
            for segment in segments
        ]
