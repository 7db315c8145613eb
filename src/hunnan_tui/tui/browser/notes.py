"""The commands of notes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from functools import partial

from hunnan_tui.core.changes import AddNote, Change, ChangeNote, DeleteNote
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.salvage import save_as_draft
from hunnan_tui.tui.browser.authors import find_author
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import Editing
from hunnan_tui.tui.browser.target import get_target


class Notes:
    """Writes, changes and deletes the current project's notes."""

    def __init__(self, browser: Browser, editing: Editing) -> None:
        self._browser = browser
        self._editing = editing
        self.handlers: Mapping[str, Handler] = {
            "notes.add": self.add,
            "notes.delete": self.delete,
            "notes.editor": self.edit_all,
        }

    async def add(self) -> None:
        """Write a new note."""
        project = self._browser.require_current()
        if project is not None:
            await self._write(project, None)

    async def edit(self) -> None:
        """Ask for a note and edit it."""
        project = self._browser.require_current()
        if project is not None:
            from hunnan_tui.tui.dialogs.note_dialogs import ask_note

            title = _("Edit which note?")
            note = await ask_note(self._browser.app, project, title)
            if note is not None:
                await self._write(project, note)

    async def delete(self) -> None:
        """Ask for a note and delete it."""
        project = self._browser.require_current()
        if project is not None:
            from hunnan_tui.tui.dialogs.note_dialogs import ask_note

            title = _("Delete which note?")
            note = await ask_note(self._browser.app, project, title)
            if note is not None:
                change = DeleteNote(note.at, note.text)
                self._editing.edit(_("delete a note"), [project], [change])

    def edit_all(self) -> None:
        """Open all notes in the reader's own editor."""
        from hunnan_tui.analysis.project_text import sort_notes
        from hunnan_tui.core import notes_document
        from hunnan_tui.tui.terminal.editor import (
            EditorError,
            NoEditorError,
            edit_in_editor,
        )

        browser = self._browser
        project = browser.require_current()
        if project is None:
            return
        notes = sort_notes(project.annotations.notes)
        document = notes_document.format_notes(notes)
        try:
            text = edit_in_editor(browser.app, document, os.environ)
        except NoEditorError as error:
            text = _("{error}: the built-in editor opens")
            browser.notify(text.format(error=error))
            browser.run(partial(self._write, project, None))
        except EditorError as error:
            browser.warn([str(error)])
        else:
            self._apply_document(project, notes, text)

    def _apply_document(
        self, project: Project, notes: Sequence[Note], text: str
    ) -> None:
        """Make the changes of a document of all notes."""
        from hunnan_tui.core import notes_document

        now, author = self._browser.now(), find_author(self._browser)
        changes = notes_document.parse_changes(notes, text, now, author)
        if not changes:
            self._browser.notify(_("No note was changed"))
        elif (
            self._editing.edit(_("edit the notes"), [project], changes)
            and get_target() is None
        ):
            self._browser.notify(
                _("The notes were changed. {undo} takes it back").format(
                    undo=name_key("edit.undo")
                )
            )

    async def resume(self, draft: Draft) -> None:
        """Go on with a half-written note."""
        drafts = self._browser.workspace.drafts
        project = self._browser.projects[draft.key]
        notes = project.annotations.notes if draft.at else ()
        note = next((note for note in notes if note.at == draft.at), None)
        if note is None and draft.at is not None:
            # the note is gone: its new text becomes a note of its own
            drafts.discard(draft.key, draft.at)
            save_as_draft(draft.key, [(None, draft.text)], drafts)
        await self._write(project, note)

    async def rehome(self, draft: Draft) -> None:
        """Ask where to put a draft whose project is gone."""
        from hunnan_tui.tui.dialogs.note_dialogs import ask_about_orphan

        browser = self._browser
        drafts = browser.workspace.drafts
        answer = await ask_about_orphan(browser.app, draft.key, browser.current_project)
        current = browser.current_project
        if answer == "here" and current is not None:
            save_as_draft(current.key, [(None, draft.text)], drafts)
            drafts.discard(draft.key, draft.at)
            await self._write(current, None)
        elif answer == "copy":
            browser.app.copy_to_clipboard(draft.text)
            browser.notify(_("Copied; the draft stays"))
        elif answer == "forget":
            drafts.discard(draft.key, draft.at)
            browser.notify(_("The draft was thrown away"))

    async def _write(self, project: Project, note: Note | None) -> None:
        """Open the note editor, and make what is written there a note."""
        from hunnan_tui.tui.dialogs.note_dialogs import ask_note_text

        browser = self._browser
        drafts = browser.workspace.drafts
        author = asyncio.create_task(asyncio.to_thread(find_author, browser))
        templates = self._fill_templates(project)
        text = await ask_note_text(browser.app, drafts, project, note, templates)
        change: Change | None = None
        if text is not None and note is not None:
            change = ChangeNote(note.at, note.text, text)
        elif text is not None:
            change = AddNote(Note(text, browser.now(), await author))
        with browser.draw_once():
            if change is not None:
                label = _("change a note") if note else _("add a note")
                if self._editing.edit(label, [project], [change]):
                    drafts.discard(project.key, note.at if note else None)
            browser.show()  # there may be a draft now, or none any more

    def _fill_templates(self, project: Project) -> Mapping[str, str]:
        from hunnan_tui.config.templates import fill_templates

        own = dict(self._browser.settings.templates)
        name = name_briefly(project)
        return fill_templates(own, name, self._browser.now().date())
