"""Finds the names of a list that look alike when they are cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hunnan_tui.core.cell_width import cut_middle, find_twins, split_middle

_BLOCK = 32
"""Rows whose names are compared. Blocks are those of the list, not of what is visible: a
name looks the same wherever the list is scrolled to."""
_MOST_BLOCKS = 64
"""Blocks that are cached."""


class NameTwins:
    """Tells which rows need the end of their name to be told from others."""

    def __init__(self, keys: Sequence[str], get_name: Callable[[str], str]) -> None:
        """Take the rows, and what returns the name of one."""
        self._keys, self._get_name = keys, get_name
        self._blocks: dict[tuple[int, int], dict[str, int]] = {}

    def count_shared(self, row: int, width: int) -> int | None:
        """Return how far names nearby that look like that of a row, cut, are the same.

        None if no other looks like it.
        """
        block = row // _BLOCK
        twins = self._blocks.get((block, width))
        if twins is None:
            if len(self._blocks) > _MOST_BLOCKS:
                self._blocks.clear()
            rows = range(block * _BLOCK, min((block + 1) * _BLOCK, len(self._keys)))
            names = (self._get_name(self._keys[row]) for row in rows)
            twins = self._blocks[block, width] = find_twins(names, width)
        return twins.get(self._get_name(self._keys[row])) if twins else None


def cut_twin(
    name: str, width: int, shared: int, spans: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a name without its middle, and where the spans of it are then.

    Args:
        name: The name.
        width: The cells that it has.
        shared: How many characters the names that look like it begin with.
        spans: The spans.
    """
    shown = cut_middle(name, width, shared)
    if shown == name or "…" not in shown[:-1]:
        return shown, tuple(spans)
    head, tail, end = split_middle(name, width, shared)
    shift = tail - head - 1
    moved = []
    for start, stop in spans:
        moved.append((start, min(stop, head)))
        moved.append((max(start, tail) - shift, min(stop, end) - shift))
    return shown, tuple((start, stop) for start, stop in moved if start < stop)
