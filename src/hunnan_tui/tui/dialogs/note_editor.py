"""The note editor: writes one note, keeps what is typed, and gives the text back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from hunnan_tui.core.text import UNSAFE, display_line
from hunnan_tui.tui.dialogs.base import DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.presenters.card import Part, prose
from hunnan_tui.tui.terminal.editor import EditorError, edit_in_editor
from hunnan_tui.tui.widgets.document_view import DocumentView
from hunnan_tui.tui.widgets.text_field import run_bound_key

LARGEST = 200_000
"""The longest text, in characters, that is edited here and not only shown."""

LONGEST_LINE = 20_000
_SHOWN_OF_LARGE = 5_000
_KEEP_EVERY = 0.5
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def editable(text: str) -> str:
    """Return a text as it is edited: line ends as newlines, nothing a terminal obeys."""
    return UNSAFE.sub("", _BREAKS.sub("\n", text))


def is_large(text: str) -> bool:
    """Return whether a text is too much for the built-in editor."""
    return (
        len(text) > LARGEST
        or max(map(len, text.splitlines()), default=0) > LONGEST_LINE
    )


@dataclass(frozen=True, slots=True)
class NoteResult:
    """How the editor was left."""

    action: Literal["save", "draft", "discard"]
    """discard: there is nothing to save and no draft to keep."""
    text: str


class NoteTextArea(TextArea):
    """A text area that takes in no controls, and no more than it can carry."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(  # here, since a text area has the key for the end of the line
            "ctrl+e",
            "screen.edit_outside",
            "open in $EDITOR",
            id="note.edit-outside",
            tooltip="Write the note in $VISUAL or $EDITOR",
        ),
    ]

    IN_PLACE: ClassVar[frozenset[str]] = frozenset(
        each.action for each in TextArea.BINDINGS if isinstance(each, Binding)
    )
    """Actions that only change the text: those of a burst may follow at once."""

    @dataclass
    class Refused(Message):
        """Something was not taken in."""

        reason: str

    def edit(self, edit: Edit) -> EditResult:
        edit.text = editable(edit.text)
        return super().edit(edit)

    async def on_key(self, event: events.Key) -> None:
        await run_bound_key(self, event)

    def on_paste(self, event: events.Paste) -> None:
        if not self._takes(event.text):
            event.stop()
            event.prevent_default()

    def action_paste(self) -> None:
        if self._takes(self.app.clipboard):
            super().action_paste()

    def _takes(self, pasted: str) -> bool:
        if self.read_only:
            self.post_message(self.Refused("This text is only shown here"))
            return False
        line = self.document.get_line(self.cursor_location[0])
        longest = len(line) + max(map(len, pasted.splitlines()), default=0)
        if len(self.text) + len(pasted) <= LARGEST and longest <= LONGEST_LINE:
            return True
        size = f"{len(pasted):,} characters are too many to paste here"
        self.post_message(self.Refused(f"{size}: use your editor"))
        return False


