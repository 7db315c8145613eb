"""A line of a form: a label, a text, and how the text is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.dialogs.note_editor import NoteTextArea, normalize_text
from hunnan_tui.tui.dialogs.picker import TYPED_LENGTH, PickerInput

NEW = "\n"
"""The text of an offer that makes something new."""
_LOW = 22
"""Lines of a screen below which a text of several lines takes fewer of them."""
_LAST_PART = re.compile(r"(?s)(.*[,，、;；]\s*)?(.*)")

Typed = Mapping[str, str]
"""What is typed, by the ids of the fields."""


class Offer(NamedTuple):
    """Something that a field can hold."""

    text: str
    """What it puts into the field; `NEW` opens the form of a new one."""
    label: Content


@dataclass(frozen=True, slots=True)
class FormField:
    """A line of a form."""

    id: str
    label: str
    value: str = ""
    """The text at first."""
    placeholder: str = ""
    read: Callable[[str], str] = str.strip
    """Returns how a text is read, empty for nothing; HunnanError says what is wrong."""
    offer: Callable[[str], Sequence[Offer]] | None = None
    """Returns what fits a text; of a list, what fits its last part."""
    is_list: bool = False
    """Whether it holds several values with commas between them."""
    is_choice: bool = False
    """Whether it holds nothing but what is offered."""
    is_prose: bool = False
    """Whether it has several lines."""
    is_plain: bool = False
    """Whether it is read as it is typed: then nothing stands beside it."""
    is_replaced: bool = False
    """Whether what is typed takes the place of the text at first."""


class Reading(NamedTuple):
    """How a text is read."""

    shown: str = ""
    problem: str = ""


class FormRow(Horizontal):
    """Shows a field, and reads it."""

    DEFAULT_CSS = """
    FormRow {
        height: 1;
        & > Label { width: 12; text-wrap: nowrap; text-overflow: ellipsis; }
        & > PickerInput { width: 1fr; background: $surface-lighten-1; }
        & > .reading {
            width: 38%;
            padding-left: 1;
            color: $text-muted;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & > NoteTextArea {
            width: 1fr;
            height: 6;
            padding: 0;
            border: none;
            background: $surface-lighten-1;
            scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
        &.-prose { height: 6; }
    }
    """

    def __init__(self, row_field: FormField, text: str) -> None:
        super().__init__(classes="-prose" if row_field.is_prose else "")
        self.field = row_field
        self.reading = Reading()
        self._prose_lines = 6
        text = normalize_text(text)
        self.editor: PickerInput | NoteTextArea
        """The widget that the text is typed in."""
        if row_field.is_prose:
            self.editor = NoteTextArea(text, soft_wrap=True, compact=True)
        else:
            line = " ".join(text.split())
            self.editor = PickerInput(
                line,
                placeholder=row_field.placeholder,
                compact=True,
                max_length=max(TYPED_LENGTH, len(line)),
                select_on_focus=row_field.is_replaced,
            )

    def compose(self) -> ComposeResult:
        yield Label(Content(self.field.label))
        yield self.editor
        if not (self.field.is_prose or self.field.is_plain):
            yield Static(classes="reading", markup=False)

    @property
    def line_count(self) -> int:
        """How many lines of the screen it takes."""
        return self._prose_lines if self.field.is_prose else 1

    def fit(self, height: int) -> None:
        """Take less room on a screen of few lines."""
        if self.field.is_prose:
            self._prose_lines = 3 if height < _LOW else 6
            self.styles.height = self.editor.styles.height = self._prose_lines

    @property
    def text(self) -> str:
        """What is typed."""
        editor = self.editor
        return editor.text if isinstance(editor, NoteTextArea) else editor.value

    def set_text(self, text: str) -> None:
        """Put another text in place of what is typed."""
        if isinstance(self.editor, NoteTextArea):
            self.editor.text = text
        else:
            self.editor.value = text
            self.editor.cursor_position = len(text)

    @property
    def last_part(self) -> str:
        """What is being typed: of a list the last of its values."""
        return self._split()[1]

    def set_last_part(self, text: str) -> None:
        """Put a text in place of what is being typed."""
        self.set_text(self._split()[0] + text)

    def _split(self) -> tuple[str, str]:
        if not self.field.is_list:
            return "", self.text
        match = _LAST_PART.fullmatch(self.text)
        return (match[1] or "", match[2]) if match else ("", self.text)

    def focus_text(self) -> None:
        """Let the text be typed."""
        self.editor.focus()

    def show_reading(self) -> None:
        """Read the text, and show how."""
        try:
            self.reading = Reading(self.field.read(self.text))
        except HunnanError as error:
            self.reading = Reading("", str(error))
        shown, problem = self.reading
        if self.field.value and not (shown or problem or self.text.strip()):
            shown = _("taken out")
        same = shown == self.text.strip()
        for reading in self.query(".reading").results(Static):
            if problem:
                style = "$text-warning" if self.text.strip() else ""
                reading.update(Content.styled(display_line(problem), style))
            else:
                reading.update(Content("" if same else display_line(shown)))
