"""The assumptions behind the figures of a briefing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hunnan_tui.core.computed_values import collect_bases
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.model import USER, Dataset, Project
from hunnan_tui.core.parts import find_repeated


def list_assumptions(
    projects: Sequence[Project],
    dataset: Dataset,
    filled: frozenset[str] = ALL,
    *,
    has_totals: bool = True,
) -> Iterator[str]:
    """Yield a sentence for each assumption that the figures of some projects rest on.

    Args:
        projects: The projects.
        dataset: What they are of.
        filled: The fields that it fills.
        has_totals: Whether published totals are told of.
    """
    has_amounts = "invest" in filled
    if has_amounts:
        yield from _list_assumptions_on_amounts(projects, dataset)
    with_caveat = sum(bool(project.caveat) for project in projects)
    if with_caveat:
        yield f"{format_count(with_caveat, 'project has', 'projects have')} a caveat of its own."
    inferred = sum(project.industries_basis == "inferred" for project in projects)
    if inferred:
        yield (
            f"The industry of {format_count(inferred, 'project')} is inferred by "
            "this dataset; no source states it."
        )
    own = sum(USER in collect_bases(project) for project in projects)
    if own:
        yield (
            f"{format_count(own, 'project has', 'projects have')} facts that whoever keeps this "
            "dataset knows without a source: they are marked as own knowledge."
        )
    unsourced = sum(not project.sources for project in projects)
    if unsourced and "source" in filled:
        yield f"{format_count(unsourced, 'project names', 'projects name')} no source."
    if "source" in filled:
        yield (
            "A statement without a source of its own rests on all sources of its project."
        )
    if has_amounts:
        yield "Amounts in dollars are as a source states them; nothing is converted."
    if has_totals:
        yield "Published totals are not added to the projects."


def _list_assumptions_on_amounts(
    projects: Sequence[Project], dataset: Dataset
) -> Iterator[str]:
    missing = sum(project.amount is None for project in projects)
    if missing:
        yield (
            f"{format_count(missing, 'project states', 'projects state')} no investment: "
            "counted as not stated, never as 0; nothing is estimated."
        )
    inexact = sum(
        project.amount is not None and bool(project.investment_qualifier)
        for project in projects
    )
    if inexact:
        yield (
            f"{format_count(inexact, 'amount is', 'amounts are')} stated as “about” or “over” a "
            "number; the sums add that number."
        )
    if repeated := len(find_repeated(projects, dataset.projects)):
        yield (
            f"The amount of {format_count(repeated, 'project')} is not added again: "
            "each is part of a project whose amount is added."
        )
    yield (
        "Other amounts are added as stated, even where one may include another: see the "
        "caveats."
        if repeated
        else "Amounts are added as stated, even where one may include another: see the "
        "caveats."
    )
