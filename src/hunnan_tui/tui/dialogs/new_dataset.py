"""The dialog of a new dataset: title, place, currency, and what it begins with."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from hunnan_tui.core.counts import format_line, join_names
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.names import name_term
from hunnan_tui.core.text import display_line
from hunnan_tui.dataset.new_dataset import (
    LONGEST,
    NewDataset,
    NewDatasetError,
    clean_line,
    parse_currency,
)
from hunnan_tui.dataset.starting_sets import SETS
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.picker import PickerInput
from hunnan_tui.tui.widgets.inline_select import InlineSelect


class NewDatasetDialog(Dialog[NewDataset | None]):
    """Returns what the dataset begins with; writes nothing."""

    DEFAULT_CSS = """
    NewDatasetDialog {
        & Horizontal { height: 1; }
        & Label { width: 12; }
        & PickerInput { width: 1fr; background: $surface-lighten-1; }
        & #terms { height: auto; max-height: 8; margin: 1 0; color: $text-muted; }
    }
    """
    AUTO_FOCUS = "#title"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "create",
            N_("create"),
            id="new.create",
            tooltip=N_("Write the file"),
        ),
        Binding("down", "app.focus_next", N_("next line"), id="new.down"),
        Binding("up", "app.focus_previous", N_("line before"), show=False, id="new.up"),
        Binding("right,space", "turn(1)", N_("change"), id="new.change"),
        Binding("left", "turn(-1)", N_("change back"), show=False, id="new.back"),
        Binding(
            "escape", "cancel", N_("leave"), id="new.leave", tooltip=N_("Write nothing")
        ),
    ]

    def __init__(
        self, path: Path, new: NewDataset, *, exists: bool = False, problem: str = ""
    ) -> None:
        """Ask.

        Args:
            path: Where the dataset will be.
            new: What stands in the lines at first.
            exists: Whether there is a file, with nothing in it.
            problem: Why it could not be written, if that was tried.
        """
        super().__init__()
        self._path, self._new = path, new
        self._exists, self._problem = exists, problem
        self._typed: list[str] = []
        """What the lines held when they were last looked at."""

    def compose(self) -> ComposeResult:
        name, new = self._path.name, self._new
        question = _("{name} does not exist. Create it?")
        if self._exists:
            question = _("{name} is empty. Begin a dataset in it?")
        sets = [(key, _(entry.label)) for key, entry in SETS.items()]
        yield DialogFrame(
            question.format(name=name),
            _make_field(_("Title"), "title", new.title, _("Projects")),
            _make_field(
                _("District"), "district", new.district, _("the place, if it is one")
            ),
            _make_field(
                _("Currency"),
                "currency",
                new.currency,
                _("CNY, EUR, KES; or none yet"),
            ),
            InlineSelect(_("Includes"), sets, id="set", value=new.set_name),
            Static(id="terms", markup=False),
            KeyHints("new.create", "new.down", "new.change", "new.leave"),
        )

    def on_mount(self) -> None:
        self._typed = self._list_typed()
        self._show_terms()
        self.query_one(KeyHints).show_message(self._problem)

    def action_create(self) -> None:
        try:
            new = self._read()
        except NewDatasetError as error:
            self.query_one(KeyHints).show_message(str(error))
        else:
            self.close(new)

    def action_turn(self, by: int) -> None:
        if isinstance(self.focused, InlineSelect):
            self.focused.cycle(by)

    def action_cancel(self) -> None:
        self.close(None)

    @on(Input.Changed)
    def _follow_typing(self) -> None:
        typed = self._list_typed()
        if typed != self._typed:  # a field reports what it held at first, too
            self.query_one(KeyHints).show_message("")
        self._typed = typed

    @on(InlineSelect.Changed)
    def _follow_set(self) -> None:
        """Show the set, with its currency in place of that of the one before."""
        field = self.query_one("#currency", Input)
        former = SETS[self._new.set_name].currency
        self._new = self._new._replace(set_name=self._set_name)
        if field.value == former:
            field.value = SETS[self._set_name].currency
        self._show_terms()

    def _list_typed(self) -> list[str]:
        return [field.value for field in self.query(Input)]

    @property
    def _set_name(self) -> str:
        return self.query_one("#set", InlineSelect).value

    def _read(self) -> NewDataset:
        """Return what is typed; NewDatasetError if a line makes no sense."""

        def get_typed(id: str) -> str:
            return self.query_one(f"#{id}", Input).value

        return self._new._replace(
            title=clean_line(get_typed("title")),
            district=clean_line(get_typed("district")),
            currency=parse_currency(get_typed("currency")),
            set_name=self._set_name,
        )

    def _show_terms(self) -> None:
        """Show the industries and stages of the chosen set."""
        chosen = SETS[self._set_name]
        industries, stages = map(name_term, chosen.industries), chosen.stages
        nothing = _("none: you write your own")
        lines = [
            format_line(_("Industries"), join_names(industries) or nothing),
            format_line(_("Stages"), " → ".join(map(name_term, stages)) or nothing),
            _("in {folder}").format(
                folder=display_line(str(self._path.absolute().parent))
            ),
        ]
        self.query_one("#terms", Static).update(Content("\n".join(lines)))


def _make_field(label: str, id: str, value: str, placeholder: str) -> Horizontal:
    return Horizontal(
        Label(label),
        PickerInput(
            value, id=id, placeholder=placeholder, compact=True, max_length=LONGEST
        ),
    )
