"""Finds the note that a word names by its time, or by its number if it has none."""

from __future__ import annotations

from collections import Counter

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note, Project


class NoSuchNoteError(HunnanError):
    """The project has no such note, or several of them."""

    exit_code = 4


def find_note(project: Project, word: str) -> Note:
    """Return the note that a word names: a time, its beginning, or `#N`.

    Raises:
        NoSuchNoteError: No note matches, or more than one does.
    """
    names = list_note_names(project)
    for number, note in enumerate(project.notes, 1):
        if note.at is None and word == f"#{number}":
            return note
    matches = [name for name in names if name == word] or [
        name for name in names if name.startswith(word)
    ]
    if len(matches) == 1:
        return project.notes[names.index(matches[0])]
    what = _("Several notes have") if matches else _("No note has")
    hint = _("see `hunnan-tui note list {key}`").format(key=project.key)
    raise NoSuchNoteError(
        _("{what} the time {word!r}: {hint}").format(what=what, word=word, hint=hint)
    )


def list_note_names(project: Project) -> list[str]:
    """Return the name of each note of a project on the command line."""
    times = [(note.at or note.day) for note in project.notes]
    names = [time.isoformat() if time else "" for time in times]
    counts = Counter(names)  # a day alone may be that of several notes
    return [
        name if name and (note.at or counts[name] == 1) else f"#{number}"
        for number, (name, note) in enumerate(zip(names, project.notes, strict=True), 1)
    ]
