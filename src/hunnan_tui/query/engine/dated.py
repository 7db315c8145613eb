"""The dates of a project as spans of days: a month covers all of its days."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from hunnan_tui.core.dates import get_first_day, get_last_day, to_instant
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.language.fields import DATE_OF

Days = tuple[int, int]
"""The first and the last day that a partial date covers, as ordinals."""


class Dates(NamedTuple):
    """All dates of a project."""

    stage: str
    stage_date: str
    events: tuple[tuple[str, str], ...]
    """Stage and date of each event that has a date."""
    reported: tuple[str, ...]
    """The dates of its sources."""
    notes: tuple[str, ...]
    """The time of each note in ISO format, in its original time zone."""
    follow_up: int


def collect_dates(dataset: Dataset, project: Project) -> Dates:
    """Return all dates of a project."""
    sources = (dataset.sources.get(key) for key in project.sources)
    due = project.follow_up
    return Dates(
        intern(project.stage),
        intern(project.stage_date),
        tuple(
            (intern(event.stage), intern(event.date))
            for event in project.events
            if event.date
        ),
        tuple(source.date for source in sources if source),
        tuple(at.isoformat() for note in project.notes if (at := note.at or note.day)),
        due.toordinal() if due else 0,
    )


def find_days(field: str, dates: Dates) -> tuple[Days, ...]:
    """Return the distinct days of a project in a date field."""
    if field.startswith(DATE_OF):
        stage = field.removeprefix(DATE_OF)
        dates_reached = [day for at, day in dates.events if at == stage]
        return _parse_all(
            [*dates_reached, *([dates.stage_date] if dates.stage == stage else [])]
        )
    if field == "reported":
        return _parse_all(dates.reported)
    if field == "stage_date":
        return _parse_all((dates.stage_date,))
    if field == "noted":
        days = map(_get_local_day, dates.notes)
        return tuple(dict.fromkeys((day, day) for day in days))
    if field == "due":
        return ((dates.follow_up, dates.follow_up),) if dates.follow_up else ()
    latest = find_latest_update(dates)
    return (latest,) if latest else ()


def parse_days(text: str) -> tuple[Days, ...]:
    """Return the days that a partial date covers; none if it is invalid."""
    return _parse_all((text,))


def find_latest_update(dates: Dates) -> Days | None:
    """Return the days of the latest source, event or stage of a project."""
    events = (day for _, day in dates.events)
    days = _parse_all((dates.stage_date, *events, *dates.reported))
    return max(days, key=lambda day: (day[1], day[0]), default=None)


def find_latest_note(dates: Dates) -> timedelta | None:
    """Return the instant of the latest note."""
    times = (to_instant(datetime.fromisoformat(text)) for text in dates.notes)
    return max(times, default=None)


def _get_local_day(timestamp: str) -> int:
    """Return the local day of a timestamp, as an ordinal."""
    at = datetime.fromisoformat(timestamp)
    if at.tzinfo is not None:
        # no local time is known at the ends of the calendar
        with suppress(ValueError, OverflowError, OSError):
            at = at.astimezone()
    return at.toordinal()


def _parse_all(dates: Iterable[str]) -> tuple[Days, ...]:
    spans = (_parse_date(text) for text in dates if text)
    return tuple(dict.fromkeys(span for span in spans if span))


@lru_cache(maxsize=20_000)
def _parse_date(text: str) -> Days | None:
    try:
        return get_first_day(text).toordinal(), get_last_day(text).toordinal()
    except ValueError:
        return None
