"""Ask for a follow-up day, and show how the typed text is read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from hunnan_tui.core.date_parser import parse_day
from hunnan_tui.core.dates import format_short_weekday, name_month
from hunnan_tui.core.language import N_, _
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.picker import PickerInput
from hunnan_tui.tui.presenters.card_parts import format_due

_LONGEST = 60
"""Characters that can be typed."""


@dataclass(frozen=True, slots=True)
class FollowUpDay:
    """The day that was typed; None removes the follow-up."""

    day: date | None


class FollowUpDialog(Dialog[FollowUpDay | None]):
    """Returns the day."""

    DEFAULT_CSS = """
    FollowUpDialog {
        & PickerInput { background: $surface; }
        & #understood { height: 1; margin-bottom: 1; }
    }
    """
    AUTO_FOCUS = "PickerInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "take",
            N_("save"),
            id="follow-up.take",
            tooltip=N_("Save this day"),
        ),
        Binding(
            "escape",
            "cancel",
            N_("cancel"),
            id="follow-up.cancel",
            tooltip=N_("Change nothing"),
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
            former: The distinct days until now; None for a project without one.
            today: The current day, which relative days count from.
            typed: The text at first.
            keep: Saves what is typed, at every change.
        """
        super().__init__()
        self._typed, self._keep = typed, keep
        self._title, self._former, self._today = title, former, today

    def compose(self) -> ComposeResult:
        field = PickerInput(
            self._typed,
            placeholder=_("fri, 下周五, +2w, 12-01, none"),
            compact=True,
            max_length=_LONGEST,
        )
        reading = Static(id="understood", markup=False)
        hint = KeyHints("follow-up.take", "follow-up.cancel")
        title = _("Follow-up: {projects}").format(projects=self._title)
        yield DialogFrame(title, field, reading, hint)

    def on_mount(self) -> None:
        self._show_reading()

    @on(Input.Changed)
    def _show_reading(self) -> None:
        """Show how the typed text is read."""
        reading = self.query_one("#understood", Static)
        typed = self.query_one(PickerInput).value
        self._keep(typed)
        if not typed.strip():
            reading.update(
                Content.styled(self._describe_current_days(), "$foreground-muted")
            )
            return
        try:
            day = parse_day(typed, self._today)
        except ValueError as error:
            reading.update(Content.styled(str(error), "$text-warning"))
            return
        text = (
            _("no follow-up any more")
            if day is None
            else describe_day(day, self._today)
        )
        reading.update(Content.styled(text, "$text-success"))

    def _describe_current_days(self) -> str:
        if len(self._former) > 1:
            return _("now: several days")
        days = [day for day in self._former if day is not None]
        if not days:
            return _("now: no day yet")
        return _("now: {day}").format(day=describe_day(days[0], self._today))

    def action_take(self) -> None:
        typed = self.query_one(PickerInput).value
        if not typed.strip():
            self.close(None)  # `none` removes a day, a stray enter does not
            return
        try:
            day = parse_day(typed, self._today)
        except ValueError:
            return  # the line shows why
        self.close(FollowUpDay(day))

    def action_cancel(self) -> None:
        self.close(None)


def describe_day(day: date, today: date) -> str:
    """Return a day in words: `Fri 4 Dec 2026, in 11 days`."""
    return _("{weekday} {day} {month} {year}, {due}").format(
        weekday=format_short_weekday(day),
        day=day.day,
        month=name_month(day),
        year=day.year,
        due=format_due(day, today),
    )
