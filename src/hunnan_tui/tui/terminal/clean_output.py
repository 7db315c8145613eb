"""The last line of defence before the terminal: no control characters pass."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from hunnan_tui.core.text import UNSAFE


class CleanLines(LineFilter):
    """Removes control characters from every line, whichever widget drew it.

    Text is cleaned where it is created (`text.display`); this catches what a library
    decodes later, such as character references in Markdown.
    """

    def apply(  # Textual passes the second argument by position
        self,
        segments: list[Segment],
        background: Color,  # noqa: ARG002
    ) -> list[Segment]:
        return [
            Segment(UNSAFE.sub("", segment.text), segment.style)
            if not segment.control and UNSAFE.search(segment.text)
            else segment
            for segment in segments
        ]
