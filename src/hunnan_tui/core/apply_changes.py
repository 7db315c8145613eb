"""Edits applied to a dataset in memory: what they change, and how to undo them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from hunnan_tui.core.changes import (
    PROJECT_GONE,
    AddNote,
    Change,
    ChangeEffect,
    ChangeNote,
    DeleteNote,
    Edit,
    RefusedEdit,
    SetFollowUp,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.core.note_list import NoteList


class EditResult(NamedTuple):
    """What edits made of a dataset."""

    projects: dict[str, Project]
    """The projects that the edits name, in their new state."""
    undo: tuple[Edit, ...] = ()
    """Undoes them, applied in this order; empty when nothing was changed."""
    refused: tuple[RefusedEdit, ...] = ()
    """The edits whose project is gone."""


class AnnotationsEditor:
    """The annotations of one project while changes are applied to them, one by one.

    The result is that of each change's `apply` in turn; many changes of notes take time
    in proportion to their number.
    """

    def __init__(self, annotations: Annotations = Annotations()) -> None:  # noqa: B008 - frozen
        self._annotations = annotations
        self._notes: NoteList | None = None
        self._is_stale = False
        """Whether the notes have changed since `_annotations` was made."""

    @property
    def annotations(self) -> Annotations:
        """The annotations as they are now."""
        if self._is_stale:
            notes = tuple(self._notes or ())
            self._annotations = self._annotations._replace(notes=notes)
            self._is_stale = False
        return self._annotations

    @property
    def follow_up(self) -> date | None:
        """The day to come back, without the work of `annotations`."""
        return self._annotations.follow_up

    def apply(self, change: Change) -> ChangeEffect:
        """Apply a change; return what undoes it, and any conflict."""
        if isinstance(change, AddNote | ChangeNote | DeleteNote):
            if self._notes is None:
                self._notes = NoteList(self._annotations.notes)
            effect = change.apply_to(self._notes)
            self._is_stale = self._is_stale or bool(effect.undo)
            return effect
        result = change.apply(self._annotations)
        self._annotations = result.annotations
        return ChangeEffect(result.undo, result.conflict)

    def apply_unless_conflict(self, change: Change) -> ChangeEffect:
        """Like `apply`, but a change that meets a conflict leaves all as it is."""
        before = self._annotations
        effect = self.apply(change)
        if effect.conflict:
            self._annotations = before
            if self._notes is not None and isinstance(change, ChangeNote):
                self._notes.remove_last()  # the second text, which was added
        return effect


class _Editors:
    """The editors of the projects that some edits name."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._editors: dict[str, tuple[Project, AnnotationsEditor]] = {}

    def open(self, key: str) -> tuple[Project, AnnotationsEditor] | None:
        """Return a project as it was, and its editor; None if there is no project."""
        opened = self._editors.get(key)
        if opened is None:
            project = self._dataset.projects.get(key)
            if project is None:
                return None
            opened = (project, AnnotationsEditor(project.annotations))
            self._editors[key] = opened
        return opened

    def get_projects(self) -> dict[str, Project]:
        """Return the projects that were opened, as they are now."""
        return {
            key: project._replace(annotations=editor.annotations)
            for key, (project, editor) in self._editors.items()
        }


def apply_edits(dataset: Dataset, edits: Iterable[Edit]) -> EditResult:
    """Apply edits in order.

    Raises:
        HunnanError: A project cannot be edited.
    """
    editors = _Editors(dataset)
    undo: list[list[Edit]] = []
    refused: list[RefusedEdit] = []
    for edit in edits:
        opened = editors.open(edit.key)
        if opened is None:
            refused.append(RefusedEdit(edit, PROJECT_GONE, orphan=True))
            continue
        project, editor = opened
        if reason := explain_lock(project, edit.change.field):
            raise HunnanError(reason)
        effect = editor.apply(edit.change)
        undo.append([Edit(edit.key, change) for change in effect.undo])
    undo_edits = tuple(edit for edits in reversed(undo) for edit in edits)
    return EditResult(editors.get_projects(), undo_edits, tuple(refused))


def select_safe_undo(
    dataset: Dataset, undo: Iterable[Edit], edits: Iterable[Edit]
) -> tuple[list[Edit], list[str]]:
    """Return what can be undone without undoing what others have done since.

    Args:
        dataset: The present state.
        undo: What undoes a transaction.
        edits: The edits of that transaction.

    Returns:
        The edits of undo that are safe, and the keys of projects with others.
    """
    days = {e.key: e.change.day for e in edits if isinstance(e.change, SetFollowUp)}
    safe: list[Edit] = []
    blocked: dict[str, None] = {}
    editors = _Editors(dataset)
    for edit in undo:
        opened = editors.open(edit.key)
        if opened is None or explain_lock(opened[0], edit.change.field):
            blocked[edit.key] = None
            continue
        editor = opened[1]
        if isinstance(edit.change, SetFollowUp):
            day = editor.follow_up
            if day not in (edit.change.day, days.get(edit.key, day)):
                blocked[edit.key] = None
                continue
        if editor.apply_unless_conflict(edit.change).conflict:
            blocked[edit.key] = None
        else:
            safe.append(edit)
    return safe, list(blocked)


def replay(dataset: Dataset, edits: Iterable[Edit]) -> dict[str, Project]:
    """Return the projects that edits change; those that cannot be edited stay."""
    editors = _Editors(dataset)
    for edit in edits:
        project = dataset.projects.get(edit.key)
        if project is None or explain_lock(project, edit.change.field):
            continue
        if opened := editors.open(edit.key):
            opened[1].apply(edit.change)
    return editors.get_projects()


def explain_lock(project: Project, field: str) -> str:
    """Return why a part of a project's annotations cannot be edited, or nothing."""
    if project.locked:
        return project.locked
    reason = project.annotations.locked.get(field)
    return f"{reason}: mend it in the file first" if reason else ""
