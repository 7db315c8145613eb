"""How the panes of the main screen share its width; all widths are in cells."""

# no annotations from __future__: a named tuple would compile each of them at the start
from typing import Final, NamedTuple

_USUAL_FACETS: Final = 33
"""Cells that show the industries of the packaged dataset as a whole."""
_USUAL_DIGITS: Final = 2
_LEAST_FACETS: Final = 16
_LEAST_LIST: Final = 24
_LEAST_DETAIL: Final = 20
WHOLE: Final = 1_000
"""What the list and the detail share, in the unit of `PaneWidths.detail`."""


def measure_facets(projects: int) -> int:
    """Return the usual width of the facets: their counts get longer, not their names."""
    return _USUAL_FACETS + max(0, len(f"{projects:,}") - _USUAL_DIGITS)


class PaneWidths(NamedTuple):
    """The widths that the reader has set; 0 for the usual ones."""

    facets: int = 0
    """Cells of the facets, with their border."""
    detail: int = 0
    """The share of the detail, in thousandths of what it and the list have."""

    def fit_facets(self, total: int, *, is_above: bool) -> int:
        """Return the width of the facets.

        Args:
            total: The width of all panes.
            is_above: Whether the facets cover the other panes instead of joining them.
        """
        return _limit_facets(self.facets, total, is_above=is_above)

    def fit_detail(self, room: int) -> int:
        """Return the width of the detail, where it and the list have so many cells."""
        return _limit_detail(round(room * self.detail / WHOLE), room)

    def with_facets(self, cells: int, total: int, *, is_above: bool) -> "PaneWidths":
        """Return the widths with so many cells of a screen for the facets."""
        return self._replace(facets=_limit_facets(cells, total, is_above=is_above))

    def with_detail(self, cells: int, room: int) -> "PaneWidths":
        """Return the widths with so many cells of a room for the detail."""
        share = round(_limit_detail(cells, room) * WHOLE / max(room, 1))
        return self._replace(detail=min(max(share, 1), WHOLE - 1))


def _limit_facets(cells: int, total: int, *, is_above: bool) -> int:
    most = total if is_above else total - _LEAST_LIST - _LEAST_DETAIL
    return max(_LEAST_FACETS, min(cells, most))


def _limit_detail(cells: int, room: int) -> int:
    return max(min(cells, room - _LEAST_LIST), min(_LEAST_DETAIL, room // 2))
