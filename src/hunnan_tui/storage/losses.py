"""Finds annotations that vanished from the file, keeps them, and offers to restore them.

A checkout, a sync tool or an editor can bring back an older version of a file. From here
that looks as if a colleague had deleted on purpose, so nothing is restored without being
asked for. `written_values` decides what counts as the user's, and as lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hunnan_tui.core.apply_changes import AnnotationsEditor, explain_lock
from hunnan_tui.core.changes import (
    AddNote,
    Change,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveNeed,
    RemoveTags,
    SetFollowUp,
    Transaction,
)
from hunnan_tui.core.counts import (
    bracket,
    format_count,
    format_line,
    join_names,
    join_words,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Dataset, Note
from hunnan_tui.core.note_list import NoteList
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.core.text import fold
from hunnan_tui.storage.salvage import read_salvaged, salvage_deleted, summarize_keys
from hunnan_tui.storage.store import save_aside, to_changes
from hunnan_tui.storage.transaction_log import FORGET, LoggedTransaction, TransactionLog
from hunnan_tui.storage.written_values import (
    WrittenValues,
    find_lost,
    read_written,
)

_NOTHING = Annotations()


class Offer(NamedTuple):
    """What was salvaged from a project, and the changes that restore it."""

    key: str
    annotations: Annotations
    changes: tuple[Change, ...]


class LossTracker:
    """Watches for annotations of the user that vanish from one dataset."""

    def __init__(self, log: TransactionLog, aside: Path | None) -> None:
        """Take the log of the user's transactions, and the salvage file."""
        self._log, self._aside = log, aside

    def find(self, before: Dataset, now: Dataset) -> tuple[str, ...]:
        """Salvage what a change from outside removed; return messages for the user."""
        self._drop_returned(now)
        lost: dict[str, Annotations] = {}
        transactions = self._log.read(marked=True)
        self._log.remember_end()
        for key, written in read_written(transactions).items():
            old, new = before.projects.get(key), now.projects.get(key)
            if old is not None and new is not None:
                annotations = find_lost(written, new.annotations, old.annotations)
                if annotations != _NOTHING:
                    lost[key] = annotations
        return self._keep(lost)

    def find_since(self, now: Dataset, *, joined: bool) -> tuple[str, ...]:
        """Salvage what vanished since the program last ran.

        Args:
            now: What the file holds.
            joined: Whether a notes file still holds the annotations of deleted projects.

        Returns:
            Messages for the user; nothing that was reported before.
        """
        self._drop_returned(now)
        lost: dict[str, Annotations] = {}
        gone: dict[str, Annotations] = {}
        try:
            known = read_salvaged(self._aside)
        except HunnanError:
            known = {}
        transactions = self._log.read(marked=True)
        for key, written in read_written(transactions).items():
            project = now.projects.get(key)
            annotations = find_lost(
                written, project.annotations if project else _NOTHING
            )
            if not _is_contained(annotations, known.get(key, _NOTHING)):
                (gone if project is None else lost)[key] = annotations
        messages = () if joined else salvage_deleted(gone, self._aside)
        return messages + self._keep(lost)

    def list_offers(self, now: Dataset) -> list[Offer]:
        """Return what was salvaged and is not in the file, deleted projects included.

        Raises HunnanError when the salvage file cannot be read.
        """
        known = read_salvaged(self._aside)
        written = read_written(self._log.read()) if known else {}
        offers = []
        for key, lost in known.items():
            project = now.projects.get(key)
            if project is None:
                offers.append(Offer(key, lost, tuple(to_changes(lost))))
                continue
            locked = [name for name in lost._fields if explain_lock(project, name)]
            free = lost._replace(**{name: getattr(_NOTHING, name) for name in locked})
            changes = tuple(
                _make_restoring_changes(
                    free, project.annotations, written.get(key, WrittenValues())
                )
            )
            if changes:
                offers.append(Offer(key, free, changes))
        return offers

    @staticmethod
    def make_transaction(offers: Sequence[Offer], onto: str = "") -> Transaction:
        """Return the transaction that restores offers, perhaps onto another project."""
        edits = (Edit(onto or e.key, change) for e in offers for change in e.changes)
        what = summarize(offer.annotations for offer in offers)
        return Transaction(_("put back {what}").format(what=what), tuple(edits))

    def discard(self, offers: Iterable[Offer], *, unwanted: bool = False) -> None:
        """Remove offers from the salvage file: restored, or `unwanted`.

        Raises HunnanError when the salvage file cannot be written.
        """
        edits = [
            Edit(offer.key, change)
            for offer in offers
            for change in _make_removing_changes(offer.annotations)
        ]
        if not edits:
            return
        if unwanted:
            name = self._log.make_extra_id()
            logged = LoggedTransaction(
                name, FORGET, "", "forget", tuple(edits), (), is_saved=True
            )
            self._log.add(logged)
        if self._aside is not None:
            save_aside(self._aside, edits)

    def _drop_returned(self, now: Dataset) -> None:
        """Drop what is in the file again: it may be deleted on purpose later."""
        with suppress(HunnanError):
            known = read_salvaged(self._aside)
            there = {
                key: now.projects[key].annotations
                for key in known
                if key in now.projects
            }
            self.discard(
                Offer(key, _intersect(known[key], annotations), ())
                for key, annotations in there.items()
            )

    def _keep(self, lost: Mapping[str, Annotations]) -> tuple[str, ...]:
        if not lost:
            return ()
        what = summarize(lost.values())
        message = _(
            "An older version of the file? Gone from {projects}: {what}"
        ).format(projects=summarize_keys(lost), what=what)
        edits = [
            Edit(key, change)
            for key, annotations in lost.items()
            for change in to_changes(annotations)
        ]
        if self._aside is None:
            return (
                _("{message}; there is no place to keep it").format(message=message),
            )
        try:
            save_aside(self._aside, edits)
        except HunnanError as error:
            return (
                _("{message}; it could not be kept: {error}").format(
                    message=message, error=error
                ),
            )
        return (
            _(
                "{message}. {back} puts it back, {work} shows it; it is kept in {aside}"
            ).format(
                message=message,
                back=name_key("edit.put-back"),
                work=name_key("work.open"),
                aside=self._aside,
            ),
        )


