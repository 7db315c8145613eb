"""The time of a note identifies it, so no two notes of a project share one."""

from __future__ import annotations

from datetime import MAXYEAR, datetime, timedelta

from hunnan_tui.core.dates import to_instant
from hunnan_tui.core.model import Note

MOST_MOVED = timedelta(seconds=1)
"""A note whose time has moved by less than this is still the same note."""
_TICK = timedelta(milliseconds=1)


def is_same_note(note: Note, other: Note) -> bool:
    """Return whether other is the note itself, perhaps after its time has moved."""
    if note.text != other.text or note.by != other.by:
        return False
    if note.at is None or other.at is None:
        return note.at is other.at
    moved = to_instant(other.at) - to_instant(note.at)
    return timedelta() <= moved * _choose_direction(note.at) < MOST_MOVED


def bump_time(at: datetime) -> datetime:
    """Return the time that a note moves to when its own is taken."""
    return at + _TICK * _choose_direction(at)


def _choose_direction(at: datetime) -> int:
    """Return 1 for on, -1 for back: in the last year of the calendar."""
    return 1 if at.year < MAXYEAR else -1
