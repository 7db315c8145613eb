"""What a reader wrote and the file cannot take: where it is kept instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from hunnan_tui.drafts import Draft, Drafts
from hunnan_tui.edits import AddNote, ChangeNote, Edit
from hunnan_tui.errors import HunnanError
from hunnan_tui.model import Project
from hunnan_tui.store import keep_aside


def keep_gone(gone: Sequence[Project], aside: Path | None) -> tuple[str, ...]:
    """Keep the annotations of projects that somebody has deleted.

    Args:
        gone: The projects.
        aside: The notes file that takes them, if there is a place for it.

    Returns:
        What to tell the reader.
    """
    if not gone:
        return ()
    names = ", ".join(project.key for project in gone[:3])
    more = f" and {len(gone) - 3:,} more" if len(gone) > 3 else ""
    told = f"No longer in the file: {names}{more}"
    if aside is None:
        return (f"{told}; there is no place to keep their tags and notes",)
    try:
        keep_aside(aside, gone)
    except HunnanError as error:
        return (f"{told}; their tags and notes could not be kept: {error}",)
    return (f"{told}; their tags and notes are kept in {aside}",)


def rescue(edit: Edit, reason: str, drafts: Drafts) -> str:
    """Keep the text of an edit that the file cannot take; return what to tell."""
    _, text = _note(edit)
    kept = ""
    if text:
        drafts.keep(Draft(edit.key, None, "", text))
        kept = "; its text is kept as a draft"
    return f"Not saved for {edit.key}: {reason}{kept}"


def drop_draft(edit: Edit, drafts: Drafts) -> None:
    """Forget the draft of a note that the crash came just behind."""
    at, text = _note(edit)
    draft = drafts.get(edit.key, at)
    if draft is not None and draft.text == text:
        drafts.drop(edit.key, at)


def _note(edit: Edit) -> tuple[datetime | None, str]:
    """Return which note an edit writes, None for a new one, and its text."""
    change = edit.change
    if isinstance(change, AddNote):
        return None, change.note.text
    if isinstance(change, ChangeNote):
        return change.at, change.new
    return None, ""