def summarize(owns: Iterable[Annotations]) -> str:
    """Return the number of each kind of annotation: `2 notes, 1 tag`."""
    all_of = list(owns)
    counts = {
        "note": sum(len(annotations.notes) for annotations in all_of),
        "tag": sum(len(annotations.tags) for annotations in all_of),
        "need": sum(len(annotations.needs) for annotations in all_of),
        "follow-up": sum(annotations.follow_up is not None for annotations in all_of),
    }
    return join_words(
        format_count(count, word) for word, count in counts.items() if count
    )


def format_annotations(annotations: Annotations) -> str:
    """Return annotations as plain text, for the clipboard."""
    parts = [note.text.strip() for note in annotations.notes]
    parts += [
        format_line(name_value(need.kind), need.what) + bracket(name_value(need.state))
        for need in annotations.needs
    ]
    if annotations.tags:
        parts.append(_("tags: {tags}").format(tags=join_names(annotations.tags)))
    if annotations.follow_up is not None:
        parts.append(
            _("follow-up: {follow_up}").format(follow_up=annotations.follow_up)
        )
    return "\n\n".join(parts)


def _is_contained(annotations: Annotations, other: Annotations) -> bool:
    editor = AnnotationsEditor(other)
    return not any(editor.apply(change).undo for change in to_changes(annotations))


def _intersect(annotations: Annotations, now: Annotations) -> Annotations:
    """Return the annotations that are present now."""
    tags = {fold(tag) for tag in now.tags}
    notes = NoteList(now.notes)
    return Annotations(
        tags=tuple(tag for tag in annotations.tags if fold(tag) in tags),
        follow_up=annotations.follow_up
        if annotations.follow_up == now.follow_up
        else None,
        needs=tuple(need for need in annotations.needs if need in now.needs),
        notes=tuple(filter(notes.find_by_anyone, annotations.notes)),
    )


def _make_restoring_changes(
    annotations: Annotations, now: Annotations, written: WrittenValues
) -> Iterator[Change]:
    """Yield the changes that restore annotations, unless what is there is newer."""
    notes = NoteList(now.notes)
    first_at_time: dict[datetime, Note] = {}
    for note in now.notes:
        if note.at is not None:
            first_at_time.setdefault(note.at, note)
    for change in to_changes(annotations):
        if isinstance(change, AddNote):
            note = change.note
            if notes.find_by_anyone(note) is not None:
                continue
            present = first_at_time.get(note.at) if note.at is not None else None
            if present is not None and present.text in written.texts:
                yield ChangeNote(note.at, present.text, note.text)
            else:
                yield change
        elif not _is_later(change, now, written) and change.apply(now).undo:
            yield change


def _is_later(change: Change, now: Annotations, written: WrittenValues) -> bool:
    """Return whether the user has replaced the day that a change would restore."""
    return (
        isinstance(change, SetFollowUp)
        and now.follow_up is not None
        and now.follow_up == written.annotations.follow_up
    )


def _make_removing_changes(annotations: Annotations) -> Iterable[Change]:
    """Yield the changes that remove annotations."""
    if annotations.tags:
        yield RemoveTags(annotations.tags)
    if annotations.follow_up is not None:
        yield SetFollowUp(None)
    for need in annotations.needs:
        yield RemoveNeed(need)
    for note in annotations.notes:
        yield DeleteNote(note.at, note.text)
