"""Values computed from the dates, the sources and the bases of a project."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hunnan_tui.core.dates import get_first_day, get_last_day, is_partial
from hunnan_tui.core.model import USER, Dataset, Event, Project


def get_file(project: Project, _: Dataset) -> str:
    """Return the name of a project's file; empty if there is only one."""
    return project.origin.file


def collect_source_kinds(project: Project, dataset: Dataset) -> tuple[str, ...]:
    """Return the kinds of a project's sources, each once."""
    sources = map(dataset.sources.get, project.sources)
    return tuple(
        dict.fromkeys(source.kind for source in sources if source and source.kind)
    )


def collect_bases(project: Project) -> dict[str, None]:
    """Return what the stated facts of a project rest on: stated, inferred, user."""
    bases = (
        project.industries_basis,
        *(fact.basis for fact in project.facts),
        *(event.basis for event in project.events),
        USER if project.user_facts else "",
    )
    return dict.fromkeys(filter(None, bases))


def is_own_knowledge(project: Project, key: str) -> bool:
    """Return whether a reader states a key of a project without a source."""
    if key in project.user_facts:
        return True
    if key == "industries":
        return project.industries_basis == USER
    if key != "stage" or not project.stage:
        return False
    shown = find_stage_events(project)
    return bool(shown) and all(event.basis == USER for event in shown)


def find_stage_events(project: Project) -> list[Event]:
    """Return the events that show a project's stage: those of its day, or else all."""
    shown = [event for event in project.events if event.stage == project.stage]
    return [event for event in shown if event.date == project.stage_date] or shown


def find_latest_report(project: Project, dataset: Dataset) -> str:
    """Return the date of a project's newest source; empty if none is dated."""
    return _find_latest(_collect_report_dates(project, dataset))


def find_latest_update(project: Project, dataset: Dataset) -> str:
    """Return the newest date of a project's stage, events and sources, or ''."""
    dates = (project.stage_date, *(event.date for event in project.events))
    return _find_latest([*dates, *_collect_report_dates(project, dataset)])


def find_last_word(project: Project, dataset: Dataset, today: date) -> str:
    """Return the newest date on which something is known of a project, or ''.

    Unlike `find_latest_update` it leaves out what is expected for a later day.
    """
    events = (event.date for event in project.events)
    dates = (project.stage_date, *events, *_collect_report_dates(project, dataset))
    past = (day for day in dates if is_partial(day) and get_first_day(day) <= today)
    return _find_latest(past)


def find_latest_note(project: Project, _: Dataset) -> date | None:
    """Return the day of a project's newest note; None if none is dated."""
    return max((note.day for note in project.notes if note.day), default=None)


def collect_authors(project: Project, _: Dataset) -> tuple[str, ...]:
    """Return who has written notes on a project, or knows its events, each once."""
    names = (note.by for note in project.notes)
    events = (event.by for event in project.events)
    return tuple(dict.fromkeys(filter(None, (*names, *events))))


def collect_need_owners(project: Project, _: Dataset) -> tuple[str, ...]:
    """Return who sees to the open needs of a project, each once.

    A need without an owner is that of the project's, if it has one.
    """
    owner = str(project.values.get("follow_up_owner", ""))
    names = (need.owner or owner for need in project.needs if need.state == "open")
    return tuple(dict.fromkeys(filter(None, names)))


def _collect_report_dates(project: Project, dataset: Dataset) -> list[str]:
    sources = map(dataset.sources.get, project.sources)
    return [source.date for source in sources if source]


def _find_latest(dates: Iterable[str]) -> str:
    valid = filter(is_partial, dates)
    return max(
        valid, key=lambda day: (get_last_day(day), get_first_day(day)), default=""
    )
