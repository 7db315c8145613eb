"""The panes side by side, in the widths that their reader gives them."""

from __future__ import annotations

from itertools import pairwise

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from hunnan_tui.tui.presenters.pane_widths import PaneWidths, measure_facets


class PaneRow(Horizontal):
    """Three panes; the borders between them can be dragged."""

    class WidthsChanged(Message):
        """The reader wants other widths."""

        def __init__(self, widths: PaneWidths) -> None:
            super().__init__()
            self.widths = widths

    def __init__(
        self, facets: Widget, projects: Widget, detail: Widget, *, id: str | None = None
    ) -> None:
        super().__init__(facets, projects, detail, id=id)
        self._facets, self._projects, self._detail = facets, projects, detail
        self._widths = PaneWidths()
        self._least_facets = 0
        self._dragged: Widget | None = None

    def show(self, widths: PaneWidths, projects: int) -> None:
        """Give the panes other widths.

        Args:
            widths: Those that the reader has set.
            projects: How many projects the facets count.
        """
        self._widths, self._least_facets = widths, measure_facets(projects)
        self._set_widths()

    def resize_pane(self, pane: Widget, by: int) -> PaneWidths | None:
        """Return the widths after a pane gets wider; None where it has no neighbour.

        Args:
            pane: One of the panes; the room is that of its neighbour on the right, of
                the detail that of the list.
            by: The cells that it gets; fewer than 0 for those that it gives.
        """
        if pane is self._facets:
            return self._resize_facets(pane.outer_size.width + by)
        if not (self._projects.display and self._detail.display):
            return None
        cells = self._detail.outer_size.width
        cells += by if pane is self._detail else -by
        return self._widths.with_detail(cells, self._room)

    def on_resize(self) -> None:
        self._set_widths()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged = self._find_pane(event.screen_x, event.screen_y)
        if self._dragged is not None:
            event.stop()
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged is None:
            return
        event.stop()
        right = event.screen_x + 1 - self._dragged.region.x
        widths = self.resize_pane(self._dragged, right - self._dragged.outer_size.width)
        if widths is not None and widths != self._widths:
            self.post_message(self.WidthsChanged(widths))

    def on_mouse_up(self) -> None:
        if self._dragged is not None:
            self._dragged = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        pane = self._find_pane(event.screen_x, event.screen_y)
        if pane is not None and event.chain == 2:
            event.stop()
            name = "facets" if pane is self._facets else "detail"
            self.post_message(self.WidthsChanged(self._widths._replace(**{name: 0})))

    @property
    def _is_above(self) -> bool:
        """Whether the facets cover the other panes."""
        return self._facets.layer == "above"

    @property
    def _width(self) -> int:
        return self.size.width or self.app.size.width

    @property
    def _room(self) -> int:
        """What the list and the detail have."""
        is_beside = self._facets.display and not self._is_above
        facets = self._facets.outer_size.width if is_beside else 0
        return self._width - facets

    def _resize_facets(self, cells: int) -> PaneWidths:
        return self._widths.with_facets(cells, self._width, is_above=self._is_above)

    def _set_widths(self) -> None:
        """Set the widths; those of the style sheet where the reader has set none."""
        widths, room = self._widths, self._room
        facets = projects = detail = None
        if widths.facets:
            facets = widths.fit_facets(self._width, is_above=self._is_above)
            if self._facets.display and not self._is_above:
                room = self._width - facets
        if widths.detail:
            cells = widths.fit_detail(room)
            # shares, so that one alone has all
            projects, detail = f"{max(1, room - cells)}fr", f"{max(1, cells)}fr"
        self._facets.styles.width = facets
        self._facets.styles.min_width = None if facets else self._least_facets
        self._projects.styles.width = projects
        self._detail.styles.width = detail

    def _find_pane(self, x: int, y: int) -> Widget | None:
        """Return the pane whose right border is at a place of the screen."""
        shown = [pane for pane in self.displayed_children if pane.region]
        if self._is_above and self._facets in shown:
            shown.remove(self._facets)
            region = self._facets.region
            if region.contains(x, y):  # it hides the borders below it
                return self._facets if x == region.right - 1 else None
        for pane, after in pairwise(shown):
            if x in (pane.region.right - 1, after.region.x):
                return pane
        return None
