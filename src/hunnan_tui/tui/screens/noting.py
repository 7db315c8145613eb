"""The keys of notes."""

from __future__ import annotations

from textual import work

from hunnan_tui.drafts import Draft
from hunnan_tui.edits import AddNote, Change, ChangeNote, DeleteNote
from hunnan_tui.model import Note, Project
from hunnan_tui.tui.screens.acting import ActingScreen


class NotingScreen(ActingScreen):
    """Writes, changes and deletes the current project's notes."""

    @work
    async def action_add_note(self) -> None:
        project = self._current_project
        if project is not None:
            await self._write(project, None)

    @work
    async def action_edit_note(self) -> None:
        project = self._current_project
        if project is not None:
            from hunnan_tui.tui.asking import ask_which_note

            note = await ask_which_note(self.app, project, "Edit which note?")
            if note is not None:
                await self._write(project, note)

    @work
    async def action_delete_note(self) -> None:
        project = self._current_project
        if project is not None:
            from hunnan_tui.tui.asking import ask_which_note

            note = await ask_which_note(self.app, project, "Delete which note?")
            if note is not None:
                change = DeleteNote(note.at, note.text)
                self._change("delete a note", [project], [change])

    @work
    async def _resume(self, draft: Draft) -> None:
        """Go on with a half-written note."""
        project = self.projects[draft.key]
        notes = project.own.notes if draft.at else ()
        await self._write(
            project, next((note for note in notes if note.at == draft.at), None)
        )

    async def _write(self, project: Project, note: Note | None) -> None:
        from hunnan_tui.tui.asking import ask_text

        drafts = self._workspace.drafts
        text = await ask_text(self.app, drafts, project, note)
        if text is not None:
            change: Change = AddNote(Note(text, self._now(), self._settings.author))
            if note is not None:
                change = ChangeNote(note.at, note.text, text)
            label = "change a note" if note else "add a note"
            if self._change(label, [project], [change]):
                drafts.drop(project.key, note.at if note else None)
        self._show()
