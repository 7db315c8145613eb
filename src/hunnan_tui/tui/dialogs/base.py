"""What the modals share: a titled frame, and a line that tells the keys."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from hunnan_tui.core.text import display_line

_TITLE_LENGTH = 300


class DialogFrame(Vertical):
    """A frame in the middle of the screen with a title in its border."""

    DEFAULT_CSS = """
    DialogFrame {
        width: 72%;
        min-width: 56;
        max-width: 100%;
        height: auto;
        max-height: 100%;
        padding: 0 1;
        border: round $primary;
        border-title-color: $foreground;
        border-title-style: bold;
        border-subtitle-color: $foreground;
        background: $surface;
    }
    """

    def __init__(self, title: str, *children: Widget) -> None:
        super().__init__(*children)
        cut = display_line(title[:_TITLE_LENGTH]).strip()
        self.border_title = Content(cut) if cut else None


class KeyHints(Static):
    """The keys of the screen in words, below what went wrong or needs a word."""

    DEFAULT_CSS = """
    KeyHints {
        height: auto;
        max-height: 6;
        color: $text-muted;
    }
    """

    def __init__(self, *bindings: str) -> None:
        """Tell the keys of the bindings with these ids, in this order."""
        super().__init__(markup=False)
        self.auto_links = False  # looks like text, and can be clicked
        self._binding_ids = bindings
        self._said = ""
        """What stands above the keys."""

    def show_message(self, message: str) -> None:
        """Show a message above the keys; an empty one takes it away."""
        if message != self._said:
            self._said = message
            self._show()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow_bindings)
        self._show()

    def _follow_bindings(self, _screen: Screen[object]) -> None:
        self._show()

    def _show(self) -> None:
        told: dict[str | None, Content] = {}
        for key, (_, binding, is_enabled, _) in self.screen.active_bindings.items():
            if is_enabled and binding.id not in told:
                action = f"screen.{binding.action.removeprefix('screen.')}"
                told[binding.id] = Content.assemble(
                    (_key_name(key), "$foreground"), " ", binding.description
                ).stylize(Style.from_meta({"@click": action}))
        keys = Content(" · ").join(
            [told[each] for each in self._binding_ids if each in told]
        )
        if self._said:
            said = Content.styled(display_line(self._said), "$text-warning")
            keys = Content("\n").join([said, keys])
        self.update(keys)


def _key_name(key: str) -> str:
    return key.replace("escape", "esc")
