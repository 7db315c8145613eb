"""The times of notes, by which they are known: which is meant, and which is free."""

from __future__ import annotations

from datetime import MAXYEAR, datetime, timedelta

from hunnan_tui.core.dates import to_instant
from hunnan_tui.core.model import Note

_TICK = timedelta(milliseconds=1)


def is_same_note(note: Note, other: Note) -> bool:
    """Return whether other is note after its time was moved to be unique."""
    if note.text != other.text or note.by != other.by:
        return False
    if note.at is None or other.at is None:
        return note.at is other.at
    moved = to_instant(other.at) - to_instant(note.at)
    return timedelta() <= moved * _direction(note.at) < timedelta(seconds=1)


def move_to_free_time(note: Note, others: tuple[Note, ...]) -> Note:
    """Return a note with a time of its own; one without a time stays so."""
    if note.at is None:
        return note
    taken = {to_instant(other.at) for other in others if other.at is not None}
    at = note.at
    while to_instant(at) in taken:
        at = bump_time(at)
    return note._replace(at=at)


def bump_time(at: datetime) -> datetime:
    """Return the time that a note moves to when its own is taken."""
    return at + _TICK * _direction(at)


def _direction(at: datetime) -> int:
    """Return which way a time moves to be unique: on, but back in the last year."""
    return 1 if at.year < MAXYEAR else -1


def find_note(notes: tuple[Note, ...], at: datetime | None, *texts: str) -> int | None:
    """Return the place of the note with this time, best with one of the texts.

    Without a time it must have one of the texts.
    """
    if at is not None:
        wanted = to_instant(at)
        fits = [
            place
            for place, note in enumerate(notes)
            if note.at is not None and to_instant(note.at) == wanted
        ]
    else:
        fits = [place for place, note in enumerate(notes) if note.at is None]
    for text in texts:
        for place in fits:
            if notes[place].text == text:
                return place
    return fits[0] if fits and at is not None else None
