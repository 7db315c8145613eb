"""The filter bar: the query in one line, and chips of the other filters beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.getters import query_one
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widgets import Input, Static

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.query.language.lexer import find_missing_end
from hunnan_tui.tui.widgets.chips import Chip, Chips, arrange_beside_text
from hunnan_tui.tui.widgets.completion_list import CompletionList, QueryReplacement
from hunnan_tui.tui.widgets.text_field import CleanField

DEBOUNCE = 0.08
"""Seconds without a key before a slow search starts."""
MAX_LENGTH = 2_000
"""Characters of a query at most."""

_CHROME_WIDTH = 4
"""Cells of the bar that are not for text: slash, cursor and blanks."""
_TEXT_AT = 2
"""Cells from the edge of the bar to its text."""


class FilterInput(CleanField):
    """The text field of the bar."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Go to the list"), show=False, id="filter.list"),
        Binding(
            "escape", "leave", N_("Leave the filter"), show=False, id="filter.leave"
        ),
        Binding("down", "move(1)", N_("Completions"), show=False, id="filter.newer"),
        Binding("up", "move(-1)", N_("Older filter"), show=False, id="filter.older"),
        Binding("tab", "complete", N_("Complete"), show=False, id="filter.complete"),
    ]
    TAUGHT: ClassVar[Mapping[str, str]] = {
        "filter.list": N_("List"),
        "filter.leave": N_("Leave"),
        "filter.complete": N_("Complete"),
        "filter.older": N_("Earlier"),
    }

    @dataclass
    class Left(Message):
        """`escape`: the reader goes back to the list."""

    @dataclass
    class ExamplesRequested(Message):
        """A question mark was typed into the empty field."""

    def __init__(
        self,
        text: str,
        history: Sequence[str] = (),
        completions: CompletionList | None = None,
    ) -> None:
        """Create the field.

        Args:
            text: The query at first.
            history: Earlier queries, the newest last.
            completions: The list that the keys of the field move in.
        """
        super().__init__(
            text,
            placeholder=_("type to filter: name, party, place, tag, note; ? examples"),
            select_on_focus=False,
            max_length=MAX_LENGTH,
            compact=True,
        )
        self.completions = completions or CompletionList()
        self.history = list(history)
        self._history_index = 0
        self._typed = ""
        """The text before the history was opened."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        # its size never depends on the text: typing needs no new layout
        del layout
        return super().refresh(*regions, repaint=repaint, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Draw the text, and dim behind it what is missing at its end."""
        strip = super().render_line(y)
        missing = find_missing_end(self.value) if y == 0 and self.has_focus else ""
        if not missing:
            return strip
        style = self.get_component_rich_style("input--suggestion")
        end = Content(self.value).cell_length - int(self.scroll_offset.x)
        end += self.cursor_at_end  # the cursor stands there
        rest = max(end, strip.cell_length - len(missing))
        shown = Strip([Segment(missing, style)]).apply_style(self.rich_style)
        parts = [strip.crop(0, end), shown, strip.crop(end, rest)]
        return Strip.join(parts).adjust_cell_length(strip.cell_length)

    def action_leave(self) -> None:
        """Go back to the text, then to the list of projects."""
        if not self.completions.leave():
            self.post_message(self.Left())

    async def action_submit(self) -> None:
        """Take the chosen completion; without one go to the list of projects."""
        if not self._take(self.completions.chosen):
            await super().action_submit()

    def action_move(self, by: int) -> None:
        """Move in the completions; above them are earlier queries."""
        if self._history_index or not self.completions.move(by):
            self._go_back(-by)

    def _go_back(self, by: int) -> None:
        """Go through the history; its newest entry is what is being typed."""
        index = self._history_index + by
        if index < 0 or index > len(self.history):
            return
        if self._history_index == 0:
            self._typed = self.value
        self._history_index = index
        self.value = self.history[-index] if index else self._typed
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Insert the completion; without one, focus the next pane."""
        completions = self.completions
        if not self._take(completions.chosen or completions.first):
            self.screen.focus_next()

    def _take(self, completion: QueryReplacement | None) -> bool:
        """Put a completion in; return whether there is one for this text."""
        if completion is None or completion.text != self.value:
            return False
        self.completions.hide()
        self.value, self.cursor_position = completion.apply()
        return True

    def remember(self) -> str:
        """Add the text to the history; return it if it is new there."""
        self._history_index = 0
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

    def insert_pasted(self, pasted: str) -> None:
        room = max(0, MAX_LENGTH - len(self.value) + len(self.selected_text))
        clean = UNSAFE.sub("", " ".join(pasted[:MAX_LENGTH].split()))[:room]
        self.replace(clean, *self.selection)


class FilterBar(Vertical):
    """The text field, beside it a message about the query and chips, and completions."""

    DEFAULT_CSS = """
    FilterBar {
        height: auto;
        padding: 0 1;
        & > #line { height: 1; }
        & #slash { width: 2; color: $text-muted; }
        & FilterInput { width: 1fr; height: 1; background: transparent; }
        & #chips { width: auto; height: 1; padding-left: 1;
                   text-wrap: nowrap; text-overflow: ellipsis; }
        & > #below { display: none; width: 1fr; height: auto; padding-left: 2; }
        &.-tall > #below { display: block; }
        &:focus-within { background: $boost; }
        &:focus-within #slash { color: $text-primary; text-style: bold; }
    }
    """

    @dataclass
    class Changed(Message):
        """The query was changed."""

        text: str

    @dataclass
    class Submitted(Message):
        """`enter`: the reader goes to the list."""

    @dataclass
    class Left(Message):
        """`escape`: the reader goes to the list; the query stays."""

    @dataclass
    class Remembered(Message):
        """A query was added to the history."""

        text: str

    @dataclass
    class ChipRemoved(Message):
        """A chip was clicked away."""

        id: tuple[str, str]

    _input = query_one(FilterInput)
    _chips = query_one("#chips", Chips)
    _below = query_one("#below", Chips)
    _completions = query_one(CompletionList)

    def __init__(
        self, text: str = "", *, history: Sequence[str] = (), debounce: float = 0
    ) -> None:
        """Create the bar.

        Args:
            text: The query at first.
            history: Earlier queries, the newest last.
            debounce: See the attribute.
        """
        super().__init__()
        self._initial_text, self._history = text, history
        self._reported = text
        self.debounce = debounce
        """Seconds without a key before a change is reported; 0: at once."""
        self._timer: Timer | None = None
        self._shown_chips: list[Chip] = []
        self._message: Content | None = None
        self._is_message_required = False
        self._arranged = (Content(), False)
        """What is shown beside the text, and whether it is below it."""

    def compose(self) -> ComposeResult:
        completions = CompletionList()
        with Horizontal(id="line"):
            yield Static("/", id="slash", markup=False)
            yield FilterInput(self._initial_text, self._history, completions)
            yield Chips(id="chips", markup=False)
        yield Chips(id="below", markup=False)
        yield completions

    def on_mount(self) -> None:
        self.watch(self._input, "value", self._follow_typing, init=False)
        self.watch(self._input, "has_focus", self._follow_focus, init=False)

    @property
    def text(self) -> str:
        """The query in the bar."""
        return self._input.value

    @property
    def cursor(self) -> int:
        """Where one types, in characters from the start of the query."""
        return self._input.cursor_position

    @property
    def is_open(self) -> bool:
        """Whether the bar has the focus."""
        return self._input.has_focus

    @property
    def has_pending_change(self) -> bool:
        """Whether a change waits for a pause in typing before it is reported."""
        return self._timer is not None

    def open(self, more: str = "") -> None:
        """Focus the bar, with more text at its end."""
        field = self._input
        # at once: the following letters of a burst belong to the bar
        self.screen.set_focus(field)
        if more:
            gap = " " if field.value and not field.value.endswith(" ") else ""
            field.value += gap + more
        field.cursor_position = len(field.value)

    def set_text(self, text: str) -> None:
        """Replace the query without reporting it: the caller knows."""
        self._completions.hide()
        self._reported = text
        self._input.value = text

    def clear(self) -> None:
        """Empty the bar without reporting it."""
        self.set_text("")

    def show_chips(
        self,
        chips: Sequence[Chip],
        message: Content | None = None,
        *,
        is_required: bool = False,
    ) -> None:
        """Show chips, and before them a message about the query.

        Args:
            chips: The filters beside the text.
            message: What is wrong with the query.
            is_required: Whether the message must be shown, whatever the room.
        """
        self._shown_chips = list(chips)
        self.show_message(message, is_required=is_required)

    def show_message(
        self, message: Content | None, *, is_required: bool = False
    ) -> None:
        """Show another message about the query; the chips stay.

        Args:
            message: What is wrong with the query.
            is_required: Whether the message must be shown, whatever the room.
        """
        self._message, self._is_message_required = message, is_required
        self._arrange()

    def show_completions(self, offers: Sequence[QueryReplacement]) -> None:
        """Show what could be typed next, below the word that it completes.

        Nothing is shown to somebody who has left the bar, or has typed on.
        """
        is_typed_in = self.screen.focused is self._input  # at once, unlike `has_focus`
        if offers and not (is_typed_in and offers[0].text == self.text):
            return
        start = Content(self.text[: offers[0].start]).cell_length if offers else 0
        x = max(0, start - int(self._input.scroll_offset.x)) + _TEXT_AT
        self._completions.show(offers, x)

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Lay out the chips and the message in the room that the query leaves."""
        width = self.content_size.width
        if width:
            typed = self.text + find_missing_end(self.text)
            room = width - _CHROME_WIDTH - Content(typed).cell_length
            arranged = arrange_beside_text(
                self._shown_chips,
                self._message,
                room,
                width - 2,
                is_required=self._is_message_required and self._message is not None,
            )
            if arranged != self._arranged:
                self._arranged = arranged
                shown, is_below = arranged
                self.set_class(is_below, "-tall")
                self._chips.update("" if is_below else shown)
                self._below.update(shown if is_below else "")

    @on(Chips.Clicked)
    def _remove_chip(self, message: Chips.Clicked) -> None:
        message.stop()
        if message.index < len(self._shown_chips):
            self.post_message(self.ChipRemoved(self._shown_chips[message.index][0]))

    def _follow_focus(self, has_focus: bool) -> None:
        if not has_focus:
            self._completions.hide()

    @on(CompletionList.OptionSelected)
    def _take_clicked(self, message: CompletionList.OptionSelected) -> None:
        message.stop()
        self._input.action_complete()

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
        """Add the query to the history."""
        if text := self._input.remember():
            self.post_message(self.Remembered(text))

    def _report_change(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.text != self._reported:
            self._reported = self.text
            # not through the bar: a letter and its results are drawn in one frame
            self.screen.post_message(self.Changed(self.text))
