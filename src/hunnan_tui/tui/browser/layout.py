"""The commands that share the width of the screen among the panes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.presenters.pane_widths import PaneWidths

_STEP = 4
"""Cells that a pane gets or gives with a key."""


class Layout:
    """Changes the widths of the panes."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.handlers: Mapping[str, Handler] = {
            "pane.wider": partial(self._resize, _STEP),
            "pane.narrower": partial(self._resize, -_STEP),
            "pane.usual": partial(browser.set_widths, PaneWidths()),
        }

    def _resize(self, by: int) -> None:
        """Make the focused pane wider, or narrower by a number below 0."""
        panes = self._browser.panes
        focused = self._browser.screen.focused
        pane = focused if focused in (panes.facets, panes.detail) else panes.list
        widths = panes.row.resize_pane(pane, by)
        if widths is None:
            self._browser.notify(_("There is one pane: nothing shares its width"))
        else:
            self._browser.set_widths(widths)
