"""The assumptions behind the figures of a briefing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hunnan_tui.core.computed_values import collect_bases
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import _, ngettext
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
        yield ngettext(
            "{count:,} project has a caveat of its own.",
            "{count:,} projects have a caveat of its own.",
            with_caveat,
        ).format(count=with_caveat)
    inferred = sum(project.industries_basis == "inferred" for project in projects)
    if inferred:
        yield (
            _(
                "The industry of {projects} is inferred by this dataset; no source "
                "states it."
            ).format(projects=format_count(inferred, "project"))
        )
    own = sum(USER in collect_bases(project) for project in projects)
    if own:
        yield ngettext(
            "{count:,} project has facts that whoever keeps this dataset knows without a "
            "source: they are marked as own knowledge.",
            "{count:,} projects have facts that whoever keeps this dataset knows without a "
            "source: they are marked as own knowledge.",
            own,
        ).format(count=own)
    unsourced = sum(not project.sources for project in projects)
    if unsourced and "source" in filled:
        yield ngettext(
            "{count:,} project names no source.",
            "{count:,} projects name no source.",
            unsourced,
        ).format(count=unsourced)
    if "source" in filled:
        yield (
            _(
                "A statement without a source of its own rests on all sources of its project."
            )
        )
    if has_amounts:
        yield _("Amounts in dollars are as a source states them; nothing is converted.")
    if has_totals:
        yield _("Published totals are not added to the projects.")


def _list_assumptions_on_amounts(
    projects: Sequence[Project], dataset: Dataset
) -> Iterator[str]:
    missing = sum(project.amount is None for project in projects)
    if missing:
        yield ngettext(
            "{count:,} project states no investment: counted as not stated, never as 0; "
            "nothing is estimated.",
            "{count:,} projects state no investment: counted as not stated, never as 0; "
            "nothing is estimated.",
            missing,
        ).format(count=missing)
    inexact = sum(
        project.amount is not None and bool(project.investment_qualifier)
        for project in projects
    )
    if inexact:
        yield ngettext(
            "{count:,} amount is stated as “about” or “over” a number; the sums add that "
            "number.",
            "{count:,} amounts are stated as “about” or “over” a number; the sums add that "
            "number.",
            inexact,
        ).format(count=inexact)
    if repeated := len(find_repeated(projects, dataset.projects)):
        yield (
            _(
                "The amount of {projects} is not added again: each is part of a "
                "project whose amount is added."
            ).format(projects=format_count(repeated, "project"))
        )
    yield (
        _(
            "Other amounts are added as stated, even where one may include another: see the "
            "caveats."
        )
        if repeated
        else _(
            "Amounts are added as stated, even where one may include another: see the "
            "caveats."
        )
    )
