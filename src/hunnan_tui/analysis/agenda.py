"""The agenda: follow-ups, open needs, and watched projects without news.

Every section is a query, so that the list can show all its projects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hunnan_tui.analysis.field_text import format_need_subject
from hunnan_tui.analysis.project_text import find_newest_note
from hunnan_tui.core.language import _
from hunnan_tui.core.model import WATCH, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.query.engine.dated import collect_dates, find_latest_update
from hunnan_tui.query.engine.index import Index

SOON_DAYS = 7
MOST = 50
"""Projects that a section of the page lists."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task on a project."""

    key: str
    name: str
    when: str
    """The day and its distance from today; empty if there is no day."""
    what: str


@dataclass(frozen=True, slots=True)
class AgendaSection:
    """Tasks of one kind."""

    title: str
    query: str
    """The query that matches all its projects."""
    projects: int
    tasks: tuple[Task, ...]
    """Those of the first projects."""


def build_agenda(
    index: Index,
    today: date,
    silent_days: int,
    *,
    mask: int | None = None,
    most: int | None = MOST,
    owner: str = "",
) -> tuple[AgendaSection, ...]:
    """Return the sections that have tasks, the most urgent first.

    Args:
        index: What finds the projects.
        today: The day that counts.
        silent_days: Days without news after which a watched project is listed.
        mask: The projects that count; None: all.
        most: How many projects a section lists; None: all.
        owner: Whose tasks; what is nobody's counts as everybody's. Empty: all.
    """
    own, own_needs = (
        _make_owner_terms("follow_up_owner", owner),
        _make_owner_terms("need_owner", owner),
    )
    yesterday, tomorrow = today - timedelta(1), today + timedelta(1)
    soon = today + timedelta(SOON_DAYS)

    def describe_due(project: Project) -> tuple[str, str]:
        day = project.follow_up
        return (_format_day(day, today) if day else ""), _format_latest_note(project)

    def needs(project: Project) -> tuple[str, str]:
        open_needs = [need for need in project.needs if need.state == "open"]
        since = min((need.since for need in open_needs if need.since), default="")
        subjects = "; ".join(map(format_need_subject, open_needs))
        return (_("since {since}").format(since=since) if since else ""), subjects

    def describe_silence(project: Project) -> tuple[str, str]:
        word = find_latest_update(collect_dates(index.dataset, project))
        days = today.toordinal() - word[1] if word else 0
        return (
            _("for {days:,} d").format(days=days) if days else ""
        ), _format_latest_note(project)

    parts = (
        (_("Overdue"), f"due:..{yesterday}{own} sort:due", describe_due),
        (_("Due today"), f"due:{today}{own}", describe_due),
        (
            _("Due in the next {soon_days} days").format(soon_days=SOON_DAYS),
            f"due:{tomorrow}..{soon}{own} sort:due",
            describe_due,
        ),
        (_("Open needs"), f"need:open{own_needs}", needs),
        (
            _("Watched, and nothing new for {silent_days} days").format(
                silent_days=silent_days
            ),
            f"#{WATCH} age>{silent_days}d{own} sort:age-",
            describe_silence,
        ),
    )
    sections = (
        _build_section(index, today, *part, mask=mask, most=most) for part in parts
    )
    return tuple(section for section in sections if section.projects)


def _make_owner_terms(field: str, owner: str) -> str:
    """Return the terms that leave out what is somebody else's."""
    if not owner:
        return ""
    quoted = owner.replace('"', "")
    return f' ({field}="{quoted}" OR no:{field})'


def _build_section(
    index: Index,
    today: date,
    title: str,
    text: str,
    describe: Callable[[Project], tuple[str, str]],
    *,
    mask: int | None,
    most: int | None,
) -> AgendaSection:
    query = index.parse(text, today=today)
    found = index.compute_mask(query)
    keys = index.list_keys(found if mask is None else found & mask, query.sort)
    projects = [index.dataset.projects[key] for key in keys[:most]]
    tasks = tuple(
        Task(project.key, name_briefly(project), *describe(project))
        for project in projects
    )
    return AgendaSection(title, text, len(keys), tasks)


def _format_day(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return _("{day} today").format(day=day)
    return (
        _("{day} in {days} d").format(day=day, days=days)
        if days > 0
        else _("{day} {text} d ago").format(day=day, text=-days)
    )


def _format_latest_note(project: Project) -> str:
    """Return the first line of the newest note; empty if there is none."""
    last = find_newest_note(project.notes)
    lines = last.text.splitlines() if last else ()
    return next((line for line in lines if line.strip()), "")
