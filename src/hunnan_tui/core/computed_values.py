"""Values computed from the dates and the sources of a project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hunnan_tui.core.dates import first_day, is_partial, last_day
from hunnan_tui.core.model import Dataset, Project


def source_kinds(project: Project, dataset: Dataset) -> tuple[str, ...]:
    """Return the kinds of a project's sources, each once."""
    sources = map(dataset.sources.get, project.sources)
    return tuple(
        dict.fromkeys(source.kind for source in sources if source and source.kind)
    )


def latest_report(project: Project, dataset: Dataset) -> str:
    """Return the date of a project's newest source; empty if none is dated."""
    return _latest(_report_dates(project, dataset))


def latest_update(project: Project, dataset: Dataset) -> str:
    """Return the newest date of a project's stage, events and sources, or ''."""
    dates = (project.stage_date, *(event.date for event in project.events))
    return _latest([*dates, *_report_dates(project, dataset)])


def latest_note(project: Project, _: Dataset) -> date | None:
    """Return the day of a project's newest note; None if none is dated."""
    return max((note.day for note in project.notes if note.day), default=None)


def _report_dates(project: Project, dataset: Dataset) -> list[str]:
    sources = map(dataset.sources.get, project.sources)
    return [source.date for source in sources if source]


def _latest(dates: Iterable[str]) -> str:
    valid = filter(is_partial, dates)
    return max(valid, key=lambda day: (last_day(day), first_day(day)), default="")
