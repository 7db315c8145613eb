"""The notes of one project while changes are applied to them.

A note is found by its time or its text without a search, so that a transaction takes
time in proportion to its edits, however many notes there are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import datetime, timedelta

from hunnan_tui.core.dates import to_instant
from hunnan_tui.core.model import Note
from hunnan_tui.core.note_times import MOST_MOVED, bump_time, is_same_note

_Key = tuple[Hashable, ...]


class NoteList:
    """Notes in their order; each has a number that it keeps until it is removed."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes: dict[int, Note] = {}
        self._numbers: dict[_Key, dict[int, None]] = {}
        """The notes of each time, and those of each text and second."""
        self._next = 0
        for note in notes:
            self.append(note)

    def __getitem__(self, number: int) -> Note:
        return self._notes[number]

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes.values())

    def append(self, note: Note) -> None:
        """Add a note behind the others, as it is."""
        self._notes[self._next] = note
        self._link(self._next, note)
        self._next += 1

    def replace(self, number: int, note: Note) -> None:
        """Put another note in the place of one."""
        self._unlink(number)
        self._notes[number] = note
        self._link(number, note)

    def remove(self, number: int) -> None:
        """Remove a note."""
        self._unlink(number)
        del self._notes[number]

    def remove_last(self) -> None:
        """Remove the note that was appended last."""
        self.remove(next(reversed(self._notes)))

    def find(self, at: datetime | None, *texts: str) -> int | None:
        """Return the number of the note with this time, best with one of the texts.

        Without a time it must have one of the texts.
        """
        if at is None:
            matches = (self._find_all(_make_text_key(text, None)) for text in texts)
            return next((numbers[0] for numbers in matches if numbers), None)
        numbers = self._find_all(_make_time_key(to_instant(at)))
        for text in texts:
            for number in numbers:
                if self._notes[number].text == text:
                    return number
        return numbers[0] if numbers else None

    def includes(self, note: Note) -> bool:
        """Return whether a note is there, perhaps with a time that has moved."""
        return any(is_same_note(note, other) for other in self._find_similar(note))

    def find_by_anyone(self, note: Note) -> Note | None:
        """Return the first note that `includes` would find, whoever wrote it."""
        return next(
            (
                other
                for other in self._find_similar(note)
                if is_same_note(note._replace(by=other.by), other)
            ),
            None,
        )

    def move_to_free_time(self, note: Note) -> Note:
        """Return a note with a time that no other has; one without a time stays so."""
        if note.at is None:
            return note
        at = note.at
        while self._numbers.get(_make_time_key(to_instant(at))):
            at = bump_time(at)
        return note._replace(at=at)

    def _find_similar(self, note: Note) -> Iterator[Note]:
        """Yield the notes with the text of a note and about its time, in order."""
        if note.at is None:
            keys = [_make_text_key(note.text, None)]
        else:
            second = to_instant(note.at) // MOST_MOVED
            keys = [_make_text_key(note.text, second + step) for step in (-1, 0, 1)]
        numbers = (number for key in keys for number in self._numbers.get(key, ()))
        return map(self._notes.__getitem__, sorted(numbers))

    def _find_all(self, key: _Key) -> list[int]:
        return sorted(self._numbers.get(key, ()))

    def _link(self, number: int, note: Note) -> None:
        for key in _make_keys(note):
            self._numbers.setdefault(key, {})[number] = None

    def _unlink(self, number: int) -> None:
        for key in _make_keys(self._notes[number]):
            del self._numbers[key][number]


def _make_keys(note: Note) -> Iterator[_Key]:
    if note.at is None:
        yield _make_text_key(note.text, None)
    else:
        instant = to_instant(note.at)
        yield _make_time_key(instant)
        yield _make_text_key(note.text, instant // MOST_MOVED)


def _make_time_key(instant: timedelta) -> _Key:
    return (instant,)


def _make_text_key(text: str, second: int | None) -> _Key:
    return text, second
