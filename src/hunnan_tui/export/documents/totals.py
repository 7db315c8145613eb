"""Counts and sums of some projects; what is not stated is counted and adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hunnan_tui.analysis.project_text import sources_of
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.engine.counts import Count


def total(projects: Iterable[Project]) -> Count:
    """Return how many projects there are and what they cost together."""
    amounts = [project.investment for project in projects]
    stated = [amount for amount in amounts if amount is not None]
    return Count(len(amounts), sum(stated), len(amounts) - len(stated))


def about(selection: Selection, counted: Count) -> str:
    """Return in a sentence or two what is exported, and of what day."""
    dataset = selection.dataset
    text = f"{counted.projects:,} of {len(dataset.projects):,} projects"
    if selection.scope:
        text += f" ({selection.scope})"
    if counted.stated is None:
        text += "; investment not stated"
    else:
        money = add_unit(format_short(counted.stated), name_unit(dataset.currency))
        text += f"; investment {money}"
        if counted.not_stated:
            text += f", {counted.not_stated:,} not stated"
    text += f". Facts as of {dataset.updated}." if dataset.updated else "."
    return f"{text} Exported {selection.made}."


def cited(selection: Selection) -> list[str]:
    """Return the ids of the sources of some projects, in the order of the citing."""
    return list(
        dict.fromkeys(
            name for project in selection.projects for name in sources_of(project)
        )
    )


def grouped(
    projects: Iterable[Project],
    known: Iterable[str],
    values: Callable[[Project], Iterable[str]],
) -> dict[str, Count]:
    """Count projects under each of their values.

    Args:
        projects: What is counted.
        known: The values in their order; others follow, and "" for none comes last.
        values: What gives the values of a project.
    """
    groups: dict[str, list[Project]] = {value: [] for value in known}
    for project in projects:
        for value in set(values(project)) or {""}:
            groups.setdefault(value, []).append(project)
    none = groups.pop("", [])
    counts = {value: total(group) for value, group in groups.items() if group}
    return counts | ({"": total(none)} if none else {})
