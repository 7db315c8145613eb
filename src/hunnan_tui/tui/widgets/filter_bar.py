"""The filter bar: one line of words, and beside it what else narrows the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Region
from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from hunnan_tui.core.text import UNSAFE
from hunnan_tui.tui.widgets.chips import Chip, Chips, arrange
from hunnan_tui.tui.widgets.text_field import TextField

DEBOUNCE = 0.08
"""Seconds without a key after which a list follows that takes long to find."""
MAX_LENGTH = 2_000
"""Characters that the bar takes."""

_AROUND = 4
"""Columns of the bar that are not for text: slash, cursor and a blank."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What one key puts in the place of what is being typed."""

    text: str
    """What it was made for; when more has been typed it no longer holds."""
    insert: str
    start: int
    end: int


class FilterInput(TextField):
    """The line that is typed in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Go to the list", show=False, id="filter.list"),
        Binding("escape", "leave", "Leave the filter", show=False, id="filter.leave"),
        Binding("down", "older(-1)", "Newer filter", show=False, id="filter.newer"),
        Binding("up", "older(1)", "Older filter", show=False, id="filter.older"),
        Binding("tab", "complete", "Complete", show=False, id="filter.complete"),
    ]

    @dataclass
    class Left(Message):
        """The reader goes back to the list."""

    @dataclass
    class ExamplesRequested(Message):
        """A question mark in the empty line."""

    def __init__(self, text: str, history: Sequence[str] = ()) -> None:
        super().__init__(
            text,
            placeholder="type to filter: name, party, place, tag, note; ? examples",
            select_on_focus=False,
            max_length=MAX_LENGTH,
            compact=True,
        )
        self.completion: Completion | None = None
        self.history = list(history)
        self._place = 0
        self._typed = ""
        """What stood in the line before the history was looked through."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        # one line high and as wide as the bar leaves it: a letter moves nothing
        del layout
        return super().refresh(*regions, repaint=repaint, recompose=recompose)

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_older(self, by: int) -> None:
        """Go through what was typed before; the newest entry is what is being typed."""
        index = self._place + by
        if index < 0 or index > len(self.history):
            return
        if self._place == 0:
            self._typed = self.value
        self._place = index
        self.value = self.history[-index] if index else self._typed
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Take what is offered; without an offer the key goes on to the next pane."""
        offer, self.completion = self.completion, None
        if offer is None or offer.text != self.value:
            self.screen.focus_next()
            return
        self.value = self.value[: offer.start] + offer.insert + self.value[offer.end :]
        self.cursor_position = offer.start + len(offer.insert)

    def remember(self) -> str:
        """Keep what stands in the line for the history; return it if it is new there."""
        self._place = 0
        text = self.value.strip()
        if text and self.history[-1:] != [text]:
            self.history.append(text)
            return text
        return ""

    async def on_key(self, event: events.Key) -> None:
        if event.character in ("?", "？") and not self.value:
            event.prevent_default()
            event.stop()
            self.post_message(self.ExamplesRequested())

    def on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def action_paste(self) -> None:
        self._take(self.app.clipboard)

    def _take(self, pasted: str) -> None:
        room = max(0, MAX_LENGTH - len(self.value) + len(self.selected_text))
        clean = UNSAFE.sub("", " ".join(pasted[:MAX_LENGTH].split()))[:room]
        self.replace(clean, *self.selection)


class FilterBar(Horizontal):
    """The input, and at its right end chips or what is wrong with the words."""

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        padding: 0 1;
        & > #slash { width: 2; color: $text-muted; }
        & > FilterInput { width: 1fr; height: 1; background: transparent; }
        & > #chips { width: auto; height: 1; padding-left: 1;
                     text-wrap: nowrap; text-overflow: ellipsis; }
        &.-tall {
            layout: grid; grid-size: 2; grid-columns: 2 1fr; grid-rows: 1 auto;
            height: auto;
            & > #chips { column-span: 2; width: 1fr; height: auto; text-wrap: wrap;
                         padding-left: 2; }
        }
        &:focus-within { background: $boost; }
        &:focus-within > #slash { color: $text-primary; text-style: bold; }
    }
    """

    @dataclass
    class Changed(Message):
        """Other words than before."""

        text: str

    @dataclass
    class Submitted(Message):
        """Enter: the reader goes to the list."""

    @dataclass
    class Left(Message):
        """Escape: the reader goes to the list; the words stay."""

    @dataclass
    class Remembered(Message):
        """Words were taken that are new in the history."""

        text: str

    @dataclass
    class ChipRemoved(Message):
        """A chip was clicked away."""

        id: tuple[str, str]

    _input = query_one(FilterInput)
    _chips = query_one(Chips)

    def __init__(
        self, text: str = "", *, history: Sequence[str] = (), debounce: float = 0
    ) -> None:
        """Begin with words, and with those that were typed before, the newest last."""
        super().__init__()
        self._start, self._history = text, history
        self._reported = text
        self.debounce = debounce
        """Seconds without a key after which it tells of a change; 0: at once."""
        self._timer: Timer | None = None
        self._removable: list[Chip] = []
        self._word: Content | None = None
        self._is_needed = False
        self._arranged = (Content(), False)
        """What stands beside the words, and whether it stands below them."""

    def compose(self) -> ComposeResult:
        yield Static("/", id="slash", markup=False)
        yield FilterInput(self._start, self._history)
        yield Chips(id="chips", markup=False)

    def on_mount(self) -> None:
        self.watch(self._input, "value", self._follow_typing, init=False)

    @property
    def text(self) -> str:
        """The words in the bar."""
        return self._input.value

    @property
    def is_open(self) -> bool:
        """Whether the bar gets the keys."""
        return self._input.has_focus

    @property
    def has_pending_change(self) -> bool:
        """Whether it waits for a pause in typing before it tells of a change."""
        return self._timer is not None

    def open(self, more: str = "") -> None:
        """Give the bar the keys, with more text at its end."""
        field = self._input
        # at once: letters that follow in a burst belong to the bar
        self.screen.set_focus(field)
        if more:
            gap = " " if field.value and not field.value.endswith(" ") else ""
            field.value += gap + more
        field.cursor_position = len(field.value)

    def set_text(self, text: str) -> None:
        """Put other words into the bar without a message: the caller knows."""
        self._reported = text
        self._input.value = text

    def clear(self) -> None:
        """Empty the bar without a message."""
        self.set_text("")

    def show_chips(
        self,
        chips: Sequence[Chip],
        word: Content | None = None,
        offer: Completion | None = None,
        *,
        is_needed: bool = False,
    ) -> None:
        """Show what else narrows the list, and before it a word on what is typed.

        Args:
            chips: What else narrows the list.
            word: What is wrong, or what could be typed next.
            offer: What `tab` takes over.
            is_needed: Whether the word must be read.
        """
        self._removable = list(chips)
        self.show_message(word, offer, is_needed=is_needed)

    def show_message(
        self,
        word: Content | None,
        offer: Completion | None = None,
        *,
        is_needed: bool = False,
    ) -> None:
        """Show another word on what is typed; the chips stay.

        Args:
            word: What is wrong, or what could be typed next.
            offer: What `tab` takes over.
            is_needed: Whether the word must be read.
        """
        self._word, self._input.completion = word, offer
        self._is_needed = is_needed
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Leave what is typed its room."""
        width = self.content_size.width
        if width:
            room = width - _AROUND - Content(self.text).cell_length
            arranged = arrange(
                self._removable,
                self._word,
                room,
                width - 2,
                needed=self._is_needed and self._word is not None,
            )
            if arranged != self._arranged:
                self._arranged = arranged
                shown, is_below = arranged
                self.set_class(is_below, "-tall")
                self._chips.update(shown)

    @on(Chips.Clicked)
    def _remove_chip(self, message: Chips.Clicked) -> None:
        message.stop()
        if message.index < len(self._removable):
            self.post_message(self.ChipRemoved(self._removable[message.index][0]))

    def _follow_typing(self) -> None:
        self._arrange()
        if self._timer is not None:
            self._timer.stop()
        if self.debounce > 0:
            self._timer = self.set_timer(self.debounce, self._report_change)
        else:
            self._report_change()

    @on(Input.Submitted)
    def _submit(self, message: Input.Submitted) -> None:
        message.stop()
        self._report_change()
        self.remember()
        self.post_message(self.Submitted())

    @on(FilterInput.Left)
    def _leave(self, message: FilterInput.Left) -> None:
        message.stop()
        self._report_change()
        self.remember()
        self.post_message(self.Left())

    def remember(self) -> None:
        """Keep the words for the history."""
        if text := self._input.remember():
            self.post_message(self.Remembered(text))

    def _report_change(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.text != self._reported:
            self._reported = self.text
            # not by way of the bar: a letter and what it finds are drawn in one frame
            self.screen.post_message(self.Changed(self.text))
