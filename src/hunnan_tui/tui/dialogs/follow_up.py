"""Ask for the day to come back to a project, and say how it is understood."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from hunnan_tui.core.date_parser import parse_day
from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.picker import PickerInput
from hunnan_tui.tui.presenters.card import due

_LONGEST = 60
"""Characters of a typed day."""


@dataclass(frozen=True, slots=True)
class FollowUpDay:
    """The day that was typed; None takes the follow-up away."""

    day: date | None


class FollowUpDialog(ModalScreen[FollowUpDay | None]):
    """Gives the day; None is "cancelled"."""

    DEFAULT_CSS = """
    FollowUpDialog {
        align: center middle;
        & PickerInput { background: $surface; }
        & #understood { height: 1; margin-bottom: 1; }
    }
    """
    AUTO_FOCUS = "PickerInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "save", id="follow-up.take", tooltip="Save this day"),
        Binding(
            "escape",
            "cancel",
            "cancel",
            id="follow-up.cancel",
            tooltip="Change nothing",
        ),
    ]

    def __init__(
        self,
        title: str,
        former: Collection[date | None],
        today: date,
        *,
        typed: str = "",
        keep: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Ask for a day.

        Args:
            title: The project's name, or how many they are.
            former: The different days until now; None for a project without one.
            today: The day that counts.
            typed: What to begin with.
            keep: Puts what is typed in safety.
        """
        super().__init__()
        self._typed, self._keep = typed, keep
        self._title, self._former, self._today = title, former, today

    def compose(self) -> ComposeResult:
        field = PickerInput(
            self._typed,
            placeholder="fri, 下周五, +2w, 12-01, none",
            compact=True,
            max_length=_LONGEST,
        )
        told = Static(id="understood", markup=False)
        hint = KeyHints("follow-up.take", "follow-up.cancel")
        yield DialogFrame(f"Follow-up: {self._title}", field, told, hint)

    def on_mount(self) -> None:
        self._tell()

    @on(Input.Changed)
    def _tell(self) -> None:
        """Say how what is typed is understood."""
        told = self.query_one("#understood", Static)
        typed = self.query_one(PickerInput).value
        self._keep(typed)
        if not typed.strip():
            told.update(Content.styled(self._now_in_words(), "$foreground-muted"))
            return
        try:
            day = parse_day(typed, self._today)
        except ValueError as error:
            told.update(Content.styled(str(error), "$text-warning"))
            return
        text = "no follow-up any more" if day is None else in_words(day, self._today)
        told.update(Content.styled(text, "$text-success"))

    def _now_in_words(self) -> str:
        if len(self._former) > 1:
            return "now: several days"
        days = [each for each in self._former if each is not None]
        return f"now: {in_words(days[0], self._today)}" if days else "now: no day yet"

    def action_take(self) -> None:
        typed = self.query_one(PickerInput).value
        if not typed.strip():
            self._close(None)  # `none` takes a day away, an enter too much does not
            return
        try:
            day = parse_day(typed, self._today)
        except ValueError:
            return  # the line says why
        self._close(FollowUpDay(day))

    def action_cancel(self) -> None:
        self._close(None)

    def _close(self, answer: FollowUpDay | None) -> None:
        if self.is_current:  # not closed by a key just before
            self.dismiss(answer)


def in_words(day: date, today: date) -> str:
    """Return a day as people say it: `Fri 4 Dec 2026, in 11 days`."""
    return f"{day:%a} {day.day} {day:%b} {day.year}, {due(day, today)}"
