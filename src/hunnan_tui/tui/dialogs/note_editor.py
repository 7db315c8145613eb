"""The note editor: writes one note and saves a draft while it is typed."""

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
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE, display_line
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.presenters.card_parts import CardPart, clean_prose
from hunnan_tui.tui.terminal.drawing_caches import stop_watching_app
from hunnan_tui.tui.terminal.editor import EditorError, edit_in_editor
from hunnan_tui.tui.widgets.document_view import DocumentView
from hunnan_tui.tui.widgets.text_field import place_terminal_cursor, run_bound_key

MAX_LENGTH = 200_000
"""Characters of a text that can be edited here; a longer one is only shown."""

MAX_LINE_LENGTH = 20_000
"""Characters of a line of such a text."""
_SHOWN_LENGTH = 5_000
_DRAFT_INTERVAL = 0.5
"""Seconds between two saves of the draft."""
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def normalize_text(text: str) -> str:
    """Return a text as it is edited: newlines as line ends, no control characters."""
    return UNSAFE.sub("", _BREAKS.sub("\n", text))


def is_large(text: str) -> bool:
    """Return whether a text is too large for the built-in editor."""
    return (
        len(text) > MAX_LENGTH
        or max(map(len, text.splitlines()), default=0) > MAX_LINE_LENGTH
    )


@dataclass(frozen=True, slots=True)
class NoteResult:
    """How the editor was closed."""

    action: Literal["save", "draft", "discard"]
    """discard: the text is empty or unchanged; there is nothing to save."""
    text: str


class NoteTextArea(TextArea):
    """A text area without control characters, and with a limit on its size."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(  # bound here, since the text area has this key for the end of the line
            "ctrl+e",
            "screen.edit_outside",
            N_("open in $EDITOR"),
            id="note.edit-outside",
            tooltip=N_("Write the note in $VISUAL or $EDITOR"),
        ),
    ]

    IN_PLACE: ClassVar[frozenset[str]] = frozenset(
        binding.action for binding in TextArea.BINDINGS if isinstance(binding, Binding)
    )
    """Actions that only change the text: keys of a burst need not wait for each other."""

    @dataclass
    class PasteRefused(Message):
        """A paste was not inserted."""

        reason: str

    def on_focus(self) -> None:
        # where it is on the screen is known once it is laid out
        self.call_after_refresh(place_terminal_cursor, self)

    def on_unmount(self) -> None:
        stop_watching_app(self)

    def edit(self, edit: Edit) -> EditResult:
        edit.text = normalize_text(edit.text)
        return super().edit(edit)

    async def on_key(self, event: events.Key) -> None:
        await run_bound_key(self, event)

    def on_paste(self, event: events.Paste) -> None:
        if not self._accepts(event.text):
            event.stop()
            event.prevent_default()

    def action_paste(self) -> None:
        if self._accepts(self.app.clipboard):
            super().action_paste()

    def _accepts(self, pasted: str) -> bool:
        if self.read_only:
            self.post_message(self.PasteRefused(_("This text is only shown here")))
            return False
        line = self.document.get_line(self.cursor_location[0])
        longest = len(line) + max(map(len, pasted.splitlines()), default=0)
        if len(self.text) + len(pasted) <= MAX_LENGTH and longest <= MAX_LINE_LENGTH:
            return True
        reason = _("{count:,} characters are too many to paste here: use your editor")
        self.post_message(self.PasteRefused(reason.format(count=len(pasted))))
        return False


class NotePreview(DocumentView, can_focus=True):
    """The note as readers see it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,ctrl+o",
            "screen.preview",
            N_("back to the text"),
            id="note.write",
            tooltip=N_("Go on writing"),
        ),
    ]


