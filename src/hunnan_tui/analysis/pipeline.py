"""The pipeline: a funnel over the stages, and a matrix of industries and stages.

Projects alone are counted; published totals are `coverage`'s. What states no amount adds
nothing to a sum and is counted as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.core.language import _
from hunnan_tui.core.names import name_term
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT

NONE = ""
"""The key of projects that state no stage or no industry."""


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One stage of the funnel."""

    stage: str
    """Its id; `NONE` for projects without one."""
    label: str
    count: Count
    """The projects at this stage."""
    reached: int = 0
    """The number of projects at this or a later stage."""

    def rate(self, before: FunnelStep) -> float | None:
        """Return the share of the projects of the previous stage that reached this one."""
        return self.reached / before.reached if before.reached else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stages in order, with the projects at each."""

    steps: tuple[FunnelStep, ...]
    """Every stage of the dataset, including those without projects."""
    strays: tuple[FunnelStep, ...]
    """Stages that the dataset does not define, and projects that state none."""
    all: Count


@dataclass(frozen=True, slots=True)
class Matrix:
    """Industries by stages."""

    rows: tuple[tuple[str, str], ...]
    """Ids and labels of the industries that are there; `NONE` last."""
    columns: tuple[tuple[str, str], ...]
    """Ids and labels of the stages that are there; `NONE` last."""
    cells: Mapping[tuple[str, str], Count]
    """By industry and stage; what is missing has no project."""
    by_row: Mapping[str, Count]
    by_column: Mapping[str, Count]
    all: Count
    several: int
    """How many times projects are counted again because they have several industries."""

    def get_count(self, row: str, column: str) -> Count:
        """Return the count of a cell."""
        return self.cells.get((row, column), Count())


@dataclass(frozen=True, slots=True)
class Largest:
    """The share of the largest projects in the total investment."""

    number: int
    investment: int
    share: float
    """Of the sum of all stated amounts, from 0 to 1."""


def build_funnel(index: Index, mask: int) -> Funnel:
    """Count projects by stage.

    Args:
        index: What knows the projects.
        mask: Those that are counted.
    """
    counted = index.count_mask(mask, ("stage",))
    counts = counted.facets["stage"]
    stages = index.dataset.stages
    reached = 0
    steps: list[FunnelStep] = []
    for name, stage in reversed(list(stages.items())):
        count = counts.get(name, Count())
        reached += count.projects
        steps.append(FunnelStep(name, name_term(stage) or name, count, reached))
    strays = sorted(set(counts).difference(stages, [NONE]))
    others = [FunnelStep(name, name, counts[name]) for name in strays]
    if NONE in counts:
        others.append(FunnelStep(NONE, _("No stage stated"), counts[NONE]))
    return Funnel(tuple(reversed(steps)), tuple(others), counted.all)


def build_matrix(index: Index, mask: int) -> Matrix:
    """Count projects by industry and stage; one with two industries counts in both."""
    dataset = index.dataset
    counted = index.count_mask(mask, ("industry", "stage"))
    by_row, by_column = counted.facets["industry"], counted.facets["stage"]
    rows = _list_values(
        by_row, {k: name_term(v) for k, v in dataset.industries.items()}
    )
    columns = _list_values(
        by_column, {k: name_term(v) for k, v in dataset.stages.items()}
    )
    cells: dict[tuple[str, str], Count] = {}
    for stage, _name in columns:
        here = mask & index.select_values("stage", [stage])
        counts = index.count_mask(here, ("industry",)).facets["industry"]
        cells.update({(industry, stage): count for industry, count in counts.items()})
    counted_twice = sum(count.projects for count in by_row.values())
    return Matrix(
        rows,
        columns,
        cells,
        by_row,
        by_column,
        counted.all,
        counted_twice - counted.all.projects,
    )


def measure_largest(
    index: Index, mask: int, numbers: Iterable[int] = (1, 3, 10)
) -> tuple[Largest, ...]:
    """Return the shares of the largest projects in the stated investment."""
    counts = index.count_mask(mask, ()).all
    if not counts.investment:
        return ()
    added = mask & ~index.make_not_added_mask(mask)
    keys = index.list_keys(added, BY_INVESTMENT)[: max(numbers)]
    projects = [index.dataset.projects[key] for key in keys]
    amounts = [amount for each in projects if (amount := each.amount) is not None]
    return tuple(
        Largest(number, part, part / counts.investment)
        for number in numbers
        if number <= len(amounts) and (part := sum(amounts[:number])) is not None
    )


def _list_values(
    counts: Mapping[str, Count], names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return the values in use in the dataset's order, then undefined ones."""
    strays = sorted(set(counts).difference(names, [NONE]))
    known = [(name, label or name) for name, label in names.items() if name in counts]
    known += [(name, name) for name in strays]
    return (*known, *([(NONE, _(NOT_STATED))] if NONE in counts else []))
