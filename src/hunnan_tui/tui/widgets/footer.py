"""The last line of a screen: the keys that work now; a click works too."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from hunnan_tui.core.cell_width import measure_width


class _Key(NamedTuple):
    key: str
    display: str
    description: str
    tooltip: str
    is_enabled: bool


class KeyFooter(Widget):
    """Shows what Textual's `Footer` shows, as one line of text.

    A `Footer` makes a widget for each key whenever the focus moves, which took longer
    than drawing the rest of the screen.
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
        self.screen.bindings_updated_signal.subscribe(self, self._follow_bindings)

    def render(self) -> Content:
        return Content.assemble(*(self._format_key(key) for key in self._keys))

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

    def _follow_bindings(self, screen: Screen[Any]) -> None:
        if not self.app.app_focus:
            return
        keys: dict[str, _Key] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show:
                key = _Key(
                    binding.key,
                    self.app.get_key_display(binding),
                    binding.description,
                    active.tooltip,
                    active.enabled,
                )
                keys.setdefault(binding.action, key)
        self._keys = tuple(keys.values())

    def _format_key(self, key: _Key) -> Content:
        style = "" if key.is_enabled else "dim"
        if key == self._hovered:
            style += " on $block-hover-background"
        return Content.assemble(
            (f" {key.display} ", f"bold $footer-key-foreground {style}"),
            (f"{key.description} ", f"$footer-description-foreground {style}"),
        )

    def _key_at(self, x: int) -> _Key | None:
        for key in self._keys:
            x -= measure_width(f" {key.display} {key.description} ")
            if x < 0:
                return key
        return None