class NoteEditor(Dialog[NoteResult]):
    """Writes one note; no typed text is lost, however the editor is closed."""

    DEFAULT_CSS = """
    NoteEditor {
        & > DialogFrame { height: 50%; min-height: 12; }
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
            "ctrl+s",
            "save",
            N_("save"),
            id="note.save",
            tooltip=N_("Save the note and close"),
        ),
        Binding(
            "escape",
            "leave",
            N_("keep as draft"),
            id="note.leave",
            tooltip=N_("Close; a changed text stays as a draft"),
        ),
        Binding(
            "ctrl+t",
            "insert_template",
            N_("template"),
            id="note.insert-template",
            tooltip=N_("Insert a template where the cursor is"),
        ),
        Binding(
            "ctrl+o",
            "preview",
            N_("preview"),
            id="note.preview",
            tooltip=N_("Show the text as it will be read, or go on writing"),
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
            text: The text at first: the note, or its draft.
            original: The note as it is saved; empty for a new one.
            keep: Saves a draft. Called at most every half second while the text changes,
                when the editor loses the focus, and when the app ends; not after the
                editor was closed with a result.
            templates: Texts to insert, by name.
            environ: The environment with `$VISUAL` and `$EDITOR`.
        """
        super().__init__()
        self._title = title
        self._original = original
        self._keep = keep
        self._draft = text
        self._templates = templates or {}
        self._environ = os.environ if environ is None else environ
        self._loaded_text = text
        self._area_text = ""
        self._message_for = ""
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
        self._preview = NotePreview()
        self._preview.display = False
        yield DialogFrame(self._title, self._area, self._preview, self._hint)

    def on_mount(self) -> None:
        with self.prevent(TextArea.Changed):
            self._load(self._loaded_text)
        self._is_open = True

    @property
    def text(self) -> str:
        """The text to save.

        An untouched text is returned as it was loaded, with the line ends and controls
        that a text area cannot hold.
        """
        if self._area.read_only or self._area.text == self._area_text:
            return self._loaded_text
        return self._area.text

    @property
    def is_changed(self) -> bool:
        """Whether the text differs from the saved note."""
        if not self._original:
            return bool(self.text.strip())
        return normalize_text(self.text) != normalize_text(self._original)

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
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
            self._show_message(str(error))
            return
        self._hint.show_message("")
        if after != before:
            self._load(after)
            self.keep_now()

    def action_preview(self) -> None:
        """Toggle between the text and its rendered Markdown."""
        self._is_previewing = not self._is_previewing
        self._preview.display = self._is_previewing
        self._area.display = not self._is_previewing
        if self._is_previewing:
            text = self.text
            self._preview.show(
                lambda _: iter([CardPart(clean_prose(text), is_markdown=True)])
            )
            self._preview.focus()
        else:
            self._area.focus()

    def action_insert_template(self) -> None:
        names = [(name, Content(display_line(name))) for name in self._templates]
        dialog = ChooseDialog(_("Template"), names)
        self.app.push_screen(dialog, self._insert_template)

    def _insert_template(self, name: str | None) -> None:
        if name is not None and not self._area.read_only:
            self._area.insert(self._templates[name])

    def _load(self, text: str) -> None:
        area = self._area
        large = is_large(text)
        if large:
            area.load_text(normalize_text(text[:_SHOWN_LENGTH]) + "…")
        elif self._is_open and not area.read_only:  # so that undo works
            area.replace(normalize_text(text), area.document.start, area.document.end)
        else:
            area.load_text(normalize_text(text))
        area.read_only = large
        area.show_cursor = not large
        area.move_cursor((0, 0) if large else area.document.end)
        self._loaded_text, self._area_text = text, area.text
        if large:
            message = _(
                "{count:,} characters are too many to edit here: this is the"
                " beginning. Your own editor takes them all"
            )
            self._show_message(message.format(count=len(text)))

    def _show_message(self, message: str) -> None:
        """Show a message until the text changes."""
        self._message_for = self._area.text
        self._hint.show_message(message)

    def _leave(self, action: Literal["save", "draft"]) -> None:
        if not self._is_open:
            return
        self._is_open = False
        if self.is_changed:
            self.dismiss(NoteResult(action, self.text))
        else:
            self.dismiss(NoteResult("discard", self._original))

    @on(NoteTextArea.PasteRefused)
    def _show_reason(self, message: NoteTextArea.PasteRefused) -> None:
        message.stop()
        self._show_message(message.reason)

    @on(TextArea.Changed)
    def _keep_soon(self, message: TextArea.Changed) -> None:
        message.stop()
        if self._area.text != self._message_for:
            self._hint.show_message("")
        if self._timer is None:
            self._timer = self.set_timer(_DRAFT_INTERVAL, self.keep_now)

    @on(events.DescendantBlur)
    @on(events.Unmount)
    def keep_now(self) -> None:
        """Save a draft, if the text has changed since the last one."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._is_open and self.text != self._draft:
            self._draft = self.text
            self._keep(self._draft)
