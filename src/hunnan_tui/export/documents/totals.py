"""Counts and sums of projects; an amount that is not stated is counted and adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hunnan_tui.analysis.project_text import collect_sources
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.engine.counts import Count


def count_projects(projects: Iterable[Project]) -> Count:
    """Return the number of projects and the sum of their amounts."""
    amounts = [project.investment for project in projects]
    stated = [amount for amount in amounts if amount is not None]
    return Count(len(amounts), sum(stated), len(amounts) - len(stated))


def summarize_selection(selection: Selection, count: Count) -> str:
    """Return a sentence or two on what is exported, and when the facts are from."""
    dataset = selection.dataset
    text = f"{count.projects:,} of {len(dataset.projects):,} projects"
    if selection.scope:
        text += f" ({selection.scope})"
    if count.stated is None:
        text += "; investment not stated"
    else:
        money = add_unit(format_short(count.stated), name_unit(dataset.currency))
        text += f"; investment {money}"
        if count.not_stated:
            text += f", {count.not_stated:,} not stated"
    text += f". Facts as of {dataset.updated}." if dataset.updated else "."
    return f"{text} Exported {selection.export_date}."


def list_cited_sources(selection: Selection) -> list[str]:
    """Return the ids of the sources of the projects, in the order in which they cite them."""
    return list(
        dict.fromkeys(
            name for project in selection.projects for name in collect_sources(project)
        )
    )


def count_by_value(
    projects: Iterable[Project],
    known: Iterable[str],
    values: Callable[[Project], Iterable[str]],
) -> dict[str, Count]:
    """Count projects under each of their values.

    Args:
        projects: The projects to count.
        known: The values in their order; others follow, and "" for no value comes last.
        values: Returns the values of a project.
    """
    groups: dict[str, list[Project]] = {value: [] for value in known}
    for project in projects:
        for value in set(values(project)) or {""}:
            groups.setdefault(value, []).append(project)
    none = groups.pop("", [])
    counts = {value: count_projects(group) for value, group in groups.items() if group}
    return counts | ({"": count_projects(none)} if none else {})
