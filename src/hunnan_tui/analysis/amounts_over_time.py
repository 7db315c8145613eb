"""How the stated amounts grew: what had reached each stage by which day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core.dates import get_first_day, is_partial
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.names import name_briefly


@dataclass(frozen=True, slots=True)
class Growth:
    """The amounts of the projects that have reached a stage."""

    stage: str
    """Its id."""
    label: str
    steps: tuple[tuple[date, int], ...]
    """Each day on which the sum grew, and the sum from then on, in whole units."""
    undated: int
    """Projects at the stage or a later one with an amount, of which no day is known."""

    @property
    def total(self) -> int:
        """The sum on the last of the days."""
        return self.steps[-1][1]


def build_growths(
    projects: Iterable[Project], dataset: Dataset, not_added: Collection[str] = ()
) -> tuple[Growth, ...]:
    """Return the growth of each stage, in the order of the stages.

    A project has reached a stage on the first day on which it is known to have been at
    it or at a later one, up to where it is now. A month or a year counts from its first day. Stages without a day are
    left out, and those that only repeat the one before.

    Args:
        projects: The projects; those without an amount do not count.
        dataset: Its stages.
        not_added: The keys of parts whose amount is that of their whole.
    """
    order = {stage: number for number, stage in enumerate(dataset.stages)}
    grown: list[dict[date, int]] = [{} for _ in order]
    undated = [0] * len(order)
    for project in projects:
        amount = project.amount
        if amount is None or project.key in not_added:
            continue
        days = _find_days(project, order)
        day: date | None = None
        for number in range(order.get(project.stage, -1), -1, -1):
            if (at := days[number]) is not None:
                day = at if day is None else min(day, at)
            if day is None:
                undated[number] += 1
            else:
                grown[number][day] = grown[number].get(day, 0) + amount
    growths: list[Growth] = []
    for stage, number in order.items():
        steps = _add_up(grown[number])
        if steps and not (growths and growths[-1].steps == steps):
            label = name_briefly(dataset.stages[stage]) or stage
            growths.append(Growth(stage, label, steps, undated[number]))
    return tuple(growths)


def _find_days(project: Project, order: dict[str, int]) -> list[date | None]:
    """Return the first day that a project is known to have been at each stage."""
    days: list[date | None] = [None] * len(order)
    dated = [(event.stage, event.date) for event in project.events]
    for stage, text in (*dated, (project.stage, project.stage_date)):
        number = order.get(stage)
        if number is None or not is_partial(text):
            continue
        day, known = get_first_day(text), days[number]
        days[number] = day if known is None else min(day, known)
    return days


def _add_up(amounts: dict[date, int]) -> tuple[tuple[date, int], ...]:
    steps: list[tuple[date, int]] = []
    total = 0
    for day in sorted(amounts):
        total += amounts[day]
        steps.append((day, total))
    return tuple(steps)
