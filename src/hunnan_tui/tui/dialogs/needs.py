"""The dialog of needs, "one enterprise, one policy": add, meet, reopen, remove one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.core.cell_width import measure_width, pad
from hunnan_tui.core.changes import (
    AddNeed,
    Change,
    ChangeNeed,
    RemoveNeed,
)
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Need
from hunnan_tui.core.schema_values import find_need_kind, name_value
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.dialogs.picker import PickerDialog

ApplyChange = Callable[[str, Change], Sequence[Need]]
"""Applies a change under a label for the undo history; returns the needs after it."""
_NEW = "new"
_OWNER = re.compile(r"(?:^|\s)@(\S+)\s*$")
_SPLIT = re.compile(r"\s*[:：]\s*|\s+")


def parse_need(typed: str, today: date) -> Need | None:
    """Parse `energy 110 kV` or `用电：缺临时用电`: a kind, then what; None for blank text.

    A word that is none of the known kinds is a kind of its own. `@李` at the end is who
    sees to it.
    """
    kind, *what = _SPLIT.split(typed.strip(), maxsplit=1)
    if not kind:
        return None
    said, owner = _take_owner(what[0] if what else "")
    return Need(find_need_kind(kind), said, "open", str(today), owner=owner)


def _take_owner(what: str) -> tuple[str, str]:
    """Split the name off that stands behind the last `@`, a word of its own."""
    match = _OWNER.search(what)
    return (what[: match.start()].rstrip(), match[1]) if match else (what, "")


class NeedsDialog(PickerDialog[str | None]):
    """Changes needs, each at once; returns a query for the list, or None."""

    FITS_ROWS = True
    PLACEHOLDER = N_("energy: what is missing @who; labour, transport or another word")
    EMPTY = N_("Nothing yet: type what is missing; enter adds it")
    HINTS = ("needs.pick", "needs.remove", "needs.all", "needs.leave")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "pick",
            N_("add, or met/open"),
            id="needs.pick",
            tooltip=N_("Add what is typed; with nothing typed: met, or open again"),
        ),
        Binding(
            "ctrl+x",
            "remove_need",
            N_("remove"),
            id="needs.remove",
            tooltip=N_("Remove the highlighted need; undo takes it back"),
            priority=True,
        ),
        Binding(
            "ctrl+l",
            "list_open",
            N_("all open needs"),
            id="needs.all",
            tooltip=N_("List the projects with open needs"),
            priority=True,
        ),
        Binding("escape", "leave", N_("done"), id="needs.leave", tooltip=N_("Close")),
    ]

    def __init__(
        self,
        title: str,
        needs: Sequence[Need],
        apply: ApplyChange,
        today: date,
        readonly: Sequence[Need] = (),
        *,
        typed: str = "",
        keep: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Open on projects.

        Args:
            title: The project's name, or how many they are.
            needs: The needs that can be changed.
            apply: Applies a change to the projects.
            today: The date of a new need.
            readonly: Needs that cannot be changed.
            typed: The text at first.
            keep: Saves what is typed, at every change.
        """
        super().__init__(title)
        self._needs, self._apply, self._today = list(needs), apply, today
        self._readonly = list(readonly)
        self._just_added = ""
        """The row that was just added: `enter` is done with it."""
        self._typed, self._keep = typed, keep

    def on_mount(self) -> None:
        super().on_mount()
        self.input.value = self._typed
        self.watch(self.input, "value", self._keep_typed, init=False)

    def _keep_typed(self) -> None:
        self._just_added = ""
        self._keep(self.input.value)

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        if typed.strip():
            return [_NEW], 0
        rows = [str(n) for n in range(len(self._needs) + len(self._readonly))]
        return rows, 0 if rows else None

    def format_row(self, row: str) -> Content:
        if row == _NEW:
            need = parse_need(self.input.value, self._today)
            what = display_line(need.what if need else "")
            if need and need.owner:
                what += f"  @{display_line(need.owner)}"
            kind = display_line(name_value(need.kind) if need else "")
            return Content.assemble("+ ", (kind, "bold"), f"  {what}")
        need, is_readonly = self._get_need(row)
        met, is_open = name_value("met"), name_value("open")
        state = f"[x] {met}" if need.state == "met" else f"[ ] {is_open}"
        width = max(measure_width(met), measure_width(is_open)) + len("[ ] ")
        since = ""
        if need.since:
            since = "  " + _("since {since}").format(since=display_line(need.since))
        return Content.assemble(
            pad(state, width),
            "  ",
            (display_line(name_value(need.kind)), "bold"),
            f"  {display_line(need.what[:500])}",
            f"  @{display_line(need.owner)}" if need.owner else "",
            (since, "$foreground-muted"),
            ("  " + _("(read-only)") if is_readonly else "", "$text-warning"),
        )

    def pick(self, row: str | None) -> None:
        if row == _NEW:
            need = parse_need(self.input.value, self._today)
            if need is not None:
                label = _("need {kind}").format(kind=name_value(need.kind))
                self._change(label, AddNeed(need))
                self.input.clear()
                self._highlight(need)
        elif row is None:
            self.hint.show_message(
                _("Type what is needed, as in energy 110 kV, or esc")
            )
        elif row == self._just_added:
            self.close(None)
        else:
            need, is_readonly = self._get_need(row)
            new_state = "open" if need.state == "met" else "met"
            if not self._refuses(is_readonly):
                change = ChangeNeed(need, need._replace(state=new_state))
                label = _("need {kind} {after}").format(
                    kind=name_value(need.kind), after=name_value(new_state)
                )
                self._change(label, change)

    def _highlight(self, need: Need) -> None:
        """Let the reader see a need that was added; another `enter` leaves it open."""
        if need in self._needs:
            last = len(self._needs) - 1
            index = last - self._needs[::-1].index(need)
            self.list.highlighted = index
            self._just_added = str(index)
            self.hint.show_message(_("Added: enter again is done, or type another"))

    def action_move(self, movement: str) -> None:
        self._just_added = ""
        super().action_move(movement)

    def action_remove_need(self) -> None:
        row = self.highlighted
        if row is None or row == _NEW:
            return
        need, is_readonly = self._get_need(row)
        if not self._refuses(is_readonly):
            label = _("remove need {kind}").format(kind=name_value(need.kind))
            self._change(label, RemoveNeed(need))

    def action_list_open(self) -> None:
        self.close("need:open")

    def action_leave(self) -> None:
        if self.input.value:
            self.input.clear()
        else:
            self.close(None)

    def _change(self, label: str, change: Change) -> None:
        index = self.list.highlighted
        self._needs = list(self._apply(label, change))
        rows = len(self._needs) + len(self._readonly)
        self.show_rows(min(index or 0, rows - 1) if rows else None)

    def _get_need(self, row: str) -> tuple[Need, bool]:
        """Return the need of a row, and whether it is read-only."""
        index = int(row)
        if index < len(self._needs):
            return self._needs[index], False
        return self._readonly[index - len(self._needs)], True

    def _refuses(self, is_readonly: bool) -> bool:
        if is_readonly:
            message = _("It stands in the dataset, which is not written to")
            self.hint.show_message(message)
        return is_readonly
