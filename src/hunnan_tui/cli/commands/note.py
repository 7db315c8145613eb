"""`note`: adds, edits and deletes notes."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from hunnan_tui.cli import output
from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.note_selection import find_note
from hunnan_tui.cli.output import UsageError, check_utf8
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    STDIN,
)
from hunnan_tui.core.changes import (
    AddNote,
    ChangeNote,
    DeleteNote,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note


def add_note(args: Namespace) -> int:
    """Add a note to projects."""
    session = EditSession(args)
    projects, words = session.choose_projects(most=1)
    author = session.author
    now = datetime.now().astimezone().replace(microsecond=0)
    note = Note(_read_note_text(words[0]), now, author)
    return session.change(_("add a note"), projects, lambda _: [AddNote(note)])


def edit_note(args: Namespace) -> int:
    """Change the text of a note."""
    if len(args.words) != 3:
        raise make_usage_error(args.command, _("Which note, and its text?"))
    key, at, word = args.words
    session = EditSession(args)
    project = session.find_project(key)
    note, text = find_note(project, at), _read_note_text(word)
    change = ChangeNote(note.at, note.text, text)
    return session.change_note(_("edit a note"), project, note, change)


def remove_note(args: Namespace) -> int:
    """Delete a note."""
    if len(args.words) != 2:
        raise make_usage_error(args.command, _("Which note?"))
    session = EditSession(args)
    project = session.find_project(args.words[0])
    note = find_note(project, args.words[1])
    change = DeleteNote(note.at, note.text)
    return session.change_note(_("delete a note"), project, note, change)


def _read_note_text(word: str) -> str:
    """Return the text of a note: the word, or standard input for `-`."""
    text = output.read_text().rstrip("\n") if word == STDIN else word
    if not text.strip():
        raise UsageError(_("A note needs some text"))
    return check_utf8(text)
