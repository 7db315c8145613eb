"""The commands that move between the panes, and one step back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.base import Browser, Handler

_SCROLLED = 3
"""Lines that the detail is scrolled by."""


class Navigation:
    """Moves the focus, and says by classes of the screen which panes it shows.

    `-facets`, `-detail`: the pane that a narrow screen shows. `-reading`: the detail was
    opened from the list, and has a narrow screen to itself. `-zoom`: one pane at any width.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        panes = browser.panes
        self._panes = (panes.facets, panes.list, panes.detail)
        self.handlers: Mapping[str, Handler] = {
            "pane.industries": partial(self.focus_pane, 0),
            "pane.projects": partial(self.focus_pane, 1),
            "pane.detail": partial(self.focus_pane, 2),
            "pane.left": partial(self.step, -1),
            "pane.right": partial(self.step, 1),
            "pane.zoom": self.zoom,
            "detail.scroll-down": partial(panes.detail.scroll_lines, _SCROLLED),
            "detail.scroll-up": partial(panes.detail.scroll_lines, -_SCROLLED),
            "detail.previous-tab": partial(panes.detail.cycle_tab, -1),
            "detail.next-tab": partial(panes.detail.cycle_tab, 1),
            "detail.previous": partial(panes.list.action_move, -1),
            "detail.next": partial(panes.list.action_move, 1),
            "app.back": self.go_back,
            "app.help": self.show_help,
        }

    def focus_pane(self, index: int) -> None:
        """Give a pane the focus: 0 the facets, 1 the list, 2 the detail."""
        screen = self._browser.screen
        pane = self._panes[index]
        if pane.has_class("-empty"):
            text = _("There is nothing to choose by: no industries, stages or sources")
            self._browser.notify(text)
            return
        screen.set_class(pane is self._browser.panes.facets, "-facets")
        screen.set_class(pane is self._browser.panes.detail, "-detail")
        if pane is not self._browser.panes.detail:
            screen.remove_class("-reading")
        pane.focus()

    def step(self, by: int) -> None:
        """Give the focus to the pane on the left (-1) or on the right (1)."""
        focused = self._browser.screen.focused
        index = self._panes.index(focused) if focused in self._panes else 1
        self.focus_pane(max(0, min(index + by, len(self._panes) - 1)))

    def open_detail(self) -> None:
        """Give the detail the focus, and a narrow screen."""
        self._browser.screen.add_class("-detail", "-reading")
        self._browser.panes.detail.focus()

    def uncover(self) -> None:
        """Take the facets away from a pane that got the focus by tab or the mouse."""
        panes, screen = self._browser.panes, self._browser.screen
        if screen.focused in (panes.list, panes.detail):
            screen.remove_class("-facets")

    def close_facets(self) -> None:
        """Go to the list if the facets cover it."""
        if self._browser.screen.has_class("-facets") and self._is_covered():
            self.focus_pane(1)

    def _is_covered(self) -> bool:
        """Return whether the facets lie over the other panes."""
        screen = self._browser.screen
        return any(screen.has_class(name) for name in ("-narrow", "-tiny", "-zoom"))

    def zoom(self) -> None:
        """Show the pane alone, or all of them again."""
        screen = self._browser.screen
        if screen.has_class("-reading") and self._is_covered():
            screen.remove_class("-reading", "-zoom")  # it is alone already
        else:
            screen.toggle_class("-zoom")

    def go_back(self) -> None:
        """Go one step back: pane, marks, filter, choice; never out of the app."""
        browser, screen, panes = (
            self._browser,
            self._browser.screen,
            self._browser.panes,
        )
        shown = ("-facets", "-zoom", "-detail", "-reading")
        if any(screen.has_class(name) for name in shown):
            screen.remove_class(*shown)
            panes.list.focus()
        elif screen.focused is not panes.list:
            panes.list.focus()
        elif self._browser.pages.go_back():
            pass
        elif panes.list.is_marking:
            panes.list.unmark()
            panes.draw_counts()
        elif panes.bar.text or browser.query.text:
            browser.ask("")
        elif browser.choice:
            browser.choose(frozenset())

    async def show_help(self) -> None:
        """Show the keys that work here, and run what is chosen."""
        from hunnan_tui.tui.dialogs.help import show_key_help

        await show_key_help(self._browser.screen)
