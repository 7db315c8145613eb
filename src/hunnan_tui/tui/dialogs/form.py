"""A form: lines of typed text, each read while it is typed, with offers for what fits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, DialogList, KeyHints
from hunnan_tui.tui.dialogs.form_row import NEW, FormField, FormRow, Offer, Typed

_MOST_OFFERS = 50
_OFFER_ROWS = 5
"""Lines of the list of offers."""
_MOST_REMARKS = 5
"""Lines of the remarks at most, with the blank one in front."""
_OTHER_LINES = 8
"""Lines above the dialog, of its frame, the message and the keys, with blank ones between."""
_PAUSE = 0.15
"""Seconds without typing after which it is looked up what follows from the text."""


class LookUp(NamedTuple):
    """What follows from the texts of a form."""

    values: Typed = MappingProxyType({})
    """Texts for fields that nobody has changed."""
    remarks: tuple[str, ...] = ()
    """What the reader must have seen before the form is taken."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks."""

    title: str
    fields: Sequence[FormField]
    look_up: Callable[[Typed], LookUp] | None = None
    """Called in a thread when a text has changed."""
    make_new: Callable[[str], Form] | None = None
    """Returns the form of something new from what is typed so far."""
    add_new: Callable[[Typed], str] = field(default=lambda _: "")
    """Takes what the form of something new gave; returns the text that stands for it."""
    hint: str = ""
    """What stands above the keys at first."""


