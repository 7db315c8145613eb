"""The last line of a screen: the keys that do something now; a click does it too."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from hunnan_tui.core.cell_width import cell_width


class _Key(NamedTuple):
    key: str
    shown: str
    does: str
    tooltip: str
    is_enabled: bool


class KeyFooter(Widget):
    """What Textual's `Footer` shows, as one line of text.

    A footer makes a widget of each key, all anew whenever the focus moves: that took
    longer than to draw the rest of the screen.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyFooter {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        color: $footer-foreground;
        background: $footer-background;
    }
    """
    _keys: reactive[tuple[_Key, ...]] = reactive(())
    _hovered: reactive[_Key | None] = reactive(None)

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def render(self) -> Content:
        return Content.assemble(*(self._drawn(each) for each in self._keys))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._hovered = self._key_at(event.x)

    def on_leave(self) -> None:
        self._hovered = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        key = self._key_at(event.x)
        if key is None:
            return
        if key.is_enabled:
            self.app.simulate_key(key.key)
        else:
            self.app.bell()

    def watch__hovered(self, hovered: _Key | None) -> None:
        self.tooltip = hovered.tooltip if hovered and hovered.tooltip else None
        self.styles.pointer = "pointer" if hovered else "default"

    def _follow(self, screen: Screen[Any]) -> None:
        if not self.app.app_focus:
            return
        keys: dict[str, _Key] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show:
                shown = self.app.get_key_display(binding)
                said = binding.description
                key = _Key(binding.key, shown, said, active.tooltip, active.enabled)
                keys.setdefault(binding.action, key)
        self._keys = tuple(keys.values())

    def _drawn(self, key: _Key) -> Content:
        style = "" if key.is_enabled else "dim"
        if key == self._hovered:
            style += " on $block-hover-background"
        return Content.assemble(
            (f" {key.shown} ", f"bold $footer-key-foreground {style}"),
            (f"{key.does} ", f"$footer-description-foreground {style}"),
        )

    def _key_at(self, x: int) -> _Key | None:
        for key in self._keys:
            x -= cell_width(f" {key.shown} {key.does} ")
            if x < 0:
                return key
        return None
