"""The last door before the terminal: what must not pass although all else has failed."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from hunnan_tui.core.text import UNSAFE


class CleanLines(LineFilter):
    """Removes what a terminal could obey from every line, whatever widget drew it.

    Text is cleaned where it is made (`text.display`); this catches what a library
    decodes later, such as character references in Markdown.
    """

    def apply(  # its place in Textual gives the second argument
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
