"""Edits applied to a dataset in memory: what they change, and what takes them back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hunnan_tui.core.changes import (
    PROJECT_GONE,
    Edit,
    RefusedEdit,
    SetFollowUp,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Dataset, Project


class EditResult(NamedTuple):
    """What edits made of a dataset."""

    projects: dict[str, Project]
    """The projects that they name, as they are now."""
    undo: tuple[Edit, ...] = ()
    """Takes them back, in this order; empty when nothing was changed."""
    refused: tuple[RefusedEdit, ...] = ()
    """Those whose project is gone."""


def apply_edits(dataset: Dataset, edits: Iterable[Edit]) -> EditResult:
    """Apply edits in order; HunnanError when a project cannot be edited."""
    changed: dict[str, Project] = {}
    undo: list[list[Edit]] = []
    refused: list[RefusedEdit] = []
    for edit in edits:
        project = changed.get(edit.key) or dataset.projects.get(edit.key)
        if project is None:
            refused.append(RefusedEdit(edit, PROJECT_GONE, orphan=True))
            continue
        if why := why_locked(project, edit.change.field):
            raise HunnanError(why)
        applied = edit.change.apply(project.annotations)
        changed[edit.key] = project._replace(annotations=applied.annotations)
        undo.append([Edit(edit.key, each) for each in applied.undo])
    taken_back = tuple(each for edits in reversed(undo) for each in edits)
    return EditResult(changed, taken_back, tuple(refused))


def select_safe_undo(
    dataset: Dataset, undo: Iterable[Edit], made: Iterable[Edit]
) -> tuple[list[Edit], list[str]]:
    """Return what can be taken back without undoing what others have done since.

    Args:
        dataset: What is there now.
        undo: What takes a step back.
        made: The step.

    Returns:
        The edits of undo that are safe, and the keys of projects that have others.
    """
    days = {e.key: e.change.day for e in made if isinstance(e.change, SetFollowUp)}
    safe: list[Edit] = []
    blocked: dict[str, None] = {}
    now: dict[str, Project] = {}
    for edit in undo:
        project = now.get(edit.key) or dataset.projects.get(edit.key)
        if project is None or why_locked(project, edit.change.field):
            blocked[edit.key] = None
            continue
        applied = edit.change.apply(project.annotations)
        is_other_day = (
            isinstance(edit.change, SetFollowUp)
            and bool(applied.undo)
            and project.annotations.follow_up
            != days.get(edit.key, project.annotations.follow_up)
        )
        if applied.conflict or is_other_day:
            blocked[edit.key] = None
            continue
        now[edit.key] = project._replace(annotations=applied.annotations)
        safe.append(edit)
    return safe, list(blocked)


def replay(dataset: Dataset, edits: Iterable[Edit]) -> dict[str, Project]:
    """Return the projects that edits change; those that cannot be edited stay."""
    changed: dict[str, Project] = {}
    for edit in edits:
        project = changed.get(edit.key) or dataset.projects.get(edit.key)
        if project is not None and not why_locked(project, edit.change.field):
            annotations = edit.change.apply(project.annotations).annotations
            changed[edit.key] = project._replace(annotations=annotations)
    return changed


def why_locked(project: Project, field: str) -> str:
    """Return why a part of a project's annotations cannot be edited, or nothing."""
    if project.locked:
        return project.locked
    reason = project.annotations.locked.get(field)
    return f"{reason}: mend it in the file first" if reason else ""
