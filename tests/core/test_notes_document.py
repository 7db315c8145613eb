"""All notes as one text: what is not touched stays, what is touched is one change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.changes import (
    AddNote,
    Change,
    ChangeNote,
    DeleteNote,
)
from hunnan_tui.core.model import Annotations, Note
from hunnan_tui.core.notes_document import HELP, format_notes, parse_changes
from tests.strategies import examples

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
NOTES = (Note("Called.\n\nAgain.", NOW, "李"), Note("=== [1] x ===", None, ""))

texts = st.text(max_size=30) | st.sampled_from(["\n a \n", "=== [2] x ===", HELP, "汉"])
notebooks = st.lists(
    st.builds(partial(Note), texts, st.none() | st.just(NOW), st.text(max_size=5)),
    max_size=4,
)


def edited(notes: tuple[Note, ...] | list[Note], text: str) -> list[Change]:
    return parse_changes(notes, text, NOW, "me")


@given(notebooks)
@examples(100)
def test_what_is_not_touched_changes_nothing(notes: list[Note]) -> None:
    distinct = [
        Note(note.text, NOW + timedelta(n), note.by) for n, note in enumerate(notes)
    ]
    found = edited(distinct, format_notes(distinct))
    # a note that holds the line of a later one cannot be told from it
    assert found == [] or any("=== [" in note.text for note in distinct)


def test_a_note_is_added_changed_and_deleted() -> None:
    text = format_notes(NOTES)
    assert edited(NOTES, "New.\n" + text) == [AddNote(Note("New.", NOW, "me"))]
    assert edited(NOTES, text.replace("Again", "Later")) == [
        ChangeNote(NOW, "Called.\n\nAgain.", "Called.\n\nLater.")
    ]
    assert edited(NOTES, text.replace("Called.\n\nAgain.", " ")) == [
        DeleteNote(NOW, "Called.\n\nAgain.")
    ]
    first, rest = text.split("=== [2]")
    assert edited(NOTES, first) == [DeleteNote(None, "=== [1] x ===")]
    assert rest


def test_a_line_that_looks_like_a_rule_is_text_in_a_note() -> None:
    assert edited(NOTES, format_notes(NOTES)) == []


def test_an_empty_text_deletes_all_and_the_way_back_is_one_step() -> None:
    made = edited(NOTES, "")
    own = Annotations(notes=NOTES)
    undo: list[Change] = []
    for change in made:
        applied = change.apply(own)
        undo[:0] = applied.undo
        own = applied.annotations
    assert own.notes == ()
    for change in undo:
        own = change.apply(own).annotations
    assert len(own.notes) == len(NOTES)
    assert all(note in own.notes for note in NOTES)
