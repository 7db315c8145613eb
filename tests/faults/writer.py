"""One of several writers of a file: makes edits, and says what must be in the file.

python writer.py NUMBER EDITS FILE
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hunnan_tui.core.changes import (
    AddNote,
    AddTags,
    AnyChange,
    ChangeNote,
    DeleteNote,
    Edit,
    RemoveTags,
    Transaction,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fact_changes import AddItems, ChangeFacts, SetFact
from hunnan_tui.core.fact_values import dump_fact
from hunnan_tui.core.model import Note
from hunnan_tui.storage import open_workspace
from hunnan_tui.storage.workspace import Workspace

KEYS = ("a", "b")
Tags = dict[str, frozenset[str]]
Notes = dict[datetime, tuple[str, str]]
Facts = dict[tuple[str, str], int]
Model = tuple[Tags, Notes, Facts]
"""The tags by project, the notes with their project, and the facts by project and
name, where an event is one of 0: all this writer's own."""


class Writer:
    """Makes edits of one writer, and keeps a model of what they come to."""

    def __init__(self, number: int, workspace: Workspace) -> None:
        self._number = number
        self._workspace = workspace
        self._source = random.Random(number)
        self._serial = 0
        none: Model = ({key: frozenset() for key in KEYS}, {}, {})
        self._states = [none]
        self._place = 0

    @property
    def model(self) -> Model:
        return self._states[self._place]

    def step(self) -> None:
        """Make one edit, and save it, however often that takes."""
        self._serial += 1
        makers: list[Callable[[], None]] = [self._tag, self._tag, self._note]
        makers += [self._set_fact, self._add_event]
        tags, notes, _ = self.model
        if any(tags.values()):
            makers.append(self._untag)
        if notes:
            makers += [self._change, self._delete]
        if self._place:
            makers += [self._undo] * 2
        if self._place + 1 < len(self._states):
            makers += [self._redo]
        self._source.choice(makers)()
        while self._workspace.status.unsaved:
            try:
                self._workspace.save_now()
            except HunnanError as error:
                print(error, file=sys.stderr)  # noqa: T201

    def _tag(self) -> None:
        key = self._source.choice(KEYS)
        tag = f"w{self._number}-{self._serial}"
        tags, notes, facts = self.model
        self._do(key, AddTags((tag,)), ({**tags, key: tags[key] | {tag}}, notes, facts))

    def _set_fact(self) -> None:
        """Set a fact that no other writer sets."""
        key = self._source.choice(KEYS)
        name, value = f"own_{self._number}", self._serial
        tags, notes, facts = self.model
        project = self._workspace.dataset.projects[key]
        step = SetFact(name, dump_fact(project, name), value)
        self._do(
            key, ChangeFacts((step,)), (tags, notes, {**facts, (key, name): value})
        )

    def _add_event(self) -> None:
        key = self._source.choice(KEYS)
        what = f"event {self._serial} of writer {self._number}"
        tags, notes, facts = self.model
        event = {"date": date(2026, 1, 1), "what": what}
        change = ChangeFacts((AddItems("events", (event,)),))
        self._do(key, change, (tags, notes, {**facts, (key, what): 0}))

    def _untag(self) -> None:
        tags, notes, facts = self.model
        key = self._source.choice([key for key in KEYS if tags[key]])
        tag = self._source.choice(sorted(tags[key]))
        self._do(
            key, RemoveTags((tag,)), ({**tags, key: tags[key] - {tag}}, notes, facts)
        )

    def _note(self) -> None:
        key = self._source.choice(KEYS)
        seconds = self._number * 10_000 + self._serial
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
        text = f"note {self._serial}\nof writer {self._number}"
        tags, notes, facts = self.model
        self._do(
            key, AddNote(Note(text, at)), (tags, {**notes, at: (key, text)}, facts)
        )

    def _change(self) -> None:
        at, key, text = self._some_note()
        new = f"{text}\nchanged in {self._serial}"
        tags, notes, facts = self.model
        self._do(
            key, ChangeNote(at, text, new), (tags, {**notes, at: (key, new)}, facts)
        )

    def _delete(self) -> None:
        at, key, text = self._some_note()
        tags, notes, facts = self.model
        left = {each: note for each, note in notes.items() if each != at}
        self._do(key, DeleteNote(at, text), (tags, left, facts))

    def _some_note(self) -> tuple[datetime, str, str]:
        at = self._source.choice(sorted(self.model[1]))
        return (at, *self.model[1][at])

    def _do(self, key: str, change: AnyChange, model: Model) -> None:
        assert self._workspace.apply(Transaction("step", (Edit(key, change),)))
        self._place += 1
        self._states[self._place :] = [model]

    def _undo(self) -> None:
        assert self._workspace.undo()
        self._place -= 1

    def _redo(self) -> None:
        assert self._workspace.redo()
        self._place += 1


def main() -> None:
    number, edits, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    files = open_workspace.find_files(path, None, os.environ, Path.cwd())
    workspace, _ = open_workspace.open_workspace(files)
    writer = Writer(number, workspace)
    for _ in range(edits):
        writer.step()
    workspace.close()
    tags, notes, facts = writer.model
    print(  # noqa: T201 - what is acknowledged
        json.dumps(
            {
                "tags": {key: sorted(tags[key]) for key in KEYS},
                "notes": {at.isoformat(): note for at, note in notes.items()},
                "facts": sorted([*name, value] for name, value in facts.items()),
            }
        )
    )


if __name__ == "__main__":
    main()
