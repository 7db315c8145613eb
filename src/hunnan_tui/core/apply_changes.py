"""Edits applied to a dataset in memory: what they change, and how to undo them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from hunnan_tui.core.changes import (
    PROJECT_GONE,
    AddNote,
    AnyChange,
    Change,
    ChangeEffect,
    ChangeNote,
    DeleteNote,
    Edit,
    RefusedEdit,
    SetFollowUp,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.fact_changes import (
    CHANGED_SINCE,
    ENTRY_CHANGED,
    ID_TAKEN,
    SOURCE_TAKEN,
    AddProject,
    AddSource,
    ChangeFacts,
    FactChange,
    FactConflictError,
    FactsEditor,
    RemoveProject,
    RemoveSource,
    SetEntry,
)
from hunnan_tui.core.fact_values import (
    Record,
    make_industry,
    make_project,
    make_source,
    make_stage,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Annotations, Dataset, Project
from hunnan_tui.core.note_list import NoteList
from hunnan_tui.core.project_collection import add_and_remove


class EditResult(NamedTuple):
    """What edits made of a dataset."""

    dataset: Dataset
    """The dataset in its new state."""
    undo: tuple[Edit, ...] = ()
    """Undoes them, applied in this order; empty when nothing was changed."""
    refused: tuple[RefusedEdit, ...] = ()
    """The edits whose project is gone, or whose facts others have changed."""


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


class ProjectEditor:
    """One project while changes of any kind are applied to it, one by one."""

    def __init__(self, project: Project, currency: str = "") -> None:
        self.original = project
        """The project before any change."""
        self._annotations = AnnotationsEditor(project.annotations)
        self._facts = FactsEditor(project, currency=currency)

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._facts.project._replace(annotations=self._annotations.annotations)

    @property
    def follow_up(self) -> date | None:
        """The day to come back, without the work of `project`."""
        return self._annotations.follow_up

    def apply(self, change: Change | ChangeFacts) -> EditEffect:
        """Apply a change; one of facts that meets a conflict leaves all as it is."""
        if not isinstance(change, ChangeFacts):
            undo, conflict = self._annotations.apply(change)
            return EditEffect(undo, conflict)
        try:
            return EditEffect(change.apply_to(self._facts))
        except FactConflictError as error:
            return EditEffect(conflict=str(error), is_refused=True)

    def apply_unless_conflict(self, change: Change | ChangeFacts) -> EditEffect:
        """Like `apply`, but a change that meets a conflict leaves all as it is."""
        if isinstance(change, ChangeFacts):
            return self.apply(change)
        return EditEffect(*self._annotations.apply_unless_conflict(change))


class EditEffect(NamedTuple):
    """What one change did."""

    undo: tuple[AnyChange, ...] = ()
    """Undoes it; empty when nothing was changed."""
    conflict: str = ""
    is_refused: bool = False
    """Whether the conflict kept it from being made at all."""


class DatasetEditor:
    """A dataset in memory while edits are applied to it, one by one."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._editors: dict[str, ProjectEditor] = {}
        self._removed: set[str] = set()
        self._lists: dict[str, dict[str, Any]] = {}
        """The changed lists of the dataset, by the names of its attributes."""

    def open(self, key: str) -> ProjectEditor | None:
        """Return the editor of a project; None if there is no such project."""
        if key in self._removed:
            return None
        if key not in self._editors:
            project = self._dataset.projects.get(key)
            if project is None:
                return None
            self._editors[key] = ProjectEditor(project, self._dataset.currency)
        return self._editors[key]

    def apply(self, edit: Edit, *, unless_conflict: bool = False) -> EditEffect | None:
        """Apply an edit; None if its project is gone."""
        change = edit.change
        match change:
            case AddProject():
                return self._add_project(edit.key, change)
            case RemoveProject():
                return self._remove_project(edit.key, change)
            case AddSource() | RemoveSource():
                return self._change_sources(change)
            case SetEntry():
                return self._set_entry(change)
        editor = self.open(edit.key)
        if editor is None:
            return None
        if unless_conflict:
            return editor.apply_unless_conflict(change)
        return editor.apply(change)

    @property
    def projects(self) -> dict[str, Project]:
        """The projects that were opened or added, as they are now."""
        return {key: editor.project for key, editor in self._editors.items()}

    @property
    def dataset(self) -> Dataset:
        """The dataset as it is now."""
        dataset = self._dataset
        if self._lists:
            lists: dict[str, Any] = {
                name: MappingProxyType(entries) for name, entries in self._lists.items()
            }
            dataset = dataset._replace(**lists)
        changed = self.projects
        is_added = any(key not in self._dataset.projects for key in changed)
        if is_added or self._removed:
            projects = add_and_remove(dataset.projects, changed, self._removed)
            return dataset._replace(projects=projects)
        return dataset.with_projects(changed) if changed else dataset

    def _add_project(self, key: str, change: AddProject) -> EditEffect:
        added = make_project(key, change.record)
        known = self.open(key)
        if known is not None:
            one = known.project._replace(
                annotations=added.annotations, origin=added.origin
            )
            if one == added:
                return EditEffect()
            return EditEffect(conflict=_(ID_TAKEN), is_refused=True)
        self._removed.discard(key)
        self._editors[key] = ProjectEditor(added)
        return EditEffect((RemoveProject(change.record),))

    def _remove_project(self, key: str, change: RemoveProject) -> EditEffect:
        known = self.open(key)
        if known is None:
            return EditEffect()
        added = make_project(key, change.record)
        if known.project._replace(origin=added.origin) != added:
            return EditEffect(conflict=_(CHANGED_SINCE), is_refused=True)
        del self._editors[key]
        self._removed.add(key)
        return EditEffect((AddProject(change.record),))

    def _change_sources(self, change: AddSource | RemoveSource) -> EditEffect:
        source = make_source(change.record)
        sources = self._open_list("sources")
        known = sources.get(source.id)
        is_added = isinstance(change, AddSource)
        if (known == source) if is_added else known is None:
            return EditEffect()
        if known not in (None, source):
            reason = _(SOURCE_TAKEN if is_added else CHANGED_SINCE)
            return EditEffect(conflict=reason, is_refused=True)
        sources.pop(source.id, None)
        if is_added:
            sources[source.id] = source
            return EditEffect((RemoveSource(change.record),))
        return EditEffect((AddSource(change.record),))

    def _set_entry(self, change: SetEntry) -> EditEffect:
        make = _ENTRY_MAKERS.get(change.table)
        if make is None:  # in the file alone: it is read again with the save
            return EditEffect((change.inverse,))
        was, after = (
            make(values) if values else None for values in (change.old, change.new)
        )
        entries = self._open_list(change.table)
        known = entries.get(change.id)
        if known == after:
            return EditEffect()
        if known != was:
            return EditEffect(conflict=_(ENTRY_CHANGED), is_refused=True)
        if after is None:
            del entries[change.id]
        else:
            entries[change.id] = after
        return EditEffect((change.inverse,))

    def _open_list(self, name: str) -> dict[str, Any]:
        """Return a list of the dataset that can be changed."""
        if name not in self._lists:
            self._lists[name] = dict(getattr(self._dataset, name))
        return self._lists[name]


