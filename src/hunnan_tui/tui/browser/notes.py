"""The keys of notes."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.core.changes import (
    AddNote,
    Change,
    ChangeNote,
    DeleteNote,
)
from hunnan_tui.core.model import Note, Project
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.salvage import save_as_draft
from hunnan_tui.tui.browser.base import ActingScreen


class NotingScreen(ActingScreen):
    """Writes, changes and deletes the current project's notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "E",
            "edit_all_notes",
            "All notes in $EDITOR",
            key_display="E",
            id="notes.editor",
            tooltip="Write all notes of the project in $VISUAL or $EDITOR",
            show=False,
        ),
    ]

    @work
    async def action_add_note(self) -> None:
        project = self._project_at_hand()
        if project is not None:
            await self._write(project, None)

    @work
    async def action_edit_note(self) -> None:
        project = self._project_at_hand()
        if project is not None:
            from hunnan_tui.tui.dialogs.note_dialogs import ask_note

            note = await ask_note(self.app, project, "Edit which note?")
            if note is not None:
                await self._write(project, note)

    @work
    async def action_delete_note(self) -> None:
        project = self._project_at_hand()
        if project is not None:
            from hunnan_tui.tui.dialogs.note_dialogs import ask_note

            note = await ask_note(self.app, project, "Delete which note?")
            if note is not None:
                change = DeleteNote(note.at, note.text)
                self._change("delete a note", [project], [change])

    def action_edit_all_notes(self) -> None:
        from hunnan_tui.analysis.project_text import newest_first
        from hunnan_tui.core import notes_document
        from hunnan_tui.tui.terminal.editor import (
            EditorError,
            NoEditorError,
            edit_in_editor,
        )

        project = self._project_at_hand()
        if project is None:
            return
        notes = newest_first(project.annotations.notes)
        try:
            text = edit_in_editor(
                self.app, notes_document.format_notes(notes), os.environ
            )
        except NoEditorError as error:
            self.notify(f"{error}: the built-in editor opens", markup=False)
            self._write_beside(project)
        except EditorError as error:
            self.notify(str(error), severity="warning", timeout=15, markup=False)
        else:
            self._take_notes(project, notes, text)

    def _take_notes(self, project: Project, notes: Sequence[Note], text: str) -> None:
        """Take over what was written in the editor."""
        from hunnan_tui.core import notes_document

        made = notes_document.parse_changes(notes, text, self._now(), self._author())
        if not made:
            self.notify("No note was changed", markup=False)
        elif self._change("edit the notes", [project], made):
            self.notify("The notes were changed. u takes it back", markup=False)

    @work
    async def _write_beside(self, project: Project) -> None:
        await self._write(project, None)

    @work
    async def _resume(self, draft: Draft) -> None:
        """Go on with a half-written note."""
        project = self.projects[draft.key]
        notes = project.annotations.notes if draft.at else ()
        note = next((note for note in notes if note.at == draft.at), None)
        if note is None and draft.at is not None:
            # the note is gone: what was to be its text becomes a new one
            self._workspace.drafts.discard(draft.key, draft.at)
            save_as_draft(draft.key, None, draft.text, self._workspace.drafts)
        await self._write(project, note)

    @work
    async def _rehome(self, draft: Draft) -> None:
        """Ask where the text of a draft is to go whose project is gone."""
        from hunnan_tui.tui.dialogs.note_dialogs import ask_about_orphan

        drafts = self._workspace.drafts
        answer = await ask_about_orphan(self.app, draft.key, self._current_project)
        current = self._current_project
        if answer == "here" and current is not None:
            save_as_draft(current.key, None, draft.text, drafts)
            drafts.discard(draft.key, draft.at)
            await self._write(current, None)
        elif answer == "copy":
            self.app.copy_to_clipboard(draft.text)
            self.notify("Copied; the draft stays", markup=False)
        elif answer == "forget":
            drafts.discard(draft.key, draft.at)
            self.notify("The draft was thrown away", markup=False)

    async def _write(self, project: Project, note: Note | None) -> None:
        from hunnan_tui.tui.dialogs.note_dialogs import ask_note_text

        drafts = self._workspace.drafts
        author = asyncio.create_task(asyncio.to_thread(self._author))
        text = await ask_note_text(
            self.app, drafts, project, note, self._templates(project)
        )
        if text is not None:
            change: Change = AddNote(Note(text, self._now(), await author))
            if note is not None:
                change = ChangeNote(note.at, note.text, text)
            label = "change a note" if note else "add a note"
            if self._change(label, [project], [change]):
                drafts.discard(project.key, note.at if note else None)
        self._show()

    def _author(self) -> str:
        """Return who writes: what the settings say, else git."""
        if self._settings.author:
            return self._settings.author
        from hunnan_tui.config.author import read_git_author

        return read_git_author(self._workspace.store.path.absolute().parent)

    def _templates(self, project: Project) -> Mapping[str, str]:
        from hunnan_tui.config.templates import BUILT_IN, fill_templates

        known = {**BUILT_IN, **dict(self._settings.templates)}
        return fill_templates(known, project.name, self._now().date())
