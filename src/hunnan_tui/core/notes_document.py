"""All notes of a project as one text for an external editor, and what an edit of it means.

Each note stands below a line with its number. Text above the first of these lines is a
new note. A note whose text or line was removed is deleted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from hunnan_tui.core.changes import (
    AddNote,
    Change,
    ChangeNote,
    DeleteNote,
)
from hunnan_tui.core.model import Note
from hunnan_tui.core.text import display_line

HELP = (
    "<!-- Above the first === line: a new note. A note without its text is deleted. -->"
)
_RULE = re.compile(r"=== \[([0-9]{1,9})\] .*===[ \t]*")


def format_notes(notes: Sequence[Note]) -> str:
    """Return notes as one text, which means no change if it is not edited."""
    parts = [HELP, "", ""]
    for number, note in enumerate(notes, 1):
        about = display_line(
            " ".join(filter(None, (note.written_at or "undated", note.by)))
        )
        parts += [f"=== [{number}] {about} ===", _trim(note.text), ""]
    return "\n".join(parts)


def parse_changes(
    notes: Sequence[Note], text: str, now: datetime, author: str
) -> list[Change]:
    """Return the changes that an edited text of `format_notes` makes to the notes.

    Args:
        notes: Those that were written.
        text: The edited text.
        now: When a new note is written.
        author: By whom.
    """
    sections = _split_sections(text, len(notes))
    new = sections.pop(0).replace(HELP, "").strip("\n")
    changes: list[Change] = []
    for number, note in enumerate(notes, 1):
        body = sections.get(number)
        if body is None or not body.strip():
            if body is None or note.text.strip():
                changes.append(DeleteNote(note.at, note.text))
        elif body != _trim(note.text):
            changes.append(ChangeNote(note.at, note.text, body))
    if new.strip():
        changes.append(AddNote(Note(new, now, author)))
    return changes


def _split_sections(text: str, count: int) -> dict[int, str]:
    """Return the text below the line of each number; 0 has what is above the first.

    Only the first line of a number counts: in a note such a line is text.
    """
    lines_by_number: dict[int, list[str]] = {0: []}
    now = 0
    for line in text.split("\n"):
        match = _RULE.fullmatch(line)
        number = int(match[1]) if match else 0
        if 1 <= number <= count and number not in lines_by_number:
            now = number
            lines_by_number[now] = []
        else:
            lines_by_number[now].append(line)
    return {
        number: "\n".join(lines).strip("\n")
        for number, lines in lines_by_number.items()
    }


def _trim(text: str) -> str:
    """Return a note's text without the line breaks around it."""
    return text.replace("\r\n", "\n").strip("\n")