_ENTRY_MAKERS: Mapping[str, Callable[[Record], Any]] = {
    "sources": make_source,
    "industries": make_industry,
    "stages": make_stage,
}


def apply_edits(dataset: Dataset, edits: Iterable[Edit]) -> EditResult:
    """Apply edits in order.

    Raises:
        HunnanError: A project cannot be edited.
    """
    editor = DatasetEditor(dataset)
    undo: list[list[Edit]] = []
    refused: list[RefusedEdit] = []
    for edit in edits:
        if reason := explain_edit_lock(editor, edit):
            raise HunnanError(reason)
        effect = editor.apply(edit)
        if effect is None:
            refused.append(RefusedEdit(edit, _(PROJECT_GONE), orphan=True))
        elif effect.is_refused:
            refused.append(RefusedEdit(edit, effect.conflict))
        else:
            undo.append([Edit(edit.key, change) for change in effect.undo])
    undo_edits = tuple(edit for edits in reversed(undo) for edit in edits)
    return EditResult(editor.dataset, undo_edits, tuple(refused))


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
    editor = DatasetEditor(dataset)
    for edit in undo:
        if explain_edit_lock(editor, edit):
            blocked[edit.key] = None
            continue
        if isinstance(edit.change, SetFollowUp):
            opened = editor.open(edit.key)
            day = opened.follow_up if opened else None
            if day not in (edit.change.day, days.get(edit.key, day)):
                blocked[edit.key] = None
                continue
        effect = editor.apply(edit, unless_conflict=True)
        if effect is None or effect.conflict:
            blocked[edit.key] = None
        else:
            safe.append(edit)
    return safe, list(blocked)


def replay(dataset: Dataset, edits: Iterable[Edit]) -> Dataset:
    """Return a dataset with edits made; those that cannot be made are left out."""
    editor = DatasetEditor(dataset)
    for edit in edits:
        if not explain_edit_lock(editor, edit):
            editor.apply(edit)
    return editor.dataset


def needs_project(edit: Edit) -> bool:
    """Return whether an edit is of a project that must be there."""
    return not isinstance(edit.change, FactChange) or isinstance(
        edit.change, ChangeFacts
    )


def explain_edit_lock(editor: DatasetEditor, edit: Edit) -> str:
    """Return why an edit cannot reach its project, or nothing."""
    opened = editor.open(edit.key)
    return explain_lock(opened.original, edit.change.field) if opened else ""


def explain_lock(project: Project, field: str) -> str:
    """Return why a part of a project's annotations cannot be edited, or nothing."""
    if project.locked:
        return project.locked
    reason = project.annotations.locked.get(field)
    return (
        _("{reason}: mend it in the file first").format(reason=reason) if reason else ""
    )
