"""Asks about notes: opens a dialog and returns what was picked or written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import App
from textual.content import Content

from hunnan_tui.analysis.project_text import sort_notes
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display_line
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.note_editor import NoteEditor
from hunnan_tui.tui.presenters import summary
from hunnan_tui.tui.presenters.card_parts import format_note_time


async def ask_note(app: App[Any], project: Project, title: str) -> Note | None:
    """Ask for one of a project's notes; a single one is returned at once."""
    notes = sort_notes(project.annotations.notes)
    if not notes:
        message = _("This project has no note yet")
        if project.readonly_annotations.notes:
            message = _("This project has no note that can be changed here")
        app.notify(message, markup=False)
        return None
    if len(notes) == 1:
        return notes[0]
    options = [(str(n), summary.format_note(note)) for n, note in enumerate(notes)]
    chosen = await app.push_screen_wait(ChooseDialog(title, options))
    return None if chosen is None else notes[int(chosen)]


async def ask_note_text(
    app: App[Any],
    drafts: Drafts,
    project: Project,
    note: Note | None,
    templates: Mapping[str, str],
) -> str | None:
    """Let the reader write a note; return its text, or None when it is not saved.

    The text is saved as a draft while it is typed; an existing draft is resumed.
    """
    at = note.at if note else None
    original = note.text if note else ""
    draft = drafts.get(project.key, at)

    def keep(text: str) -> None:
        drafts.save(Draft(project.key, at, original, text))

    kind = _("New note")
    if note:
        kind = _("Note of {time}").format(time=format_note_time(note))
    editor = NoteEditor(
        f"{kind} · {name_briefly(project)}",
        draft.text if draft else original,
        original=original,
        keep=keep,
        templates=templates,
    )
    result = await app.push_screen_wait(editor)
    if result.action == "save" and result.text.strip():
        keep(result.text)  # until it is in the journal
        return result.text
    if result.action == "draft":
        keep(result.text)
        app.notify(_("Kept as a draft: n or e goes on with it"), markup=False)
        return None
    if result.action == "save":
        app.notify(_("An empty note is not saved; d deletes one"), markup=False)
    drafts.discard(project.key, at)
    return None


async def ask_about_orphan(
    app: App[Any], key: str, current: Project | None
) -> str | None:
    """Ask what to do with a text on a project that is gone.

    Returns:
        "here", "copy" or "forget"; None to leave it.
    """
    options = [
        ("copy", Content(_("Copy the text"))),
        ("forget", Content(_("Throw it away"))),
    ]
    if current is not None:
        name = display_line(name_briefly(current))
        put = _("Put it on {project}").format(project=name)
        options.insert(0, ("here", Content(put)))
    title = _("{project} is no longer in the file").format(project=display_line(key))
    return await app.push_screen_wait(ChooseDialog(title, options))


async def ask_about_lost(app: App[Any], project: Project) -> str | None:
    """Ask what to do with a text on a project that the file has lost.

    Returns:
        "back", "copy" or "forget"; None to leave it.
    """
    options = [
        ("back", Content(_("Put it back"))),
        ("copy", Content(_("Copy it"))),
        ("forget", Content(_("Forget it"))),
    ]
    title = _("Gone from {project}")
    title = title.format(project=display_line(name_briefly(project)))
    return await app.push_screen_wait(ChooseDialog(title, options))
