"""The days that a project names, as spans: a month is all of its days."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from hunnan_tui.core.dates import first_day, last_day, to_instant
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.language.fields import DATE_OF

Days = tuple[int, int]
"""The first and the last day that a partial date covers, as ordinals."""


class Dates(NamedTuple):
    """Everything that a project dates."""

    stage: str
    stage_date: str
    events: tuple[tuple[str, str], ...]
    """Stage and date of each event that has a date."""
    reported: tuple[str, ...]
    """The dates of its sources."""
    notes: tuple[str, ...]
    """When each was written, in ISO form and in the time zone that it was written in."""
    follow_up: int


def dates_of(dataset: Dataset, project: Project) -> Dates:
    """Return everything that a project dates."""
    found = (dataset.sources.get(key) for key in project.sources)
    due = project.follow_up
    return Dates(
        intern(project.stage),
        intern(project.stage_date),
        tuple(
            (intern(event.stage), intern(event.date))
            for event in project.events
            if event.date
        ),
        tuple(source.date for source in found if source),
        tuple(at.isoformat() for note in project.notes if (at := note.at or note.day)),
        due.toordinal() if due else 0,
    )


def days_of(field: str, dates: Dates) -> tuple[Days, ...]:
    """Return the days that a project states in a field of dates, each once."""
    if field.startswith(DATE_OF):
        stage = field.removeprefix(DATE_OF)
        reached = [each for at, each in dates.events if at == stage]
        return _days([*reached, *([dates.stage_date] if dates.stage == stage else [])])
    if field == "reported":
        return _days(dates.reported)
    if field == "stage_date":
        return _days((dates.stage_date,))
    if field == "noted":
        days = map(_local_day, dates.notes)
        return tuple(dict.fromkeys((day, day) for day in days))
    if field == "due":
        return ((dates.follow_up, dates.follow_up),) if dates.follow_up else ()
    latest = latest_word(dates)
    return (latest,) if latest else ()


def days_of_text(text: str) -> tuple[Days, ...]:
    """Return the days that a partial date covers; none for a text that is no date."""
    return _days((text,))


def latest_word(dates: Dates) -> Days | None:
    """Return when a source or an event last said something new about a project."""
    events = (each for _, each in dates.events)
    days = _days((dates.stage_date, *events, *dates.reported))
    return max(days, key=lambda each: (each[1], each[0]), default=None)


def latest_note(dates: Dates) -> timedelta | None:
    """Return the instant at which the latest note was written."""
    times = (to_instant(datetime.fromisoformat(text)) for text in dates.notes)
    return max(times, default=None)


def _local_day(written: str) -> int:
    """Return the day it is or was here when a note was written, as an ordinal."""
    at = datetime.fromisoformat(written)
    if at.tzinfo is not None:
        # the system knows no local time at the ends of the calendar
        with suppress(ValueError, OverflowError, OSError):
            at = at.astimezone()
    return at.toordinal()


def _days(dates: Iterable[str]) -> tuple[Days, ...]:
    known = (_span(text) for text in dates if text)
    return tuple(dict.fromkeys(span for span in known if span))


@lru_cache(maxsize=20_000)
def _span(text: str) -> Days | None:
    try:
        return first_day(text).toordinal(), last_day(text).toordinal()
    except ValueError:
        return None
