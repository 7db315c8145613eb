"""Keeps what could not be saved: texts become drafts, the rest goes to a salvage file.

The salvage file is a notes file in the folder `aside` of the state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hunnan_tui.core.changes import (
    AddNeed,
    AddNote,
    AddTags,
    ChangeNeed,
    ChangeNote,
    Edit,
    RefusedEdit,
    SetFollowUp,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fact_changes import (
    AddProject,
    AddSource,
    ChangeFacts,
    describe_change,
)
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _, ngettext
from hunnan_tui.core.model import Annotations
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.store import read_aside, save_aside, to_changes

WrittenNote = tuple[datetime | None, str]
"""The time of a note, None for a new one, and its text."""
_NAMED = 3
"""Projects that a message names; of more it says how many."""


def salvage_deleted(
    gone: Mapping[str, Annotations], aside: Path | None
) -> tuple[str, ...]:
    """Salvage the annotations of projects that somebody has deleted.

    Args:
        gone: What was on them, by key.
        aside: The notes file that takes them, if there is a place for it.

    Returns:
        Messages for the user.
    """
    if not gone:
        return ()
    edits = [
        Edit(key, change)
        for key, annotations in gone.items()
        for change in to_changes(annotations)
    ]
    return (
        _("No longer in the file: {projects}; {kept}").format(
            projects=summarize_keys(gone), kept=_save_aside(edits, aside)
        ),
    )


def salvage_refused(
    refused: Sequence[RefusedEdit], drafts: Drafts, aside: Path | None
) -> tuple[str, ...]:
    """Salvage the content of refused edits; return messages for the user."""
    by_reason: dict[str, list[Edit]] = {}
    for refusal in refused:
        by_reason.setdefault(refusal.reason, []).append(refusal.edit)
    return tuple(
        _salvage(reason, edits, drafts, aside) for reason, edits in by_reason.items()
    )


def _salvage(
    reason: str, edits: Sequence[Edit], drafts: Drafts, aside: Path | None
) -> str:
    sentences = [
        _("Not saved for {projects}: {reason}").format(
            projects=summarize_keys([edit.key for edit in edits]), reason=reason
        )
    ]
    written: dict[str, list[WrittenNote]] = {}
    for edit in edits:
        if (note := _get_written_note(edit))[1]:
            written.setdefault(edit.key, []).append(note)
    for key, notes in written.items():
        save_as_draft(key, notes, drafts)
    if count := sum(map(len, written.values())):
        sentences.append(
            ngettext(
                "its text is kept as a draft, {key} shows it",
                "{count:,} texts are kept as a draft, {key} shows it",
                count,
            ).format(count=count, key=name_key("work.open"))
        )
    others = [
        replacement for edit in edits if (replacement := _detach_from_project(edit))
    ]
    if others:
        sentences.append(
            _("{kept}, {key} shows them").format(
                kept=_save_aside(others, aside), key=name_key("work.open")
            )
        )
    return "; ".join(sentences)


def save_as_draft(key: str, notes: Iterable[WrittenNote], drafts: Drafts) -> None:
    """Keep texts of notes as the draft of a new note, behind what it says already.

    A text that a draft of that note or of a new one has is not kept again.

    Args:
        key: The project.
        notes: The notes.
        drafts: All drafts.
    """
    known = {(draft.text.strip(), draft.at) for draft in drafts.list_for_project(key)}
    draft = drafts.get(key) or Draft(key, None, "", "")
    text = draft.text
    for at, note in notes:
        bare = note.strip()
        if (bare, at) in known or (bare, None) in known or (text and bare in text):
            continue
        text += f"\n\n{note}" if text else note
    if text != draft.text:
        drafts.save(replace(draft, text=text))


def discard_draft(edit: Edit, drafts: Drafts) -> None:
    """Discard the draft of a note that an edit has written."""
    at, text = _get_written_note(edit)
    draft = drafts.get(edit.key, at)
    if draft is not None and draft.text == text:
        drafts.discard(edit.key, at)


def read_salvaged(aside: Path | None) -> Mapping[str, Annotations]:
    """Return what was salvaged, by project; HunnanError if it cannot be read."""
    return read_aside(aside) if aside is not None else {}


def summarize_keys(keys: Iterable[str]) -> str:
    """Return the first keys, and how many more there are."""
    names = list(dict.fromkeys(keys))
    more = (
        _(" and {count:,} more").format(count=len(names) - _NAMED)
        if len(names) > _NAMED
        else ""
    )
    return ", ".join(names[:_NAMED]) + more


def _save_aside(edits: Sequence[Edit], aside: Path | None) -> str:
    """Write edits to the salvage file; return how that went."""
    what = _("what was written there")
    if aside is None:
        return _("there is no place to keep {what}").format(what=what)
    try:
        save_aside(aside, edits)
    except HunnanError as error:
        return _("{what} could not be kept: {error}").format(what=what, error=error)
    return _("tags and notes are kept in {aside}").format(aside=aside)


def _get_written_note(edit: Edit) -> WrittenNote:
    """Return which note an edit writes, None for a new one, and its text.

    What an edit of facts says counts as a new note: there is no other place for it.
    """
    change = edit.change
    if isinstance(change, AddNote):
        return None, change.note.text
    if isinstance(change, ChangeNote):
        return change.at, change.new
    if isinstance(change, ChangeFacts | AddProject | AddSource):
        return None, describe_change(change)
    return None, ""


def _detach_from_project(edit: Edit) -> Edit | None:
    """Return an edit for the salvage file; None if it only removes something."""
    change = edit.change
    if isinstance(change, ChangeNeed):
        return Edit(edit.key, AddNeed(change.new))
    if isinstance(change, AddTags | AddNeed):
        return edit
    if isinstance(change, SetFollowUp) and change.day is not None:
        return edit
    return None
