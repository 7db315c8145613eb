"""The chips and the message beside the text of the filter bar, in the room it leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widgets import Static

from hunnan_tui.core.cell_width import cut, cut_middle, find_twins
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line

Chip = tuple[tuple[str, str], str]
"""The facet and the value that a chip stands for, and its label."""

_MAX_CHIPS = 24
"""Chips that are shown; the others are counted."""
_LABEL_WIDTH = 24
"""Cells of a chip's label where room is short."""
_LONGEST_LABEL = 40
"""Cells of it where there is room."""
_GAP = "  "
_MIN_MESSAGE_WIDTH = 24
"""Cells below which a message that is cut off says nothing."""


class Chips(Static):
    """The filters beside the text; a click on a chip removes it."""

    @dataclass
    class Clicked(Message):
        """A chip was clicked."""

        index: int

    def action_remove_chip(self, index: int) -> None:
        self.post_message(self.Clicked(index))


def arrange_beside_text(
    chips: Sequence[Chip],
    message: Content | None,
    room: int,
    width: int,
    *,
    is_required: bool,
) -> tuple[Content, bool]:
    """Lay out the message and the chips; the typed text keeps its room.

    Args:
        chips: The filters beside the text.
        message: A message about what is typed.
        room: Cells left beside the typed text.
        width: Cells of a line below it.
        is_required: Whether the message must be shown; else it is dropped without room.

    Returns:
        What is shown, and whether it goes below the typed text.
    """
    labels = [display_line(label) for _, label in chips[:_MAX_CHIPS]]
    shown = _format_chips(labels, _LONGEST_LABEL)
    if sum(item.cell_length + len(_GAP) for item in shown) > room:
        shown = _format_chips(labels, _LABEL_WIDTH)
    if len(chips) > _MAX_CHIPS:
        shown.append(
            Content(_("{count} more").format(count=f"{len(chips) - _MAX_CHIPS:,}"))
        )
    room -= sum(item.cell_length + len(_GAP) for item in shown)
    min_room = min(message.cell_length, _MIN_MESSAGE_WIDTH) if message else 0
    if (shown and room < 0) or (is_required and room < min_room):
        return Content("\n").join(
            _wrap_items([*([message] if message else []), *shown], width)
        ), True
    if message and room >= min_room:
        shown.insert(0, message.truncate(room, ellipsis=True))
    return Content(_GAP).join(shown), False


def _wrap_items(items: Sequence[Content], width: int) -> Iterator[Content]:
    """Yield lines of items; an item is never split."""
    line = items[0]
    for item in items[1:]:
        if line.cell_length + len(_GAP) + item.cell_length > width:
            yield line
            line = item
        else:
            line = Content(_GAP).join([line, item])
    yield line


def _format_chips(labels: Sequence[str], width: int) -> list[Content]:
    """Return the chips, with so many cells for each label."""
    twins = find_twins(labels, width)
    return [
        _format_chip(index, label, width, twins.get(label))
        for index, label in enumerate(labels)
    ]


def _format_chip(index: int, label: str, width: int, shared: int | None) -> Content:
    """Return a chip; `shared` is how far labels that look like it are the same."""
    name = cut(label, width)
    if shared is not None:
        name = cut_middle(label, width, shared)
    chip = Content.assemble("✕ ", name).stylize("bold $text-primary")
    return chip.stylize(Style.from_meta({"@click": f"remove_chip({index})"}))