class NotePreview(DocumentView, can_focus=True):
    """A text as it will be read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,ctrl+o",
            "screen.preview",
            "back to the text",
            id="note.write",
            tooltip="Go on writing",
        ),
    ]


class NoteEditor(ModalScreen[NoteResult]):
    """Writes one note; nothing that was typed is lost, however it is left."""

    DEFAULT_CSS = """
    NoteEditor {
        align: center middle;
        & > DialogFrame { width: 60%; min-width: 78; height: 50%; min-height: 12; }
        NoteTextArea {
            height: 1fr;
            margin-bottom: 1;
            padding: 0;
            border: none;
            background: $surface;
            scrollbar-size-vertical: 1;
            &:focus { border: none; }
        }
        NotePreview { margin-bottom: 1; scrollbar-background: $surface; }
    }
    """
    AUTO_FOCUS = "NoteTextArea"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "save", "save", id="note.save", tooltip="Save the note and close"
        ),
        Binding(
            "escape",
            "leave",
            "keep as draft",
            id="note.leave",
            tooltip="Close; a changed text stays as a draft",
        ),
        Binding(
            "ctrl+t",
            "insert_template",
            "template",
            id="note.insert-template",
            tooltip="Insert a template where the cursor is",
        ),
        Binding(
            "ctrl+o",
            "preview",
            "preview",
            id="note.preview",
            tooltip="Show the text as it will be read, or go on writing",
        ),
    ]

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        original: str = "",
        keep: Callable[[str], None] = lambda _text: None,
        templates: Mapping[str, str] | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """Open on a text.

        Args:
            title: The project's name and which note it is.
            text: What to start with: the note, or a draft of it.
            original: The note as it is saved; empty for a new one.
            keep: Puts a half-written text in safety. Called at most every half second
                while the text changes, when the editor loses the focus, and when the
                app ends; not after the editor was left with a result.
            templates: Texts to insert, by name.
            environ: Where `$VISUAL` and `$EDITOR` are looked up.
        """
        super().__init__()
        self._title = title
        self._original = original
        self._keep = keep
        self._kept = text
        self._templates = templates or {}
        self._environ = os.environ if environ is None else environ
        self._loaded = text
        self._held = ""
        self._said_about = ""
        self._timer: Timer | None = None
        self._is_open = False
        self._is_previewing = False

    def compose(self) -> ComposeResult:
        self._area = NoteTextArea(highlight_cursor_line=False)
        self._hint = KeyHints(
            "note.save",
            "note.write",
            "note.leave",
            "note.preview",
            "note.edit-outside",
            "note.insert-template",
        )
        self._page = NotePreview()
        self._page.display = False
        yield DialogFrame(self._title, self._area, self._page, self._hint)

    def on_mount(self) -> None:
        with self.prevent(TextArea.Changed):
            self._load(self._loaded)
        self._is_open = True

    @property
    def text(self) -> str:
        """The text as it would be saved now.

        What was not touched comes back as it came in, though a text area cannot hold
        its line ends and controls.
        """
        if self._area.read_only or self._area.text == self._held:
            return self._loaded
        return self._area.text

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        if not self._original:
            return bool(self.text.strip())
        return editable(self.text) != editable(self._original)

    def check_action(self, action: str, _: tuple[object, ...]) -> bool | None:
        if action == "insert_template":
            return bool(self._templates) and not self._is_previewing
        return True

    def action_save(self) -> None:
        self._leave("save")

    def action_leave(self) -> None:
        self._leave("draft")

    def action_edit_outside(self) -> None:
        self.keep_now()
        before = self.text
        try:
            after = edit_in_editor(self.app, before, self._environ)
        except EditorError as error:
            self._say(str(error))
            return
        self._hint.show_message("")
        if after != before:
            self._load(after)
            self.keep_now()

    def action_preview(self) -> None:
        """Show the text as Markdown; what scrolls it then is the focus of the page."""
        self._is_previewing = not self._is_previewing
        self._page.display = self._is_previewing
        self._area.display = not self._is_previewing
        if self._is_previewing:
            text = self.text
            self._page.show(lambda _: iter([Part(prose(text), is_markdown=True)]))
            self._page.focus()
        else:
            self._area.focus()

    def action_insert_template(self) -> None:
        names = [(name, Content(display_line(name))) for name in self._templates]
        self.app.push_screen(ChooseDialog("Template", names), self._insert_template)

    def _insert_template(self, name: str | None) -> None:
        if name is not None and not self._area.read_only:
            self._area.insert(self._templates[name])

    def _load(self, text: str) -> None:
        area = self._area
        large = is_large(text)
        if large:
            area.load_text(editable(text[:_SHOWN_OF_LARGE]) + "…")
        elif self._is_open and not area.read_only:  # so that it can be undone
            area.replace(editable(text), area.document.start, area.document.end)
        else:
            area.load_text(editable(text))
        area.read_only = large
        area.show_cursor = not large
        area.move_cursor((0, 0) if large else area.document.end)
        self._loaded, self._held = text, area.text
        if large:
            self._say(
                f"{len(text):,} characters are too many to edit here: this is the"
                " beginning. Your own editor takes them all"
            )

    def _say(self, message: str) -> None:
        """Show a message until the text changes."""
        self._said_about = self._area.text
        self._hint.show_message(message)

    def _leave(self, action: Literal["save", "draft"]) -> None:
        if not self._is_open:
            return
        self._is_open = False
        if self.is_changed:
            self.dismiss(NoteResult(action, self.text))
        else:
            self.dismiss(NoteResult("discard", self._original))

    @on(NoteTextArea.Refused)
    def _say_why(self, message: NoteTextArea.Refused) -> None:
        message.stop()
        self._say(message.reason)

    @on(TextArea.Changed)
    def _keep_soon(self, message: TextArea.Changed) -> None:
        message.stop()
        if self._area.text != self._said_about:
            self._hint.show_message("")
        if self._timer is None:
            self._timer = self.set_timer(_KEEP_EVERY, self.keep_now)

    @on(events.DescendantBlur)
    @on(events.Unmount)
    def keep_now(self) -> None:
        """Put what was typed since the last time in safety."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._is_open and self.text != self._kept:
            self._kept = self.text
            self._keep(self._kept)
