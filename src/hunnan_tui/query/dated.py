"""The days that a project names, as spans: a month is all of its days."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from hunnan_tui.dates import first_day, last_day
from hunnan_tui.model import Dataset, Project
from hunnan_tui.query.fields import DATE_OF

Days = tuple[int, int]
"""The first and the last day that a partial date covers, as ordinals."""


def days_of(dataset: Dataset, project: Project, field: str) -> tuple[Days, ...]:
    """Return the days that a project states in a field of dates, each once."""
    if field.startswith(DATE_OF):
        return _days(_stage_dates(project, field.removeprefix(DATE_OF)))
    if field == "reported":
        return _days(_source_dates(dataset, project))
    if field == "stage_date":
        return _days((project.stage_date,))
    if field == "noted":
        return tuple(
            dict.fromkeys(
                (note.at.toordinal(), note.at.toordinal())
                for note in project.notes
                if note.at is not None
            )
        )
    if field == "due":
        due = project.follow_up
        return ((due.toordinal(), due.toordinal()),) if due else ()
    latest = latest_word(dataset, project)
    return (latest,) if latest else ()


def latest_word(dataset: Dataset, project: Project) -> Days | None:
    """Return when a source or an event last said something new about a project."""
    dates = (project.stage_date, *(event.date for event in project.events))
    days = _days((*dates, *_source_dates(dataset, project)))
    return max(days, key=lambda each: (each[1], each[0]), default=None)


def _stage_dates(project: Project, stage: str) -> Iterable[str]:
    if project.stage == stage:
        yield project.stage_date
    yield from (event.date for event in project.events if event.stage == stage)


def _source_dates(dataset: Dataset, project: Project) -> Iterable[str]:
    for key in project.sources:
        if source := dataset.sources.get(key):
            yield source.date


def _days(dates: Iterable[str]) -> tuple[Days, ...]:
    known = (_span(text) for text in dates if text)
    return tuple(dict.fromkeys(span for span in known if span))


@lru_cache(maxsize=20_000)
def _span(text: str) -> Days | None:
    try:
        return first_day(text).toordinal(), last_day(text).toordinal()
    except ValueError:
        return None
