"""The last tab of a card: the changes of this session and the project's dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from rich.text import Text

from hunnan_tui.analysis.field_text import (
    format_author,
    format_event_stage,
    format_need,
)
from hunnan_tui.core.counts import bracket, format_count
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.names import name_briefly
from hunnan_tui.storage.history import HistoryEntry
from hunnan_tui.tui.presenters.card_parts import (
    CardPart,
    CardStyles,
    CardSubject,
    build_heading,
    build_line,
    clean_short_line,
    format_due,
)

if TYPE_CHECKING:
    from hunnan_tui.versions.changes import CommitChanges

_MAX_ENTRIES, _MAX_OTHER_ENTRIES = 50, 20
"""Changes that are listed: of this project, and of others."""
_MAX_NOTES = 50
_MAX_LINES = 8
"""Changes of one commit that are listed."""


def build_history_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the changes to the project and to others, then the project's dates."""
    key = subject.project.key
    here = [entry for entry in subject.history if key in entry.keys]
    elsewhere = [entry for entry in subject.history if key not in entry.keys]
    yield build_line(name_briefly(subject.project), styles.title)
    yield build_heading(_("This project, this session"), styles.heading)
    yield from _build_entries(here, _MAX_ENTRIES, subject.today, styles)
    if elsewhere:
        yield build_heading(_("Other projects"), styles.heading)
        yield from _build_entries(elsewhere, _MAX_OTHER_ENTRIES, subject.today, styles)
    dates = sorted(_list_dates(subject), key=itemgetter(0))
    if dates:
        yield build_heading(_("Its dates"), styles.heading)
    for day, what in dates:
        yield CardPart(Text(clean_short_line(what)), clean_short_line(day))
    if subject.commits:
        yield build_heading(_("Its commits"), styles.heading)
        yield from _build_commits(subject.commits, styles)


def _build_commits(
    commits: Sequence[CommitChanges], styles: CardStyles
) -> Iterator[CardPart]:
    """Yield each commit with what it changed, its author and its message."""
    for commit, lines in commits:
        text = Text("\n".join(map(clean_short_line, lines[:_MAX_LINES])))
        if len(lines) > _MAX_LINES:
            text.append(
                "\n… " + _("{count} more").format(count=f"{len(lines) - _MAX_LINES:,}"),
                styles.muted,
            )
        who = f"{commit.author} · {commit.short} {commit.subject}"
        text.append(f"\n{clean_short_line(who)}", styles.muted)
        yield CardPart(text, f"{commit.at:%Y-%m-%d}" if commit.at else commit.short)


def _build_entries(
    entries: Sequence[HistoryEntry], limit: int, today: date, styles: CardStyles
) -> Iterator[CardPart]:
    if not entries:
        yield build_line(_("Nothing was changed yet"), styles.muted)
    for entry in entries[:limit]:
        style = styles.muted if entry.is_undone else ""
        text = Text(clean_short_line(entry.label), style)
        if entry.is_undone:
            text.append(bracket(_("undone")), styles.warning)
        when = entry.at if entry.at.date() == today else None
        yield CardPart(text, f"{when:%H:%M}" if when else _format_time(entry.at))
    if len(entries) > limit:
        earlier = format_count(len(entries) - limit, "earlier step")
        yield build_line(f"… {earlier}", styles.muted)


def _format_time(at: datetime) -> str:
    """Return a time of another day."""
    return f"{at:%m-%d %H:%M}" if is_chinese() else f"{at:%d %b %H:%M}"


def _list_dates(subject: CardSubject) -> Iterator[tuple[str, str]]:
    """Yield the ISO date and text of events, needs, the follow-up and notes."""
    project = subject.project
    for event in project.events:
        if event.date:
            stage = format_event_stage(event, subject.dataset)
            yield event.date, event.what + stage + format_author(event)
    for need in project.needs:
        if need.since:
            yield need.since, _("Need: {need}").format(need=format_need(need))
    if project.follow_up:
        words = format_due(project.follow_up, subject.today)
        yield project.follow_up.isoformat(), _("Follow up: {when}").format(when=words)
    for note in project.notes[-_MAX_NOTES:]:
        if note.day:
            first = note.text.strip().split("\n", 1)[0]
            yield note.day.isoformat(), _("Note: {text}").format(text=first)
