"""Whatever a file holds survives every edit of it, and the way back is exact."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.diff import compare_datasets
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
    SetFollowUp,
)
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.dataset.toml.patch import Patch
from hunnan_tui.dataset.toml.writer import format_inline
from hunnan_tui.storage.dataset_file import DatasetFile
from hunnan_tui.storage.edit_json import dump_edit, parse_edit
from hunnan_tui.storage.transaction import PendingTransaction, TransactionBatch
from hunnan_tui.storage.written_values import WrittenValues, find_lost
from tests.dataset.toml.strategies import TIMES, VALUES
from tests.strategies import examples

values = st.sampled_from(VALUES)
times = st.sampled_from(TIMES)
NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)


def parsed(text: bytes) -> dict[str, Any]:
    return tomli.loads(text.decode())


def opened(text: bytes) -> tuple[DatasetFile, Annotations]:
    file = DatasetFile()
    file.parse_text(text, "x.toml")
    return file, file.parsed.dataset.projects["a"].annotations


@st.composite
def projects(draw: st.DrawFn) -> bytes:
    """A project whose notes, needs and foreign keys hold any value."""
    lines = ["[[projects]]", 'id = "a"', 'name = "A"', f"foreign = {draw(values)}"]
    if draw(st.booleans()):
        lines += [
            f'notes = [{{ at = {draw(times)}, text = "n", mood = {draw(values)} }}]',
            f'needs = [{{ kind = "k", mood = {draw(values)}, since = "2026-01-02" }}]',
        ]
    else:
        lines += ["[[projects.notes]]", f"at = {draw(times)}", 'text = "n"']
        lines += [f"mood = {draw(values)}  # c", f"at2.x = {draw(values)}"]
        lines += ["[[projects.needs]]", 'kind = "k"', f"mood = {draw(values)}"]
        lines += draw(st.sampled_from([[], ["state = 5"], ['state = "open"']]))
    return ("\n".join(lines) + "\n").encode()


def acts(annotations: Annotations) -> list[Change]:
    """Everything that can be done to a project, whatever is in it."""
    (note,), (need,) = annotations.notes, annotations.needs
    return [
        ChangeNote(note.at, note.text, "other"),
        DeleteNote(note.at, note.text),
        ChangeNote(note.at, "what it was not", "other"),
        AddNote(Note("new", note.at)),
        AddNote(Note("new", NOW)),
        ChangeNeed(need, need._replace(state="met")),
        RemoveNeed(need),
        AddNeed(need._replace(what="other")),
        AddTags(("x",)),
        SetFollowUp(date.max),
    ]


def done(
    text: bytes,
    edits: list[Edit],
    patches: dict[int, dict[str, Patch]],
    undoes: int = 0,
) -> tuple[bytes, TransactionBatch]:
    batch = TransactionBatch(
        [PendingTransaction(undoes + 1, tuple(edits), undoes or None)],
        patches,
        creating=False,
    )
    return batch.apply(opened(text)[0]), batch


@examples(150)
@given(projects(), st.integers(0, 9))
def test_an_act_and_its_undo_leave_the_same_bytes(text: bytes, which: int) -> None:
    change = acts(opened(text)[1])[which]
    changed, batch = done(text, [Edit("a", change)], {})
    assert changed != text
    assert not batch.results[1].refused
    assert is_identical(
        parsed(changed)["projects"][0]["foreign"],
        parsed(text)["projects"][0]["foreign"],
    )
    undo = [parse_edit(dump_edit(edit)) for edit in batch.results[1].undo]
    back, _ = done(changed, undo, batch.patches, 1)
    assert back == text


@examples(150)
@given(projects(), st.integers(0, 9))
def test_an_undo_without_the_old_bytes_gives_the_same_values(
    text: bytes, which: int
) -> None:
    change = acts(opened(text)[1])[which]
    changed, batch = done(text, [Edit("a", change)], {})
    undo = [parse_edit(dump_edit(edit)) for edit in batch.results[1].undo]
    back, _ = done(changed, undo, {}, 1)
    expected, seen = opened(text)[1], opened(back)[1]
    assert is_identical(seen.notes, expected.notes)
    assert is_identical(seen.needs, expected.needs)
    assert (seen.tags, seen.follow_up) == (expected.tags, expected.follow_up)


@examples(100)
@given(values, times)
def test_an_edit_with_any_value_survives_the_journal(value: str, at: str) -> None:
    extra = parsed(f"mood = {value}".encode())
    note = Note("n", parsed(f"x = {at}".encode())["x"], extra=extra)
    for change in (AddNote(note), AddNeed(Need("k", extra=extra))):
        assert same_edit(parse_edit(dump_edit(Edit("a", change))), Edit("a", change))


def same_edit(one: Edit, other: Edit) -> bool:
    return type(one.change) is type(other.change) and all(
        is_identical(getattr(one.change, name), getattr(other.change, name))
        for name in one.change.__slots__
    )


@given(values)
def test_a_value_is_written_as_what_it_is(text: str) -> None:
    value = parsed(f"x = {text}".encode())["x"]
    assert is_identical(parsed(b"x = " + format_inline(value))["x"], value)
    assert is_identical(value, parsed(f"x = {text}".encode())["x"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("0.0", "-0.0"), ("1", "1.0"), ("1", "true"), ("nan", "inf")),
        *(("nan", "-nan"), ("[0.0]", "[-0.0]")),
        ("2026-01-01T00:00:00Z", "2026-01-01T08:00:00+08:00"),
    ],
)
def test_values_that_a_file_tells_apart_are_not_the_same(one: str, other: str) -> None:
    first, second = (parsed(f"x = {each}".encode()) for each in (one, other))
    assert not is_identical(first, second)


def test_notes_at_the_end_of_the_calendar_get_different_times() -> None:
    annotations = Annotations()
    for text in ("one", "two", "three"):
        add = AddNote(Note(text, datetime.max.replace(tzinfo=UTC)))
        annotations = add.apply(annotations).annotations
        assert not add.apply(annotations).undo
    assert len({note.at for note in annotations.notes}) == 3


def test_meeting_a_need_leaves_how_the_rest_of_it_is_written() -> None:
    text = b'[[projects]]\nid = "a"\nneeds = [{ kind = "k", since = "2026-01-02" }]\n'
    need = opened(text)[1].needs[0]
    met, _ = done(text, [Edit("a", ChangeNeed(need, need._replace(state="met")))], {})
    assert b'since = "2026-01-02"' in met
    assert b'state = "met"' in met


@given(projects())
def test_a_file_differs_in_nothing_from_itself(text: bytes) -> None:
    one, other = (opened(text)[0].parsed.dataset for _ in range(2))
    assert not compare_datasets(one, other, own=True).changed
    lost = find_lost(
        WrittenValues(AnnotationsEditor(opened(text)[1])),
        other.projects["a"].annotations,
    )
    assert lost == Annotations()


def test_a_zero_with_another_sign_is_a_difference() -> None:
    text = b'[[projects]]\nid = "a"\nnotes = [{ text = "n", x = 0.0 }]\n'
    one, other = (
        opened(each)[0].parsed.dataset for each in (text, text.replace(b"0.0", b"-0.0"))
    )
    assert compare_datasets(one, other, own=True).changed
