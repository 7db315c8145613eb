"""Draws what lies over other widgets without breaks at their edges.

Textual divides each line of a widget at the edges of all widgets on that line, also of
those beneath it. A character of two cells that such an edge runs through becomes two
blanks: words of a toast or of a list over the panes lost characters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

_Spans = tuple[tuple[int, int], ...]
"""Where each widget on a line begins and ends, the uppermost first."""


def keep_characters_whole(screen: Screen[Any]) -> None:
    """Let a screen that is new draw with `WholeCompositor`."""
    screen._compositor = WholeCompositor()  # noqa: SLF001 - there is no public way


class WholeCompositor(Compositor):
    """Divides lines only where another widget is to be seen."""

    @property
    def cuts(self) -> list[list[int]]:
        """Return, for each line, the cells at which what is to be seen may change."""
        if self._cuts is None:
            width, height = self.size
            spans: list[list[tuple[int, int]]] = [[] for _ in range(height)]
            for region, clip in self.visible_widgets.values():
                x, y, shown_width, shown_height = region.intersection(clip)
                if shown_width and shown_height:
                    for line in spans[y : y + shown_height]:
                        line.append((x, x + shown_width))
            found = {line: _find_cuts(line, width) for line in set(map(tuple, spans))}
            self._cuts = [list(found[tuple(line)]) for line in spans]
        return self._cuts

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        if update is not None:  # no part is drawn up to the middle of a character
            update.spans = [
                (
                    y,
                    x1,
                    min((end for end in update.chop_ends[y] if end >= x2), default=x2),
                )
                for y, x1, x2 in update.spans
            ]
        return update

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(c[:-1]) for c in cuts]
        for region, clip, strips in self._get_renders(crop):
            shown = region.intersection(clip)
            first, last = shown.column_span
            for y, strip in zip(shown.line_range, strips, strict=False):
                if not is_rendered_line(y):
                    continue
                inner = [cut for cut in cuts[y] if first < cut <= last]
                parts = strip.divide([cut - first for cut in inner])
                line = chops[y]
                # an edge of its own that is no cut lies under another widget
                for start, part in zip((first, *inner), parts, strict=False):
                    if start in line and line[start] is None:
                        line[start] = part
        return cast("Sequence[Mapping[int, Strip]]", chops)


def _find_cuts(spans: _Spans, width: int) -> list[int]:
    """Return the edges at which one widget ends or begins to be the uppermost."""
    edges = {edge for span in spans for edge in span}
    inner = (edge for edge in edges if _changes_top(spans, edge - 1, edge))
    return sorted({0, *inner, width})


def _changes_top(spans: _Spans, before: int, behind: int) -> bool:
    """Return whether another widget is on top in one of two cells than in the other."""
    for start, end in spans:
        holds_before, holds_behind = start <= before < end, start <= behind < end
        if holds_before or holds_behind:
            return holds_before != holds_behind
    return False
