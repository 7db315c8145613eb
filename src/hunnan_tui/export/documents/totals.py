"""Counts and sums of projects; an amount that is not stated is counted and adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hunnan_tui.analysis.project_text import collect_sources
from hunnan_tui.core.dates import format_day
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.parts import find_repeated, format_not_added
from hunnan_tui.export.selection import Selection
from hunnan_tui.query.engine.counts import Count


def count_projects(projects: Iterable[Project], dataset: Dataset) -> Count:
    """Return the number of projects and the sum of their amounts, each added once."""
    projects = list(projects)
    repeated = find_repeated(projects, dataset.projects)
    added = [project.amount for project in projects if project.key not in repeated]
    stated = [amount for amount in added if amount is not None]
    return Count(len(projects), sum(stated), len(added) - len(stated), len(repeated))


def summarize_selection(
    selection: Selection, count: Count, *, has_amounts: bool = True
) -> str:
    """Return a sentence or two on what is exported, and when the facts are from.

    Args:
        selection: What is exported.
        count: Its totals.
        has_amounts: Whether any project of the dataset states an amount.
    """
    dataset = selection.dataset
    parts = [
        _("{projects:,} of {count:,} projects").format(
            projects=count.projects, count=len(dataset.projects)
        )
    ]
    if selection.scope:
        parts = [_("{text} ({scope})").format(text=parts[0], scope=selection.scope)]
    if count.stated is None:
        if has_amounts:
            parts.append(
                _("; investment not stated{currency}").format(
                    currency=dataset.summed_currency
                )
            )
    else:
        money = add_unit(format_short(count.stated), name_unit(dataset.currency))
        parts.append(_("; investment {money}").format(money=money))
        if count.not_stated:
            parts.append(
                _(", {not_stated:,} not stated{currency}").format(
                    not_stated=count.not_stated, currency=dataset.summed_currency
                )
            )
        if count.not_added:
            parts.append(_(", {text}").format(text=format_not_added(count.not_added)))
    text = "".join(parts)
    if dataset.updated:
        return _("{text}. Facts as of {updated}. Exported {day}.").format(
            text=text,
            updated=format_day(dataset.updated),
            day=format_day(str(selection.export_date)),
        )
    return _("{text}. Exported {day}.").format(
        text=text, day=format_day(str(selection.export_date))
    )


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
    dataset: Dataset,
) -> dict[str, Count]:
    """Count projects under each of their values.

    Args:
        projects: The projects to count.
        dataset: What they are from.
        known: The values in their order; others follow, and "" for no value comes last.
        values: Returns the values of a project.
    """
    groups: dict[str, list[Project]] = {value: [] for value in known}
    for project in projects:
        for value in set(values(project)) or {""}:
            groups.setdefault(value, []).append(project)
    none = groups.pop("", [])
    counts = {
        value: count_projects(group, dataset)
        for value, group in groups.items()
        if group
    }
    return counts | ({"": count_projects(none, dataset)} if none else {})
