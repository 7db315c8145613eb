"""What the dialogs share: closing once, a titled frame, a list, and a line of key hints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.commands import describe_binding
from hunnan_tui.tui.presenters.key_names import display_key
from hunnan_tui.tui.terminal.whole_characters import keep_characters_whole
from hunnan_tui.tui.widgets.legible_list import LegibleList

_R = TypeVar("_R")

_TITLE_LENGTH = 300


class Dialog(ModalScreen[_R]):
    """A modal screen with a frame at its top, below the line of the dataset.

    The line that one types into stays where it is when the frame grows: an input method
    opens its window there.
    """

    DEFAULT_CSS = "Dialog { align: center top; }"

    def __init__(self) -> None:
        super().__init__()
        keep_characters_whole(self)

    def close(self, result: _R) -> None:
        """Leave with a result; without effect when another key has closed it before."""
        if self.is_current:
            self.dismiss(result)


class DialogFrame(Vertical):
    """The frame of a dialog, with a title in its border."""

    DEFAULT_CSS = """
    DialogFrame {
        /* no padding of the screen: it would move the picture of what is below */
        margin-top: 1;
        width: 90%;
        max-width: 100;
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


class DialogList(LegibleList, can_focus=False):
    """The list of a dialog; the keys that move its cursor belong to the screen."""

    DEFAULT_CSS = """
    DialogList {
        margin-bottom: 1;
        padding: 0;
        border: none;
        background: $surface;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0; }
        & > .option-list--option-highlighted {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: $block-cursor-text-style;
        }
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)


_BETWEEN = " · "


class KeyHints(Static):
    """The keys of the dialog in one line; above them a message, if there is one."""

    DEFAULT_CSS = """
    KeyHints {
        height: auto;
        max-height: 6;
        color: $text-muted;
    }
    """

    def __init__(self, *bindings: str) -> None:
        """Show the keys of the bindings with these ids, in this order."""
        super().__init__(markup=False)
        self.auto_links = False  # clickable, without the look of a link
        self._binding_ids = bindings
        self._message = ""
        self._width = 0

    def show_message(self, message: str) -> None:
        """Show a message above the keys; an empty one removes it."""
        if message != self._message:
            self._message = message
            self._show()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._follow_bindings)
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width != self._width:
            self._width = event.size.width
            self._show()

    def _follow_bindings(self, _screen: Screen[object]) -> None:
        self._show()

    def _show(self) -> None:
        hints: dict[str | None, Content] = {}
        for key, (_, binding, is_enabled, _) in self.screen.active_bindings.items():
            if is_enabled and binding.id not in hints:
                action = f"screen.{binding.action.removeprefix('screen.')}"
                hints[binding.id] = Content.assemble(
                    (display_key(key), "bold $foreground"),
                    " ",
                    describe_binding(binding)[0],
                ).stylize(Style.from_meta({"@click": action}))
        shown = [hints[name] for name in self._binding_ids if name in hints]
        keys = Content("\n").join(_fill_lines(shown, self._width))
        if self._message:
            message = Content.styled(display_line(self._message), "$text-warning")
            keys = Content("\n").join([message, keys])
        self.update(keys)


def _fill_lines(hints: Sequence[Content], width: int) -> list[Content]:
    """Return hints in as few lines as they need; none is cut in its middle.

    Args:
        hints: A key and what it does, each.
        width: Cells of a line; 0 for one line.
    """
    lines: list[list[Content]] = []
    room = 0
    for hint in hints:
        needed = hint.cell_length + len(_BETWEEN)
        if lines and (not width or needed <= room):
            lines[-1].append(hint)
            room -= needed
        else:
            lines.append([hint])
            room = width - hint.cell_length
    return [Content(_BETWEEN).join(line) for line in lines]
