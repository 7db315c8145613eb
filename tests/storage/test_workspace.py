"""The workspace against the obvious model: a list of tags and texts per project."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tomli
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    Change,
    DeleteNote,
    Edit,
    RemoveTags,
    Transaction,
)
from hunnan_tui.core.model import Note
from hunnan_tui.storage.drafts import Drafts
from hunnan_tui.storage.journal import Journal
from hunnan_tui.storage.store import Store
from hunnan_tui.storage.workspace import Workspace
from tests.strategies import NIGHTLY

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
KEYS = ("a", "b", "c")
TEXT = "".join(
    f'# leads {key}\n[[projects]]\nid = "{key}"\nname = "{key}"\n\n' for key in KEYS
)
State = dict[str, tuple[frozenset[str], tuple[str, ...]]]
tags = st.sampled_from(["x", "y", "z"])
keys = st.sampled_from(KEYS)


def without_own(text: str) -> list[str]:
    """The lines that no edit may touch."""
    return [line for line in text.splitlines() if line.startswith(("#", "id", "name"))]


class Edits(RuleBasedStateMachine):
    """Any sequence of edits, undos, redos, outside edits and reloads."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "projects.toml"
        self.path.write_text(TEXT)
        self.clock = NOW
        self.workspace = Workspace(
            Store(self.path),
            Journal(None, self.path),
            Drafts(None, self.path),
            now=lambda: self.clock,
        )
        self.workspace.load()
        self.state: State = dict.fromkeys(KEYS, (frozenset(), ()))
        self.past: list[State] = []
        self.future: list[State] = []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.workspace.close()
            self.folder.cleanup()

    def do(self, edits: list[tuple[str, Change]], new: State) -> None:
        step = Transaction("step", tuple(Edit(key, change) for key, change in edits))
        changed = self.workspace.apply(step)
        assert bool(changed) == (new != self.state)
        if changed:
            self.past.append(self.state)
            self.future.clear()
            self.state = new

    @rule(on=st.sets(keys, min_size=1), tag=tags)
    def add_tag(self, on: set[str], tag: str) -> None:
        new = {
            key: (annotations | {tag}, notes) if key in on else (annotations, notes)
            for key, (annotations, notes) in self.state.items()
        }
        self.do([(key, AddTags((tag,))) for key in sorted(on)], new)

    @rule(on=st.sets(keys, min_size=1), tag=tags)
    def remove_tag(self, on: set[str], tag: str) -> None:
        new = {
            key: (annotations - {tag}, notes) if key in on else (annotations, notes)
            for key, (annotations, notes) in self.state.items()
        }
        self.do([(key, RemoveTags((tag,))) for key in sorted(on)], new)

    @rule(
        key=keys, text=st.sampled_from(["one", "two\nlines\n", '"""', "[[projects]]"])
    )
    def add_note(self, key: str, text: str) -> None:
        self.clock += timedelta(seconds=2)
        annotations, notes = self.state[key]
        new = self.state | {key: (annotations, (*notes, text))}
        self.do([(key, AddNote(Note(text, self.clock)))], new)

    @rule(key=keys)
    def delete_last_note(self, key: str) -> None:
        annotations, notes = self.state[key]
        if notes:
            note = self.workspace.dataset.projects[key].notes[-1]
            new = self.state | {key: (annotations, notes[:-1])}
            self.do([(key, DeleteNote(note.at, note.text))], new)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        assert self.workspace.undo() == "step"
        self.future.append(self.state)
        self.state = self.past.pop()

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.workspace.redo() == "step"
        self.past.append(self.state)
        self.state = self.future.pop()

    @rule()
    def save(self) -> None:
        self.workspace.save_now()
        assert not self.workspace.status.unsaved
        assert self.seen(self.in_file()) == self.seen(self.state)

    @rule(comment=st.sampled_from(["# outside\n", "\n"]))
    def change_outside(self, comment: str) -> None:
        self.path.write_text(comment + self.path.read_text())

    @rule()
    def look_outside(self) -> None:
        loaded = self.workspace.store.poll()
        if loaded is not None:
            self.workspace.load(loaded)

    @invariant()
    def the_screen_shows_the_model(self) -> None:
        if not hasattr(self, "workspace"):
            return
        projects = self.workspace.dataset.projects
        shown: State = {
            key: (
                frozenset(projects[key].tags),
                tuple(note.text for note in projects[key].notes),
            )
            for key in KEYS
        }
        assert self.seen(shown) == self.seen(self.state)

    @invariant()
    def nothing_else_in_the_file_changes(self) -> None:
        if hasattr(self, "path"):
            lines = without_own(self.path.read_text())
            assert [line for line in lines if line != "# outside"] == without_own(TEXT)

    def in_file(self) -> State:
        projects = tomli.loads(self.path.read_text())["projects"]
        return {
            project["id"]: (
                frozenset(project.get("tags", ())),
                tuple(note["text"] for note in project.get("notes", ())),
            )
            for project in projects
        }

    @staticmethod
    def seen(state: State) -> object:
        """Compare notes without their order: a note that was undeleted stands last."""
        return {
            key: (annotations, sorted(notes))
            for key, (annotations, notes) in state.items()
        }


Edits.TestCase.settings = settings(max_examples=40 * NIGHTLY, stateful_step_count=25)
TestEdits = Edits.TestCase
