from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.apply_changes import AnnotationsEditor
from hunnan_tui.core.changes import (
    CONFLICT_NOTICE,
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
    TagError,
    clean_tag,
)
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.core.text import fold
from hunnan_tui.storage.edit_json import dump_edit, parse_edit

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)

tags = st.text(st.sampled_from("aAbＢé́ ß/区"), min_size=1, max_size=4).filter(str.strip)
tag_sets = st.lists(tags, max_size=4, unique_by=fold).map(tuple)
times = st.sampled_from([None, AT, AT + timedelta(minutes=1)])
texts = st.sampled_from(["", "one", "two\nlines", "三"])
notes = st.builds(partial(Note), texts, times)
needs = st.builds(
    partial(Need),
    kind=st.sampled_from(["energy", "labour"]),
    what=texts,
    state=st.sampled_from(["open", "met"]),
)
owns = st.builds(
    partial(Annotations),
    tags=tag_sets,
    follow_up=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    needs=st.lists(needs, max_size=3, unique_by=lambda need: need[:3]).map(tuple),
    notes=st.lists(notes, max_size=3, unique_by=lambda n: n.at or n.text).map(tuple),
)
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(AddTags, tag_sets),
    st.builds(RemoveTags, tag_sets),
    st.builds(AddNote, notes),
    st.builds(ChangeNote, times, texts, texts),
    st.builds(DeleteNote, times, texts),
    st.builds(SetFollowUp, st.none() | st.just(date(2026, 1, 2))),
    st.builds(AddNeed, needs),
    st.builds(ChangeNeed, needs, needs),
    st.builds(RemoveNeed, needs),
)


def as_sets(annotations: Annotations) -> tuple[object, ...]:
    """The annotations without their order, which undo does not promise here."""
    return (
        frozenset(annotations.tags),
        annotations.follow_up,
        frozenset(
            annotations.needs and [(n.kind, n.what, n.state) for n in annotations.needs]
        ),
        sorted((n.text, str(n.at)) for n in annotations.notes),
    )


@given(owns, changes)
def test_a_change_made_twice_is_made_once(
    annotations: Annotations, change: Change
) -> None:
    once = change.apply(annotations)
    twice = change.apply(once.annotations)
    assert twice.annotations == once.annotations
    assert not twice.undo


@given(owns, changes)
def test_undo_takes_back_what_a_change_did(
    annotations: Annotations, change: Change
) -> None:
    applied = change.apply(annotations)
    back = applied.annotations
    for undo in applied.undo:
        back = undo.apply(back).annotations
    assert as_sets(back) == as_sets(annotations)


@given(owns, changes)
def test_a_change_without_effect_has_no_undo(
    annotations: Annotations, change: Change
) -> None:
    applied = change.apply(annotations)
    assert bool(applied.undo) == (applied.annotations != annotations)


@given(owns, st.lists(changes, max_size=8))
def test_an_editor_does_what_the_changes_do_one_after_the_other(
    annotations: Annotations, several: list[Change]
) -> None:
    editor = AnnotationsEditor(annotations)
    for change in several:
        result = change.apply(annotations)
        assert editor.apply(change) == (result.undo, result.conflict)
        annotations = result.annotations
        assert editor.annotations == annotations


@given(owns, st.lists(changes, max_size=8))
def test_a_change_that_would_conflict_can_be_left_out(
    annotations: Annotations, several: list[Change]
) -> None:
    editor = AnnotationsEditor(annotations)
    for change in several:
        result = change.apply(annotations)
        assert editor.apply_unless_conflict(change).conflict == result.conflict
        annotations = annotations if result.conflict else result.annotations
        assert editor.annotations == annotations


@given(changes)
def test_an_edit_survives_json(change: Change) -> None:
    edit = Edit("p", change)
    assert parse_edit(dump_edit(edit)) == edit


def test_unknown_keys_of_a_note_survive_json() -> None:
    note = Note("text", AT, extra={"mood": AT, "list": [1, "two"]})
    back = parse_edit(dump_edit(Edit("p", AddNote(note)))).change
    assert isinstance(back, AddNote)
    assert back.note.extra == note.extra


@pytest.mark.parametrize("plain", [{}, {"kind": "x", "key": "p"}, {"kind": "add-tags"}])
def test_what_is_no_edit_is_refused(plain: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not an edit"):
        parse_edit(plain)


def test_a_tag_in_another_spelling_is_the_same_tag() -> None:
    annotations = Annotations(tags=("AI",))
    assert AddTags(("ai", "ＡＩ")).apply(annotations).annotations.tags == ("AI",)
    assert RemoveTags(("ａｉ",)).apply(annotations).annotations.tags == ()
    assert (
        RemoveTags(("Łódź",)).apply(Annotations(tags=("lodz",))).annotations.tags == ()
    )


def test_two_spellings_of_a_tag_come_back_as_they_were() -> None:
    annotations = Annotations(tags=("Café", "cafe", "x"))
    gone = RemoveTags(("CAFÉ",)).apply(annotations)
    assert gone.annotations.tags == ("x",)
    (undo,) = gone.undo
    assert undo.apply(gone.annotations).annotations.tags == ("x", "Café", "cafe")


@pytest.mark.parametrize("text", ["", "  ", "a\tb", "a\x1b[31m", "\u202e", "x" * 201])
def test_a_text_that_cannot_be_a_tag_is_refused(text: str) -> None:
    with pytest.raises(TagError):
        clean_tag(text)


def test_two_notes_of_one_second_get_different_times() -> None:
    annotations = AddNote(Note("one", AT)).apply(Annotations()).annotations
    annotations = AddNote(Note("two", AT)).apply(annotations).annotations
    assert [note.at for note in annotations.notes] == [
        AT,
        AT + timedelta(milliseconds=1),
    ]


def test_two_changes_of_one_note_keep_both_texts() -> None:
    theirs = Annotations(notes=(Note("theirs", AT),))
    applied = ChangeNote(AT, "old", "ours").apply(theirs)
    assert applied.conflict
    assert applied.annotations.notes[0].text == "theirs"
    assert applied.annotations.notes[1].text.endswith("ours")
    assert applied.annotations.notes[1].text.startswith(CONFLICT_NOTICE)


def test_changing_a_note_that_was_deleted_keeps_the_text() -> None:
    applied = ChangeNote(AT, "old", "ours").apply(Annotations())
    assert applied.conflict
    assert applied.annotations.notes[0].text.endswith("ours")


def test_deleting_a_note_that_was_changed_keeps_it() -> None:
    annotations = Annotations(notes=(Note("theirs", AT),))
    applied = DeleteNote(AT, "old").apply(annotations)
    assert applied.annotations == annotations
    assert applied.conflict