class FormDialog(WorkerOwner, Dialog[Typed | None]):
    """Returns what is typed once all of it can be read; changes nothing."""

    DEFAULT_CSS = """
    FormDialog {
        & DialogList { margin: 1 0 0 0; }
        & #remarks { height: auto; max-height: 4; margin-top: 1; color: $text-warning;
            text-wrap: nowrap; text-overflow: ellipsis; }
        & KeyHints { margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "take",
            N_("save"),
            id="form.take",
            tooltip=N_("Take an offer, or save"),
        ),
        Binding("ctrl+s", "save", N_("save"), show=False, id="form.save"),
        Binding("tab", "next(1)", N_("next line"), id="form.next"),
        Binding(
            "shift+tab", "next(-1)", N_("line before"), show=False, id="form.previous"
        ),
        Binding("down", "move(1)", N_("down"), show=False, id="form.down"),
        Binding("up", "move(-1)", N_("up"), show=False, id="form.up"),
        Binding(
            "ctrl+r",
            "reset",
            N_("begin anew"),
            id="form.reset",
            tooltip=N_("Take back everything that is typed here"),
        ),
        Binding(
            "escape",
            "cancel",
            N_("cancel"),
            id="form.cancel",
            tooltip=N_("Change nothing"),
        ),
    ]

    def __init__(
        self,
        form: Form,
        *,
        typed: Typed | None = None,
        problem: str = "",
        keep: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Ask.

        Args:
            form: What.
            typed: What was typed before, to go on with.
            problem: Why that could not be done.
            keep: Saves what is typed, as JSON, at every change.
        """
        super().__init__()
        self._form, self._keep = form, keep
        self._lead = problem or form.hint
        """What stands above the keys where nothing is wrong."""
        self._touched = {name for name, text in (typed or {}).items() if text}
        self._typed = {
            field.id: (typed or {}).get(field.id, field.value) for field in form.fields
        }
        self._offers: Sequence[Offer] = ()
        self._remarks: tuple[str, ...] = ()
        self._seen: tuple[str, ...] = ()
        """The remarks that were there when the reader wanted to save."""

    def compose(self) -> ComposeResult:
        rows = [FormRow(field, self._typed[field.id]) for field in self._form.fields]
        has_prose = any(field.is_prose for field in self._form.fields)
        saves = ("form.save",) if has_prose else ("form.take",)
        resets = ("form.reset",) if self._touched else ()
        yield DialogFrame(
            self._form.title,
            *rows,
            DialogList(),
            Static(id="remarks", markup=False),
            KeyHints(*saves, "form.next", *resets, "form.cancel"),
        )

    def on_mount(self) -> None:
        self._fit_offers()
        self.query_one("#remarks").display = False
        for row in self._rows:
            row.show_reading()
        self._rows[0].focus_text()
        if self._form.look_up and any(self._typed.values()):
            self._look_up()

    @property
    def typed(self) -> dict[str, str]:
        """What is typed now, by the ids of the fields."""
        return dict(self._typed)

    @property
    def is_changed(self) -> bool:
        """Whether anything was typed."""
        return bool(self._touched)

    @property
    def _rows(self) -> list[FormRow]:
        return list(self.query(FormRow))

    @property
    def _row(self) -> FormRow | None:
        """The row of the line that has the focus."""
        focused = self.focused
        if focused is None:
            return None
        return next((row for row in self._rows if row in focused.ancestors), None)

    @property
    def _list(self) -> DialogList:
        return self.query_one(DialogList)

    @property
    def _hint(self) -> KeyHints:
        return self.query_one(KeyHints)

    # What is typed

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _follow_typing(self, message: Input.Changed | TextArea.Changed) -> None:
        message.stop()
        self._take_text(message.control)

    def _take_text(self, widget: Widget) -> None:
        row = next((row for row in self._rows if row in widget.ancestors), None)
        if row is None or self._typed[row.field.id] == row.text:
            return
        self._typed[row.field.id] = row.text
        self._touched.add(row.field.id)
        row.show_reading()
        self._keep(json.dumps(self._typed, ensure_ascii=False))
        if row is self._row:
            self._show_offers(row)
        if self._form.look_up:
            self._look_up()

    @on(events.DescendantFocus)
    def _follow_focus(self) -> None:
        row = self._row
        if row is not None:
            self._show_offers(row)

    def _show_offers(self, row: FormRow) -> None:
        """Show what fits the line, and what is wrong with it."""
        # what is empty and needed is no mistake before somebody wants to save
        is_wrong = bool(row.reading.problem and row.text.strip())
        self._hint.show_message(row.reading.problem if is_wrong else self._lead)
        offer = row.field.offer
        part = row.last_part if row.field.id in self._touched else ""
        self._offers = list(offer(part))[:_MOST_OFFERS] if offer else ()
        self._list.set_options([Option(offer.label) for offer in self._offers])
        is_begun = bool(self._offers and part.strip()) and self._is_begun(row, part)
        self._list.highlighted = 0 if is_begun else None

    def _fit_offers(self) -> None:
        """Leave room for what must be read: remarks, a message and the keys."""
        height = self.app.size.height
        for row in self._rows:
            row.fit(height)
        lines = sum(row.line_count for row in self._rows)
        said = min(len(self._remarks) + 1, _MOST_REMARKS) if self._remarks else 0
        room = height - lines - said - _OTHER_LINES
        has_offers = any(field.offer for field in self._form.fields)
        self._list.display = has_offers and room > 0
        self._list.styles.height = min(_OFFER_ROWS, room)

    def on_resize(self) -> None:
        self._fit_offers()

    def _is_begun(self, row: FormRow, part: str) -> bool:
        """Return whether enter is to complete what is typed, before it saves."""
        if row.field.is_choice:
            typed = part.strip().casefold()
            return all(offer.text.casefold() != typed for offer in self._offers)
        return bool(row.reading.problem)

    @work(group="look-up", exclusive=True)
    async def _look_up(self) -> None:
        await asyncio.sleep(_PAUSE)
        await self._find_what_follows()

    async def _find_what_follows(self) -> None:
        """Fill in what follows from the texts, and show what is to be said of them."""
        if self._form.look_up is None:
            return
        offers = await asyncio.to_thread(self._form.look_up, self.typed)
        for row in self._rows:
            name = row.field.id
            if name in offers.values and name not in self._touched:
                self._typed[name] = offers.values[name]
                row.set_text(offers.values[name])
                row.show_reading()
        self._remarks = offers.remarks
        remarks = self.query_one("#remarks", Static)
        remarks.display = bool(offers.remarks)
        self._fit_offers()
        remarks.update(Content("\n".join(map(display_line, offers.remarks))))

    # Keys

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool:
        """Leave the key that begins a line to a text of several lines."""
        return action != "take" or not isinstance(self.focused, TextArea)

    def action_move(self, by: int) -> None:
        if not self._offers:
            self.action_next(by)
        elif by > 0:
            self._list.action_cursor_down()
        else:
            self._list.action_cursor_up()

    def action_next(self, by: int) -> None:
        """Go to another line; a name that was begun is completed first."""
        row = self._row
        if row is not None and by > 0 and self._highlighted:
            self._take_offer(row, self._highlighted)
        rows = self._rows
        index = rows.index(row) + by if row in rows else 0
        rows[index % len(rows)].focus_text()

    @property
    def _highlighted(self) -> Offer | None:
        index = self._list.highlighted
        return None if index is None or not self._offers else self._offers[index]

    async def action_take(self) -> None:
        """Take the highlighted offer; without one save."""
        row = self._row
        if row is not None and self._highlighted is not None:
            self._take_offer(row, self._highlighted)
        else:
            await self.action_save()

    async def action_save(self) -> None:
        """Close with what is typed, if all of it can be read."""
        for row in self._rows:
            self._typed[row.field.id] = row.text
        await self._find_what_follows()
        for row in self._rows:
            row.show_reading()
            if row.reading.problem:
                row.focus_text()
                self._hint.show_message(row.reading.problem)
                return
        if set(self._remarks) - set(self._seen):
            self._seen = self._remarks
            message = _("Look at what is said above; enter again saves")
            self._hint.show_message(message)
            return
        self.close(self.typed)

    def action_reset(self) -> None:
        """Take back everything that is typed."""
        self._touched.clear()
        self._lead = self._form.hint
        for row in self._rows:
            self._typed[row.field.id] = row.field.value
            row.set_text(row.field.value)
            row.show_reading()
        self._keep("")
        self._rows[0].focus_text()
        if self._row is not None:
            self._show_offers(self._row)
        if self._form.look_up:
            self._look_up()

    def action_cancel(self) -> None:
        self.close(None)

    @on(OptionList.OptionSelected)
    def _take_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        row = self._row
        if row is not None:
            self._take_offer(row, self._offers[message.option_index])

    def _take_offer(self, row: FormRow, offer: Offer) -> None:
        if offer.text == NEW:
            self._ask_for_new(row)
            return
        row.set_last_part(offer.text)
        self._take_text(row.editor)
        self._list.highlighted = None

    def _ask_for_new(self, row: FormRow) -> None:
        """Open the form of something new; what it gives goes into the line."""
        make_new, add_new = self._form.make_new, self._form.add_new
        if make_new is None:
            return

        def follow(typed: Typed | None) -> None:
            if typed is not None:
                row.set_last_part(add_new(typed))
                self._take_text(row.editor)

        self.app.push_screen(FormDialog(make_new(row.last_part)), follow)
