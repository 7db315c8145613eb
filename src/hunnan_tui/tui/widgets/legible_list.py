"""A list whose row under the cursor can be read in every theme."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class LegibleList(OptionList):
    """A list whose row under the cursor is legible in every theme."""

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        """Return the lines of a row; under the cursor all is in the cursor's colour.

        A colour that is muted on the background of the list is not legible on that of
        the cursor.
        """
        strips = super()._get_option_render(option, style)
        if option is not self.highlighted_option:
            return strips
        return [recolour(strip, style.rich_style) for strip in strips]


def recolour(strip: Strip, style: RichStyle) -> Strip:
    """Return a line with all of its text in the colour of a style."""
    colour = RichStyle(color=style.color)
    return Strip(
        [
            Segment(segment.text, (segment.style or RichStyle()) + colour)
            for segment in strip
        ],
        strip.cell_length,
    )
