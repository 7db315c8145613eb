"""The last line of a screen: the keys that work now; a click works too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from hunnan_tui.core.cell_width import measure_width
from hunnan_tui.core.language import _
from hunnan_tui.tui.presenters.commands import describe_binding, list_active_bindings

_LAST = ("app.help", "app.quit", "page.back", "page.help")
"""The keys that stand there whatever has the focus, and go last where room runs out."""


@runtime_checkable
class TeachesKeys(Protocol):
    """A widget that says which keys its reader needs while it has the focus."""

    TAUGHT: ClassVar[Mapping[str, str]]
    """What the footer calls its bindings, by their ids, the most important first.

    Two ids with a blank between them are shown as one: `[ ] Tabs`. A click is the second.
    """


@runtime_checkable
class RestsKeys(Protocol):
    """A screen that says which keys have nothing to act on now."""

    def is_resting(self, id: str) -> bool:
        """Return whether the binding with an id is better not named now."""


class _Key(NamedTuple):
    id: str
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

    def __init__(self) -> None:
        super().__init__()
        self._all_keys: list[_Key] = []
        """Those that would be shown if there was room."""

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
        focused = screen.focused
        taught: Mapping[str, str] = {}
        if isinstance(focused, TeachesKeys):
            taught = focused.TAUGHT
        resting = screen if isinstance(screen, RestsKeys) else None
        known = {name for names in taught for name in names.split()}
        keys: dict[str, _Key] = {}
        for active in list_active_bindings(screen):
            binding = active.binding
            name = binding.id or ""
            if resting is not None and resting.is_resting(name):
                continue
            if name in known or (binding.show and (name in _LAST or not taught)):
                description, tooltip = describe_binding(binding)
                key = _Key(
                    name,
                    binding.key,
                    self.app.get_key_display(binding),
                    description,
                    tooltip,
                    active.enabled,
                )
                keys.setdefault(name or binding.action, key)
        self._all_keys = list(_teach(keys, taught))
        self._drop_keys()

    def on_resize(self) -> None:
        self._drop_keys()

    def _drop_keys(self) -> None:
        """Leave out keys that there is no room for, from the end; help and quit go last."""
        keys, room = list(self._all_keys), self.size.width
        while len(keys) > 1 and sum(map(_measure_key, keys)) > room:
            others = [key for key in keys if key.id not in _LAST]
            keys.remove((others or keys)[-1])
        self._keys = tuple(keys)

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
            x -= _measure_key(key)
            if x < 0:
                return key
        return None


def _teach(keys: dict[str, _Key], taught: Mapping[str, str]) -> Iterator[_Key]:
    """Yield the taught keys as they are taught, then the others, those that stay last."""
    others = dict(keys)
    for names, description in taught.items():
        pair = [others.pop(name) for name in names.split() if name in others]
        if pair:
            display = " ".join(key.display for key in pair)
            yield pair[-1]._replace(display=display, description=_(description))
    yield from sorted(others.values(), key=lambda key: key.id in _LAST)


def _measure_key(key: _Key) -> int:
    return measure_width(f" {key.display} {key.description} ")
