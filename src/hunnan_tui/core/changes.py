"""The changes a user can make, as values that are replayed on the current text.

A change states the intention, not the result: `AddTags(("watch",))`. So it can be applied
to a file that somebody else has edited in the meantime, and applying it twice is the same
as applying it once. Every change provides its own undo.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fact_changes import FactChange
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.core.note_list import NoteList
from hunnan_tui.core.note_times import bump_time
from hunnan_tui.core.plain_values import includes, is_identical
from hunnan_tui.core.text import UNSAFE, fold

TAG_LENGTH = 200
"""The longest tag that can be added, in characters: longer text is a note."""

CONFLICT_NOTICE = N_(
    "(This note was changed elsewhere at the same time; this is the other text.)"
)
"""How a note begins that was kept beside another one."""

PROJECT_GONE = N_("The project is no longer in the file")
"""Why an edit is refused whose project was renamed or removed meanwhile."""


class TagError(HunnanError):
    """A text that cannot be a tag."""


def clean_tag(text: str) -> str:
    """Return a typed tag without outer blanks; TagError if it cannot be one."""
    tag = text.strip()
    if not tag:
        raise TagError(_("A tag needs at least one character"))
    if UNSAFE.search(tag) or "\n" in tag or "\t" in tag:
        raise TagError(_("A tag cannot contain control or invisible characters"))
    if len(tag) > TAG_LENGTH:
        raise TagError(
            _("A tag has at most {tag_length} characters; write a note").format(
                tag_length=TAG_LENGTH
            )
        )
    return tag


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """The result of a change."""

    annotations: Annotations
    undo: tuple[Change, ...] = ()
    """Takes it back, in this order; empty when there was nothing to change."""
    conflict: str = ""
    """What could not be decided without the reader, and what was done instead."""


@dataclass(frozen=True, slots=True)
class AddTags:
    """Add tags; one that is there in any spelling stays as it is.

    Two spellings of one tag are both added: a file had them, and gets them back.
    """

    kind: ClassVar[str] = "add-tags"
    field: ClassVar[str] = "tags"
    tags: tuple[str, ...]

    def apply(self, annotations: Annotations) -> ChangeResult:
        known = {fold(tag) for tag in annotations.tags}
        added = [tag for tag in dict.fromkeys(self.tags) if fold(tag) not in known]
        if not added:
            return ChangeResult(annotations)
        return ChangeResult(
            annotations._replace(tags=(*annotations.tags, *added)),
            (RemoveTags(tuple(added)),),
        )


@dataclass(frozen=True, slots=True)
class RemoveTags:
    """Remove tags in whatever spelling they have; one that is gone is no error."""

    kind: ClassVar[str] = "remove-tags"
    field: ClassVar[str] = "tags"
    tags: tuple[str, ...]

    def apply(self, annotations: Annotations) -> ChangeResult:
        unwanted = {fold(tag) for tag in self.tags}
        gone = tuple(tag for tag in annotations.tags if fold(tag) in unwanted)
        if not gone:
            return ChangeResult(annotations)
        others = tuple(tag for tag in annotations.tags if fold(tag) not in unwanted)
        return ChangeResult(annotations._replace(tags=others), (AddTags(gone),))


def has_other_spelling(tags: Iterable[str], tag: str, spelling: str) -> bool:
    """Return whether a tag is among others, written in another way than wanted."""
    folded = fold(tag)
    return any(fold(other) == folded and other != spelling for other in tags)


class ChangeEffect(NamedTuple):
    """What a change did to annotations that it changed in place."""

    undo: tuple[Change, ...] = ()
    """As in `ChangeResult`: empty when nothing was changed."""
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class AddNote:
    """Add a note; its time moves on by milliseconds until it is unique."""

    kind: ClassVar[str] = "add-note"
    field: ClassVar[str] = "notes"
    note: Note

    def apply(self, annotations: Annotations) -> ChangeResult:
        return _apply_to_notes(self, annotations)

    def apply_to(self, notes: NoteList) -> ChangeEffect:
        if notes.includes(self.note):
            return ChangeEffect()
        note = notes.move_to_free_time(self.note)
        notes.append(note)
        return ChangeEffect((DeleteNote(note.at, note.text),))


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """Change the text of a note.

    When two people change one note, both texts are kept: the other's stays in place,
    ours becomes a new note that says so.
    """

    kind: ClassVar[str] = "change-note"
    field: ClassVar[str] = "notes"
    at: datetime | None
    old: str
    new: str

    def apply(self, annotations: Annotations) -> ChangeResult:
        return _apply_to_notes(self, annotations)

    def apply_to(self, notes: NoteList) -> ChangeEffect:
        number = notes.find(self.at, self.old, self.new)
        if number is None:
            return self._keep_both(notes, _("The note was deleted in the meantime"))
        note = notes[number]
        if note.text == self.new:
            return ChangeEffect()
        if note.text != self.old:
            return self._keep_both(notes, _("The note was changed in the meantime"))
        notes.replace(number, note._replace(text=self.new))
        return ChangeEffect((ChangeNote(note.at, self.new, note.text),))

    def _keep_both(self, notes: NoteList, reason: str) -> ChangeEffect:
        # the same words and time whatever the reason, so that a replay adds nothing
        at = bump_time(self.at) if self.at is not None else None
        added = AddNote(Note(f"{_(CONFLICT_NOTICE)}\n\n{self.new}", at)).apply_to(notes)
        conflict = _("{reason}: both texts are kept, yours as a new note").format(
            reason=reason
        )
        return added._replace(conflict=conflict) if added.undo else added


@dataclass(frozen=True, slots=True)
class DeleteNote:
    """Delete a note; one that somebody has changed since stays."""

    kind: ClassVar[str] = "delete-note"
    field: ClassVar[str] = "notes"
    at: datetime | None
    text: str

    def apply(self, annotations: Annotations) -> ChangeResult:
        return _apply_to_notes(self, annotations)

    def apply_to(self, notes: NoteList) -> ChangeEffect:
        number = notes.find(self.at, self.text)
        if number is None:
            return ChangeEffect()
        note = notes[number]
        if note.text != self.text:
            conflict = _("The note was changed in the meantime: it was kept")
            return ChangeEffect(conflict=conflict)
        notes.remove(number)
        return ChangeEffect((AddNote(note),))


@dataclass(frozen=True, slots=True)
class SetFollowUp:
    """Set the day to return to a project, or remove it."""

    kind: ClassVar[str] = "set-follow-up"
    field: ClassVar[str] = "follow_up"
    day: date | None

    def apply(self, annotations: Annotations) -> ChangeResult:
        if annotations.follow_up == self.day:
            return ChangeResult(annotations)
        return ChangeResult(
            annotations._replace(follow_up=self.day),
            (SetFollowUp(annotations.follow_up),),
        )


@dataclass(frozen=True, slots=True)
class AddNeed:
    """Add a need, unless it is there."""

    kind: ClassVar[str] = "add-need"
    field: ClassVar[str] = "needs"
    need: Need

    def apply(self, annotations: Annotations) -> ChangeResult:
        if includes(annotations.needs, self.need):
            return ChangeResult(annotations)
        return ChangeResult(
            annotations._replace(needs=(*annotations.needs, self.need)),
            (RemoveNeed(self.need),),
        )


@dataclass(frozen=True, slots=True)
class ChangeNeed:
    """Replace a need, as when it is met; if the old one has changed, both are kept."""

    kind: ClassVar[str] = "change-need"
    field: ClassVar[str] = "needs"
    old: Need
    new: Need

    def apply(self, annotations: Annotations) -> ChangeResult:
        new = _normalize_state(self.new)
        if includes(annotations.needs, new) or is_identical(self.old, new):
            return ChangeResult(annotations)
        if not includes(annotations.needs, self.old):
            added = AddNeed(new).apply(annotations)
            return replace(
                added, conflict=_("The need was changed in the meantime: both are kept")
            )
        needs = tuple(
            new if is_identical(need, self.old) else need for need in annotations.needs
        )
        return ChangeResult(
            annotations._replace(needs=needs), (ChangeNeed(new, self.old),)
        )


@dataclass(frozen=True, slots=True)
class RemoveNeed:
    """Remove a need; one that is gone is no error."""

    kind: ClassVar[str] = "remove-need"
    field: ClassVar[str] = "needs"
    need: Need

    def apply(self, annotations: Annotations) -> ChangeResult:
        if not includes(annotations.needs, self.need):
            return ChangeResult(annotations)
        needs = tuple(
            need for need in annotations.needs if not is_identical(need, self.need)
        )
        return ChangeResult(annotations._replace(needs=needs), (AddNeed(self.need),))


NoteChange = AddNote | ChangeNote | DeleteNote
Change = (
    AddTags
    | RemoveTags
    | AddNote
    | ChangeNote
    | DeleteNote
    | SetFollowUp
    | AddNeed
    | ChangeNeed
    | RemoveNeed
)
"""A change of annotations."""
AnyChange = Change | FactChange


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to one project, or to what belongs to none: see `fact_changes.DATASET`."""

    key: str
    change: AnyChange


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """An edit that was not made."""

    edit: Edit
    reason: str
    orphan: bool = False
    """The project is gone."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """Edits that are made and undone together."""

    label: str
    """As in "untag watch on 12 projects"."""
    edits: tuple[Edit, ...]


def _apply_to_notes(change: NoteChange, annotations: Annotations) -> ChangeResult:
    notes = NoteList(annotations.notes)
    effect = change.apply_to(notes)
    if effect.undo:
        annotations = annotations._replace(notes=tuple(notes))
    return ChangeResult(annotations, *effect)


def _normalize_state(need: Need) -> Need:
    """Drop an invalid state of a need that is met: the new state replaces it."""
    if need.state == "open" or "state" not in need.extra:
        return need
    extra = {key: value for key, value in need.extra.items() if key != "state"}
    return need._replace(extra=MappingProxyType(extra))
