"""Values computed from the dates and the sources of a project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hunnan_tui.core.dates import get_first_day, get_last_day, is_partial
from hunnan_tui.core.model import Dataset, Project


def collect_source_kinds(project: Project, dataset: Dataset) -> tuple[str, ...]:
    """Return the kinds of a project's sources, each once."""
    sources = map(dataset.sources.get, project.sources)
    return tuple(
        dict.fromkeys(source.kind for source in sources if source and source.kind)
    )


def find_latest_report(project: Project, dataset: Dataset) -> str:
    """Return the date of a project's newest source; empty if none is dated."""
    return _find_latest(_collect_report_dates(project, dataset))


def find_latest_update(project: Project, dataset: Dataset) -> str:
    """Return the newest date of a project's stage, events and sources, or ''."""
    dates = (project.stage_date, *(event.date for event in project.events))
    return _find_latest([*dates, *_collect_report_dates(project, dataset)])


def find_latest_note(project: Project, _: Dataset) -> date | None:
    """Return the day of a project's newest note; None if none is dated."""
    return max((note.day for note in project.notes if note.day), default=None)


def _collect_report_dates(project: Project, dataset: Dataset) -> list[str]:
    sources = map(dataset.sources.get, project.sources)
    return [source.date for source in sources if source]


def _find_latest(dates: Iterable[str]) -> str:
    valid = filter(is_partial, dates)
    return max(
        valid, key=lambda day: (get_last_day(day), get_first_day(day)), default=""
    )
