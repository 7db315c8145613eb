"""The names that a dataset gives to ids; nothing is cleaned."""

from __future__ import annotations

from hunnan_tui.core.model import Dataset, Project


def name_stage(id: str, dataset: Dataset) -> str:
    """Return the name of a stage; an unknown id as it is written."""
    stage = dataset.stages.get(id)
    return stage.name if stage else id


def name_industries(project: Project, dataset: Dataset) -> tuple[str, ...]:
    """Return the names of a project's industries; unknown ids as they are written."""
    known = dataset.industries
    return tuple(known[key].name if key in known else key for key in project.industries)
