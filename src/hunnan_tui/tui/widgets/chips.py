"""What stands beside the words of the filter bar, in the room that they leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from hunnan_tui.core.text import display_line

Chip = tuple[tuple[str, str], str]
"""What a chip stands for, and its label."""

_MOST = 24
"""Chips that are shown; of more it is told how many they are."""
_LABEL = 24
"""Columns of a chip's label."""
_GAP = "  "
_LEAST = 24
"""Columns of a word below which it is not read."""


class Chips(Static):
    """What else narrows the list; a click takes a chip away."""

    @dataclass
    class Clicked(Message):
        """A chip was clicked."""

        index: int

    def action_remove_chip(self, index: int) -> None:
        self.post_message(self.Clicked(index))


def arrange(
    chips: Sequence[Chip], word: Content | None, room: int, width: int, *, needed: bool
) -> tuple[Content, bool]:
    """Return what is shown, and whether it stands below what is typed.

    Chips come first, then the word, in what is left of the line. It is never taken from
    what is typed: what is needed and finds no room goes below.

    Args:
        chips: What else narrows the list.
        word: A word on what is typed.
        room: Columns that are left beside what is typed.
        width: Columns of a line below it.
        needed: Whether the word must be read; else it is left out where it has no room.
    """
    shown = [_chip(index, label) for index, (_, label) in enumerate(chips[:_MOST])]
    if len(chips) > _MOST:
        shown.append(Content(f"{len(chips) - _MOST:,} more"))
    room -= sum(each.cell_length + len(_GAP) for each in shown)
    least = min(word.cell_length, _LEAST) if word else 0
    if (shown and room < 0) or (needed and room < least):
        return Content("\n").join(
            _lines([*([word] if word else []), *shown], width)
        ), True
    if word and room >= least:
        shown.insert(0, word.truncate(room, ellipsis=True))
    return Content(_GAP).join(shown), False


def _lines(parts: Sequence[Content], width: int) -> Iterator[Content]:
    """Yield parts in lines, each part whole if it is no longer than a line."""
    line = parts[0]
    for part in parts[1:]:
        if line.cell_length + len(_GAP) + part.cell_length > width:
            yield line
            line = part
        else:
            line = Content(_GAP).join([line, part])
    yield line


def _chip(index: int, label: str) -> Content:
    name = Content(display_line(label)).truncate(_LABEL, ellipsis=True)
    chip = Content.assemble("✕ ", name).stylize("bold $text-primary")
    return chip.stylize(Style.from_meta({"@click": f"remove_chip({index})"}))
