"""What this user wrote, and which part of it is missing from the file.

The user's annotations are the sum of the logged transactions, from all windows and
commands on this machine. What such a transaction removed is not missing. A note, a day or
a need that has another value counts as lost only if the user had replaced that value; any
other value is a later change by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from hunnan_tui.core.apply_changes import AnnotationsEditor
from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    Change,
    ChangeNeed,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveNeed,
    RemoveTags,
    SetFollowUp,
)
from hunnan_tui.core.fact_changes import FactChange
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.core.note_list import NoteList
from hunnan_tui.core.plain_values import includes
from hunnan_tui.core.text import fold
from hunnan_tui.storage.transaction_log import FORGET, LoggedTransaction


@dataclass(slots=True)
class WrittenValues:
    """What the user wrote on one project."""

    editor: AnnotationsEditor = field(default_factory=AnnotationsEditor)
    """Applies what the reader did, edit by edit."""
    texts: set[str] = field(default_factory=set)
    """Texts of notes that the user replaced."""
    days: set[date | None] = field(default_factory=lambda: {None})
    """Follow-ups that the user replaced."""
    needs: list[Need] = field(default_factory=list)
    """Needs that the user replaced."""

    @property
    def annotations(self) -> Annotations:
        """What the reader wrote and has not removed."""
        return self.editor.annotations


def read_written(transactions: Iterable[LoggedTransaction]) -> dict[str, WrittenValues]:
    """Return the result of transactions, by project.

    Of an unsaved transaction only what it removes counts: another window may be about
    to save it.
    """
    by_key: dict[str, WrittenValues] = {}
    for transaction in transactions:
        if transaction.act == FORGET:
            _apply_all(by_key, transaction.edits, is_saved=True)
            continue
        # what others removed before this was saved counts as removed by both
        _apply_all(
            by_key, _iterate_effects(transaction, transaction.first), is_saved=False
        )
        if transaction.is_saved:
            _apply_all(
                by_key, _iterate_effects(transaction, transaction.undo), is_saved=True
            )
        for edit in transaction.undo:
            if isinstance(edit.change, SetFollowUp):
                by_key.setdefault(edit.key, WrittenValues()).days.add(edit.change.day)
    return by_key


def _apply_all(
    by_key: dict[str, WrittenValues], edits: Iterable[Edit], *, is_saved: bool
) -> None:
    for edit in edits:
        if isinstance(edit.change, FactChange):
            continue  # facts are not watched: the file has more of them than we wrote
        written = by_key.setdefault(edit.key, WrittenValues())
        _apply(written, edit.change, is_saved=is_saved)


def _iterate_effects(
    transaction: LoggedTransaction, undo: Sequence[Edit]
) -> Iterator[Edit]:
    """Yield what a transaction has really changed: the reverse of its undo.

    Its edits say more: a tag that was there before, a note that had to move.
    """
    days = {
        e.key: e.change.day
        for e in transaction.edits
        if isinstance(e.change, SetFollowUp)
    }
    notes = {
        (edit.key, edit.change.note.text): edit.change.note
        for edit in transaction.edits
        if isinstance(edit.change, AddNote)
    }
    for edit in reversed(undo):
        key, change = edit.key, edit.change
        match change:
            case SetFollowUp():
                yield Edit(key, SetFollowUp(days.get(key)))
            case DeleteNote():
                note = notes.get((key, change.text), Note(change.text))
                yield Edit(key, AddNote(note._replace(at=change.at)))
            case AddNote():
                yield Edit(key, DeleteNote(change.note.at, change.note.text))
            case ChangeNote():
                yield Edit(key, ChangeNote(change.at, change.new, change.old))
            case ChangeNeed():
                yield Edit(key, ChangeNeed(change.new, change.old))
            case AddTags():
                yield Edit(key, RemoveTags(change.tags))
            case RemoveTags():
                yield Edit(key, AddTags(change.tags))
            case AddNeed():
                yield Edit(key, RemoveNeed(change.need))
            case RemoveNeed():
                yield Edit(key, AddNeed(change.need))


def find_lost(
    written: WrittenValues, now: Annotations, before: Annotations | None = None
) -> Annotations:
    """Return what the user wrote on a project and is missing.

    Args:
        written: What the user wrote.
        now: What is there.
        before: What was there; None if that is not known.
    """
    annotations = written.annotations
    tags = {fold(tag) for tag in now.tags}
    had_tags = None if before is None else {fold(tag) for tag in before.tags}
    day = annotations.follow_up
    was_day = before is None or before.follow_up == day
    is_reverted = day != now.follow_up and now.follow_up in written.days
    mine = annotations.notes if before is None else _find_notes(annotations, before)
    notes = NoteList(now.notes)
    changed_by_others = {
        note.at
        for note in now.notes
        if note.at is not None and note.text not in written.texts
    }
    return Annotations(
        tags=tuple(
            tag
            for tag in annotations.tags
            if fold(tag) not in tags and (had_tags is None or fold(tag) in had_tags)
        ),
        follow_up=day if was_day and is_reverted else None,
        needs=tuple(
            need
            for need in annotations.needs
            if not includes(now.needs, need)
            and (before is None or includes(before.needs, need))
            and _is_need_lost(need, now.needs, written.needs)
        ),
        notes=tuple(
            note
            for note in mine
            if notes.find_by_anyone(note) is None and note.at not in changed_by_others
        ),
    )


def _apply(written: WrittenValues, change: Change, *, is_saved: bool) -> None:
    apply = written.editor.apply
    if isinstance(change, ChangeNote):
        written.texts.add(change.old)
        apply(DeleteNote(change.at, change.old))
        if is_saved:
            apply(AddNote(Note(change.new, change.at)))
    elif isinstance(change, ChangeNeed):
        written.needs.append(change.old)
        apply(RemoveNeed(change.old))
        if is_saved:
            apply(change)
    elif isinstance(change, SetFollowUp):
        apply(SetFollowUp(change.day if is_saved else None))
    elif is_saved or isinstance(change, DeleteNote | RemoveTags | RemoveNeed):
        apply(change)


def _find_notes(annotations: Annotations, before: Annotations) -> list[Note]:
    """Return the notes as the file had them, without those that it did not have."""
    notes = NoteList(before.notes)
    matches = map(notes.find_by_anyone, annotations.notes)
    return [note for note in matches if note is not None]


def _is_need_lost(need: Need, now: Iterable[Need], replaced: list[Need]) -> bool:
    changed = [n for n in now if (n.kind, n.what) == (need.kind, need.what)]
    return all(other in replaced for other in changed)
