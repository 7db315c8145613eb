"""What this reader wrote and the file loses is kept, told once, and put back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Transaction,
)
from hunnan_tui.core.model import Annotations, Need, Note
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.losses import LossTracker
from hunnan_tui.storage.salvage import read_salvaged
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.transaction_log import TransactionLog
from hunnan_tui.storage.workspace import Workspace

AT = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
DAY = date(2026, 12, 1)
NEED = Need("energy", "110 kV", "open", "2026-11-23")
TEXT = """\
[[projects]]
id = "a"
name = "A"
tags = ["theirs"]

[[projects]]
id = "b"
name = "B"

[[projects.notes]]
at = 2026-01-01T09:00:00Z
by = "Wang"
text = "theirs"
"""
WRITES: list[Change] = [
    AddNote(Note("mine", AT, "Li")),
    AddTags(("mine",)),
    AddNeed(NEED),
    SetFollowUp(DAY),
]


@dataclass
class Desk:
    """A file, and the windows of one reader on it."""

    folder: Path
    windows: list[Workspace] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.folder / "projects.toml"

    @property
    def aside(self) -> Path:
        return self.folder / "state" / "aside.toml"

    def opened(self) -> Workspace:
        workspace = Workspace(
            Store(self.path),
            Journal(None, self.path),
            Drafts(None, self.path),
            now=lambda: AT,
            aside=self.aside,
            log=TransactionLog(self.folder / "state" / "steps", self.path),
        )
        workspace.load()
        return workspace


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "projects.toml").write_text(TEXT)
    return Desk(tmp_path)


def do(workspace: Workspace, key: str, *changes: Change) -> None:
    workspace.apply(Transaction("step", tuple(Edit(key, change) for change in changes)))
    workspace.save_now()


def look(workspace: Workspace) -> tuple[str, ...]:
    loaded = workspace.store.poll()
    return workspace.load(loaded) if loaded else ()


def put_back(workspace: Workspace) -> None:
    offers = workspace.losses.list_offers(workspace.dataset)
    workspace.apply(LossTracker.make_transaction(offers))
    workspace.save_now()
    workspace.losses.discard(offers)


@pytest.mark.parametrize("write", WRITES, ids=lambda change: change.kind)
def test_what_an_older_version_takes_away_is_kept_told_and_put_back(
    desk: Desk, write: Change
) -> None:
    workspace = desk.opened()
    do(workspace, "a", write)
    annotations = workspace.dataset.projects["a"].annotations
    desk.path.write_text(TEXT)
    (message,) = look(workspace)
    assert "Gone from a: 1 " in message
    assert str(desk.aside) in message
    assert desk.path.read_text() == TEXT  # offered, never done by itself
    put_back(workspace)
    assert workspace.dataset.projects["a"].annotations == annotations
    assert workspace.losses.list_offers(workspace.dataset) == []
    assert workspace.undo().startswith("put back 1 ")
    workspace.save_now()
    assert desk.path.read_text() == TEXT


@pytest.mark.parametrize("write", WRITES, ids=lambda change: change.kind)
def test_it_is_told_once_at_the_next_start(desk: Desk, write: Change) -> None:
    do(desk.opened(), "a", write)
    desk.path.write_text(TEXT)
    (message,) = desk.opened().find_losses()
    assert "Gone from a" in message
    again = desk.opened()
    assert again.find_losses() == ()
    assert [offer.key for offer in again.losses.list_offers(again.dataset)] == ["a"]


def test_a_project_that_went_between_two_starts_is_kept(desk: Desk) -> None:
    do(desk.opened(), "b", *WRITES)
    desk.path.write_text(TEXT.partition("\n[[projects]]")[0] + "\n")
    (message,) = desk.opened().find_losses()
    assert "No longer in the file: b" in message
    assert read_salvaged(desk.aside)["b"].tags == ("mine",)


def test_what_others_wrote_and_delete_is_no_loss(desk: Desk) -> None:
    workspace = desk.opened()
    do(workspace, "a", AddTags(("theirs", "mine")))
    desk.path.write_text(TEXT.replace('tags = ["theirs"]', 'tags = ["mine"]'))
    assert look(workspace) == ()
    desk.path.write_text(desk.path.read_text().partition("\n[[projects.notes]]")[0])
    assert look(workspace) == ()
    assert desk.opened().find_losses() == ()
    assert not desk.aside.exists()


@pytest.mark.parametrize(
    ("write", "remove"),
    [
        (WRITES[0], DeleteNote(AT, "mine")),
        (WRITES[0], ChangeNote(AT, "mine", "mine, mended")),
        (WRITES[1], RemoveTags(("Mine",))),
        (WRITES[2], RemoveNeed(NEED)),
        (WRITES[2], ChangeNeed(NEED, NEED._replace(state="met"))),
        (WRITES[3], SetFollowUp(None)),
        (WRITES[3], SetFollowUp(DAY + timedelta(1))),
    ],
)
@pytest.mark.parametrize("by_undo", [False, True])
def test_what_another_window_of_the_reader_changes_is_no_loss(
    desk: Desk, write: Change, remove: Change, by_undo: bool
) -> None:
    one, two = desk.opened(), desk.opened()
    do(two, "a", write)
    look(one)
    if by_undo:
        two.undo()
    else:
        two.apply(Transaction("remove", (Edit("a", remove),)))
    two.save_now()
    assert look(one) == ()
    assert desk.opened().find_losses() == ()
    assert not desk.aside.exists()


def test_what_two_windows_take_away_at_once_is_no_loss(desk: Desk) -> None:
    one, two, three = desk.opened(), desk.opened(), desk.opened()
    do(one, "a", *WRITES)
    for window in (two, three):
        look(window)
    for window in (one, two):
        window.apply(Transaction("untag", (Edit("a", RemoveTags(("mine",))),)))
        window.apply(Transaction("day", (Edit("a", SetFollowUp(None)),)))
    one.save_now()
    two.save_now()
    assert look(three) == ()
    assert desk.opened().find_losses() == ()


def test_a_log_that_is_ahead_of_the_file_tells_no_loss(desk: Desk) -> None:
    one, two = desk.opened(), desk.opened()
    do(two, "a", AddTags(("mine",)))
    look(one)
    two.undo()
    two.save_now()
    loaded = one.store.poll()  # without the tag
    two.redo()
    two.save_now()
    assert one.load(loaded) == ()
    assert look(one) == ()


def test_an_undo_of_this_window_is_no_loss(desk: Desk) -> None:
    workspace = desk.opened()
    do(workspace, "a", *WRITES)
    workspace.undo()
    workspace.save_now()
    desk.path.write_text("# touched\n" + desk.path.read_text())
    assert look(workspace) == ()
    assert desk.opened().find_losses() == ()


def test_what_a_colleague_makes_of_it_is_no_loss_and_a_return_to_before_is(
    desk: Desk,
) -> None:
    workspace = desk.opened()
    do(workspace, "a", SetFollowUp(DAY), AddNote(Note("one", AT)))
    before = desk.path.read_text()
    do(workspace, "a", SetFollowUp(DAY + timedelta(7)), ChangeNote(AT, "one", "two"))
    after = desk.path.read_text()
    desk.path.write_text(after.replace("2026-12-08", "2027-01-01").replace("two", "3"))
    assert look(workspace) == ()
    desk.path.write_text(after)
    assert look(workspace) == ()
    desk.path.write_text(before)
    (message,) = look(workspace)
    assert "1 note, 1 follow-up" in message
    put_back(workspace)
    assert desk.path.read_text() == after


def test_what_comes_back_by_itself_is_offered_no_longer(desk: Desk) -> None:
    workspace = desk.opened()
    do(workspace, "a", *WRITES)
    newer = desk.path.read_text()
    desk.path.write_text(TEXT)
    assert look(workspace)
    desk.path.write_text(newer)
    assert look(workspace) == ()
    do(workspace, "a", RemoveTags(("mine",)))  # on purpose
    assert workspace.losses.list_offers(workspace.dataset) == []


def test_what_is_unwanted_is_not_offered_at_the_next_start(desk: Desk) -> None:
    do(desk.opened(), "a", *WRITES)
    desk.path.write_text(TEXT)
    workspace = desk.opened()
    workspace.find_losses()
    offers = workspace.losses.list_offers(workspace.dataset)
    workspace.losses.discard(offers, unwanted=True)
    again = desk.opened()
    assert again.find_losses() == ()
    assert again.losses.list_offers(again.dataset) == []


def test_a_step_that_is_not_saved_yet_is_no_loss(desk: Desk) -> None:
    workspace = desk.opened()
    workspace.apply(Transaction("tag", (Edit("a", AddTags(("mine",))),)))
    assert desk.opened().find_losses() == ()


def test_without_a_place_it_is_told_that_nothing_is_kept(desk: Desk) -> None:
    workspace = desk.opened()
    do(workspace, "a", AddTags(("mine",)))
    losses = LossTracker(
        TransactionLog(desk.folder / "state" / "steps", desk.path), None
    )
    before = workspace.dataset
    desk.path.write_text(TEXT)
    (message,) = losses.find(before, Store(desk.path).load().dataset)
    assert "no place to keep it" in message


changes = st.one_of(
    st.sampled_from(["x", "X", "y", "theirs"]).map(lambda tag: AddTags((tag,))),
    st.sampled_from(["x", "y", "theirs"]).map(lambda tag: RemoveTags((tag,))),
    st.integers(0, 2).map(lambda n: AddNote(Note(f"note {n}", AT, "Li"))),
    st.integers(0, 2).map(lambda n: DeleteNote(AT, f"note {n}")),
    st.tuples(st.integers(0, 2), st.integers(0, 2)).map(
        lambda n: ChangeNote(AT, f"note {n[0]}", f"note {n[1]} changed")
    ),
    st.sampled_from([None, DAY, DAY + timedelta(1)]).map(SetFollowUp),
    st.sampled_from(["open", "met"]).map(lambda s: AddNeed(NEED._replace(state=s))),
    st.just(ChangeNeed(NEED, NEED._replace(state="met"))),
)


def parts(annotations: Annotations) -> tuple[object, ...]:
    """What annotations are, in no order."""
    texts = sorted(note.text for note in annotations.notes)
    return (
        sorted(annotations.tags),
        annotations.follow_up,
        sorted(map(repr, annotations.needs)),
        texts,
    )


@given(steps=st.lists(st.tuples(st.sampled_from("ab"), changes), max_size=8))
def test_whatever_was_written_comes_back(steps: list[tuple[str, Change]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        desk.path.write_text(TEXT)
        workspace = desk.opened()
        for key, change in steps:
            do(workspace, key, change)
        expected = workspace.dataset.projects
        assert desk.opened().find_losses() == ()
        desk.path.write_text(TEXT)
        look(workspace)
        put_back(workspace)
        for key in "ab":
            had = workspace.dataset.projects[key].annotations
            missing = set(expected[key].annotations.tags) - set(had.tags)
            assert not missing
            texts = {note.text for note in had.notes}
            assert {note.text for note in expected[key].annotations.notes} <= texts
            assert set(map(repr, expected[key].annotations.needs)) <= set(
                map(repr, had.needs)
            )
            if expected[key].annotations.follow_up is not None:
                assert had.follow_up == expected[key].annotations.follow_up
