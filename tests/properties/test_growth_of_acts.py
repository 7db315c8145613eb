"""What is shown, compared and edited takes work in the measure of what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.analysis.diff import compare_datasets
from hunnan_tui.analysis.project_text import format_project
from hunnan_tui.analysis.related import Relations
from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.parser import parse as parse_arguments
from hunnan_tui.core.apply_changes import AnnotationsEditor, apply_edits
from hunnan_tui.core.changes import (
    AddNote,
    ChangeNote,
    DeleteNote,
    Edit,
    RefusedEdit,
    SetFollowUp,
    Transaction,
)
from hunnan_tui.core.model import (
    Annotations,
    Dataset,
    Event,
    Fact,
    Note,
    Party,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.note_list import NoteList
from hunnan_tui.core.note_times import is_same_note
from hunnan_tui.dataset.annotations import diff_annotations, parse_annotations
from hunnan_tui.dataset.toml import alignment
from hunnan_tui.dataset.toml.alignment import align_items
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.ast import Compare, Glob
from hunnan_tui.storage import losses
from hunnan_tui.storage.drafts import Draft, Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.salvage import salvage_refused
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import LoggedTransaction
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.storage.written_values import WrittenValues, find_lost, read_written
from tests.properties.growth import LARGEST_RATIO, growth

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_showing_facts_with_sources() -> None:
    def prepare(size: int) -> Callable[[], object]:
        names = [f"s{n}" for n in range(size)]
        project = Project(
            "p",
            "p",
            "P",
            facts=tuple(Fact("f", "v", name) for name in names),
            events=tuple(Event("e", source=name) for name in names),
        )
        dataset = Dataset(sources={name: Source(name, name) for name in names})
        return lambda: format_project(project, dataset)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_relating_two_projects_by_many_parties() -> None:
    def prepare(size: int) -> Callable[[], object]:
        parties = tuple(Party(f"Firm {n}") for n in range(size))
        project = Project("p", "p", "P", parties=parties)
        other = Project("q", "q", "Q", parties=parties)
        dataset = Dataset(projects={"p": project, "q": other})
        relations = Relations(Index(dataset))
        assert len(relations.find_related(project, dataset)[0].reasons) == size
        return lambda: relations.find_related(project, dataset)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_comparing_stages_of_many_projects() -> None:
    def prepare(size: int) -> Callable[[], object]:
        names = [f"s{n}" for n in range(size)]
        stages = {name: Stage(name, name) for name in names}

        def made(names: list[str]) -> Dataset:
            projects = {
                name: Project(f"p{n}", f"p{n}", "P", stage=name)
                for n, name in enumerate(names)
            }
            by_key = {project.key: project for project in projects.values()}
            return Dataset(stages=stages, projects=by_key)

        old, new = made(names), made(names[::-1])
        found = compare_datasets(old, new)
        assert found.changed[0].steps == size - 1
        return lambda: compare_datasets(old, new)

    assert growth(prepare, 100) < LARGEST_RATIO


class _Id(str):
    """An id that counts how often it is compared."""

    compared = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        _Id.compared += 1
        return str.__eq__(self, other)


def test_stages_that_a_pattern_finds() -> None:
    size = 50
    names: list[str] = [_Id(f"s{n}") for n in range(size)]
    stages = {name: Stage(name, f"S {name}") for name in names}
    projects = {"p": Project("p", "p", "P", stage="s1")}
    index = Index(Dataset(stages=stages, projects=projects))
    query = index.parse("", today=START.date())
    query = replace(query, node=Compare("stage", ">=", (Glob("s*"),)))
    _Id.compared = 0
    assert index.find_keys(query) == ["p"]
    assert _Id.compared < 5 * size


def test_projects_of_many_tags_are_found_without_a_mask_for_each() -> None:
    projects = {
        f"p{n}": Project(
            f"p{n}", f"p{n}", "P", annotations=Annotations(tags=(f"t{n}", "t"))
        )
        for n in range(40)
    }
    index = Index(Dataset(projects=projects))
    query = index.parse("tag:t*", today=START.date())
    assert len(index.find_keys(query)) == 40
    vocabulary = index._derived_columns.get_vocabulary("tag")
    assert not vocabulary._masks


def test_changing_all_notes_of_a_project() -> None:
    def prepare(size: int) -> Callable[[], object]:
        record = {
            "notes": [
                {"at": START + timedelta(minutes=n), "text": f"Note {n}"}
                for n in range(size)
            ]
        }
        before = parse_annotations(record)
        after = before._replace(
            notes=tuple(Note(f"{note.text}!", note.at) for note in before.notes)
        )
        assert len(diff_annotations(record, before, after)["notes"]) == size
        return lambda: diff_annotations(record, before, after)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_aligning_lists_of_which_every_other_element_has_changed() -> None:
    def prepare(size: int) -> Callable[[], object]:
        old = [f"Note {n}" for n in range(size)]
        new = [f"{text}!" if n % 2 else text for n, text in enumerate(old)]
        assert list(align_items(old, new)) == [(n, n) for n in range(size)]
        return lambda: list(align_items(old, new))

    assert growth(prepare, 200) < LARGEST_RATIO


@given(st.lists(st.integers(0, 20)), st.lists(st.integers(0, 20)), st.integers(0, 50))
def test_aligned_lists_keep_their_order_and_what_is_equal(
    old: list[int], new: list[int], large: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "LARGE", large)
        pairs = list(align_items(old, new))
    assert [a for a, _ in pairs if a is not None] == list(range(len(old)))
    assert [b for _, b in pairs if b is not None] == list(range(len(new)))
    if old == new:
        assert all(a == b for a, b in pairs)
    if len(set(old)) == len(old) and [n for n in new if n in old] == old:
        kept = {a: new[b] for a, b in pairs if a is not None and b is not None}
        assert [kept[a] for a in range(len(old))] == old


def test_a_save_behind_a_long_history(tmp_path: Path) -> None:
    path = tmp_path / "projects.toml"
    path.write_text('[[projects]]\nid = "p"\nname = "P"\n')

    def prepare(size: int) -> Callable[[], object]:
        workspace = Workspace(
            Store(path), Journal(None, path), Drafts(None, path), now=lambda: START
        )
        workspace.load()
        for number in range(size):
            change = SetFollowUp(START.date() + timedelta(days=number))
            workspace.apply(Transaction("plan", (Edit("p", change),)))
        workspace.save_now()
        workspace.apply(Transaction("plan", (Edit("p", SetFollowUp(None)),)))
        saved = workspace.store.save(workspace.begin_save())
        return lambda: workspace.finish_save(saved)

    assert growth(prepare, 30) < 1.1


NOTES = "".join(
    f"[[projects.notes]]\nat = {START + timedelta(minutes=n):%Y-%m-%dT%H:%M:%SZ}\n"
    f'text = "Note {n}"\n'
    for n in range(400)
)


def all_notes_change(notes: Sequence[Note]) -> tuple[Edit, ...]:
    """Edits that delete every other note, and change the others."""
    return tuple(
        Edit(
            "p",
            DeleteNote(note.at, note.text)
            if number % 2
            else ChangeNote(note.at, note.text, f"{note.text}!"),
        )
        for number, note in enumerate(notes)
    )


def test_editing_all_notes_of_a_project_at_once(tmp_path: Path) -> None:
    def prepare(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.toml"
        notes = NOTES.split("[[projects.notes]]")[1 : size + 1]
        blocks = "".join(f"[[projects.notes]]{note}" for note in notes)
        path.write_text(f'[[projects]]\nid = "p"\nname = "P"\n{blocks}')
        workspace = Workspace(
            Store(path), Journal(None, path), Drafts(None, path), now=lambda: START
        )
        workspace.load()
        edits = all_notes_change(workspace.dataset.projects["p"].notes)
        assert len(edits) == size

        def act() -> None:
            assert workspace.apply(Transaction("notes", edits))
            workspace.save_now()
            assert workspace.undo()
            workspace.save_now()

        return act

    assert growth(prepare, 100) < LARGEST_RATIO


def test_following_what_a_reader_did_to_many_notes() -> None:
    def prepare(size: int) -> Callable[[], object]:
        notes = [Note(f"{n}", START + timedelta(minutes=n)) for n in range(size)]
        project = Project("p", "p", "P", annotations=Annotations(notes=tuple(notes)))
        edits = all_notes_change(notes)
        made = apply_edits(Dataset(projects={"p": project}), edits)
        step = LoggedTransaction("1", "do", "", "", edits, made.undo, is_saved=True)
        return lambda: read_written([step])["p"].annotations

    assert growth(prepare, 200) < LARGEST_RATIO


def make_notes(size: int, mark: str = "") -> tuple[Note, ...]:
    return tuple(
        Note(f"Note {n}{mark}", START + timedelta(minutes=n)) for n in range(size)
    )


def test_finding_what_many_notes_have_lost() -> None:
    def prepare(size: int) -> Callable[[], object]:
        mine = Annotations(notes=make_notes(size))
        theirs = Annotations(notes=tuple(n._replace(by="b") for n in mine.notes[::2]))
        written = WrittenValues(AnnotationsEditor(mine))
        assert len(find_lost(written, theirs, mine).notes) == size // 2
        return lambda: find_lost(written, theirs, mine)

    assert growth(prepare, 100) < LARGEST_RATIO


def test_offering_many_notes_that_were_lost() -> None:
    def prepare(size: int) -> Callable[[], object]:
        lost = Annotations(notes=make_notes(size))
        now = Annotations(notes=make_notes(size, "!")[::2])
        written = WrittenValues(texts={note.text for note in now.notes})
        changes = list(losses._make_restoring_changes(lost, now, written))
        assert [type(change) for change in changes[:2]] == [ChangeNote, AddNote]
        return lambda: (
            list(losses._make_restoring_changes(lost, now, written)),
            losses._is_contained(lost, lost),
            losses._intersect(lost, lost),
        )

    assert growth(prepare, 100) < LARGEST_RATIO


def test_changing_many_notes_by_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in ("STATE", "CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))

    def prepare(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.toml"
        notes = NOTES.partition(f'text = "Note {size}"')[0].rpartition("[[")[0]
        path.write_text(f'[[projects]]\nid = "p"\nname = "P"\n{notes}')
        arguments = parse_arguments(["note", "add", "-f", str(path), "p", "text"])

        def act() -> None:
            session = EditSession(arguments)
            project = session.find_project("p")
            edits = all_notes_change(project.annotations.notes)
            assert len(edits) == size
            changes = [edit.change for edit in edits]
            assert session.change("notes", [project], lambda _: changes) == 0

        return act

    assert growth(prepare, 100) < LARGEST_RATIO


def test_refused_notes_of_a_project_are_written_as_one_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[Draft] = []
    monkeypatch.setattr(Drafts, "save", lambda _, draft: saved.append(draft))
    notes = make_notes(20)
    refused = [RefusedEdit(Edit("p", AddNote(note)), "gone") for note in notes]
    salvage_refused(refused, Drafts(None, tmp_path), None)
    (draft,) = saved
    assert draft.text.split("\n\n") == [note.text for note in notes]


@given(
    st.lists(
        st.builds(
            Note,
            st.sampled_from("ab"),
            st.none() | st.integers(0, 3).map(lambda n: START + n * timedelta(0, 0.4)),
            st.sampled_from(["", "x"]),
        )
    )
)
def test_a_note_is_found_whoever_wrote_it_as_in_a_search(notes: list[Note]) -> None:
    for note in notes:
        first = next(n for n in notes if is_same_note(note._replace(by=n.by), n))
        assert NoteList(notes).find_by_anyone(note) is first
        assert NoteList(notes).includes(note)
