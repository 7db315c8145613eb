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
from hunnan_tui.core.model import Annotations
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.store import read_aside, save_aside, to_changes

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
        f"No longer in the file: {summarize_keys(gone)}; {_save_aside(edits, aside)}",
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
        f"Not saved for {summarize_keys([edit.key for edit in edits])}: {reason}"
    ]
    written = [edit for edit in edits if _get_written_note(edit)[1]]
    for edit in written:
        save_as_draft(edit.key, *_get_written_note(edit), drafts)
    if written:
        what = "its text is" if len(written) == 1 else f"{len(written):,} texts are"
        sentences.append(f"{what} kept as a draft, M shows it")
    others = [
        replacement for edit in edits if (replacement := _detach_from_project(edit))
    ]
    if others:
        sentences.append(f"{_save_aside(others, aside)}, M shows them")
    return "; ".join(sentences)


def save_as_draft(key: str, at: datetime | None, text: str, drafts: Drafts) -> None:
    """Keep a text as a draft, in addition to any draft of the project."""
    same = [
        draft
        for draft in drafts.list_for_project(key)
        if draft.text.strip() == text.strip()
    ]
    if any(draft.at in (at, None) for draft in same):
        return
    draft = drafts.get(key)
    if draft is None:
        drafts.save(Draft(key, None, "", text))
    elif text.strip() not in draft.text:
        drafts.save(replace(draft, text=f"{draft.text}\n\n{text}"))


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
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _save_aside(edits: Sequence[Edit], aside: Path | None) -> str:
    """Write edits to the salvage file; return how that went."""
    what = "what was written there"
    if aside is None:
        return f"there is no place to keep {what}"
    try:
        save_aside(aside, edits)
    except HunnanError as error:
        return f"{what} could not be kept: {error}"
    return f"tags and notes are kept in {aside}"


def _get_written_note(edit: Edit) -> tuple[datetime | None, str]:
    """Return which note an edit writes, None for a new one, and its text."""
    change = edit.change
    if isinstance(change, AddNote):
        return None, change.note.text
    if isinstance(change, ChangeNote):
        return change.at, change.new
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
