"""What is news in differences: the projects that `is:new` and `is:changed` find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hunnan_tui.analysis.diff import Difference
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.parts import get_whole
from hunnan_tui.query.engine.news import News

_TABLES = ("industries", "stages", "sources", "announcements", "views", "fields")


def collect_news(differences: Iterable[Difference]) -> News:
    """Return the projects that differences add or change; what is new is not changed."""
    new: set[str] = set()
    changed: set[str] = set()
    for difference in differences:
        new.update(project.key for project in difference.added)
        pairs = (*difference.renamed, *difference.changed)
        changed.update(pair.new.key for pair in pairs)
    return News(frozenset(new), frozenset(changed - new))


def make_lasting(difference: Difference, before: Difference | None) -> Difference:
    """Return a difference that can be kept for long: without the projects that are alike.

    Args:
        difference: The difference.
        before: One that is kept already; its tables are shared where they are alike.
    """
    pairs = (*difference.renamed, *difference.changed)
    wholes = {
        get_whole(project)
        for project in (
            *difference.added,
            *difference.gone,
            *(project for pair in pairs for project in (pair.old, pair.new)),
        )
    }
    known = before.new if before else difference.new
    new = _shrink(difference.new, wholes, known)
    return replace(difference, old=_shrink(difference.old, wholes, new), new=new)


def _shrink(dataset: Dataset, keys: Iterable[str], known: Dataset) -> Dataset:
    """Return a dataset with few projects, and with those tables of another that it equals."""
    alike = {
        name: getattr(known, name)
        for name in _TABLES
        if getattr(known, name) == getattr(dataset, name)
    }
    projects = {key: dataset.projects[key] for key in keys if key in dataset.projects}
    return dataset._replace(projects=projects, **alike)
