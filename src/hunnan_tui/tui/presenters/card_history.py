"""The last tab of a card: what was done in this session, and the project's dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from hunnan_tui.analysis.provenance import format_need, get_name
from hunnan_tui.storage.history import HistoryEntry
from hunnan_tui.tui.presenters.card import (
    CardPart,
    CardStyles,
    CardSubject,
    build_heading,
    build_line,
    clean_short_line,
    format_due,
)

OWN_STEPS, OTHER_STEPS = 50, 20
"""Steps that are listed."""


def build_history_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the steps on the project and on others, then its dates in their order."""
    key = subject.project.key
    here = [made for made in subject.history if key in made.keys]
    elsewhere = [made for made in subject.history if key not in made.keys]
    yield build_line(subject.project.name, styles.title)
    yield build_heading("This project, this session", styles.heading)
    yield from _build_entries(here, OWN_STEPS, subject.today, styles)
    if elsewhere:
        yield build_heading("Other projects", styles.heading)
        yield from _build_entries(elsewhere, OTHER_STEPS, subject.today, styles)
    dates = sorted(_list_dates(subject), key=lambda each: each[0])
    if dates:
        yield build_heading("Its dates", styles.heading)
    for day, what in dates:
        yield CardPart(Text(clean_short_line(what)), clean_short_line(day))


def _build_entries(
    steps: Sequence[HistoryEntry], most: int, today: date, styles: CardStyles
) -> Iterator[CardPart]:
    if not steps:
        yield build_line("Nothing was changed yet", styles.muted)
    for made in steps[:most]:
        style = styles.muted if made.is_undone else ""
        text = Text(clean_short_line(made.label), style)
        if made.is_undone:
            text.append(" (undone)", styles.warning)
        when = made.at if made.at.date() == today else None
        yield CardPart(text, f"{when:%H:%M}" if when else f"{made.at:%d %b %H:%M}")
    if len(steps) > most:
        yield build_line(f"… {len(steps) - most:,} earlier steps", styles.muted)


def _list_dates(subject: CardSubject) -> Iterator[tuple[str, str]]:
    """Yield what happened, what one waits for and when to come back, by ISO date."""
    project, stages = subject.project, subject.dataset.stages
    for event in project.events:
        stage = f" [{get_name(event.stage, stages)}]" if event.stage else ""
        if event.date:
            yield event.date, event.what + stage
    for need in project.needs:
        if need.since:
            yield need.since, f"Need: {format_need(need)}"
    if project.follow_up:
        words = format_due(project.follow_up, subject.today)
        yield project.follow_up.isoformat(), f"Follow up: {words}"
    for note in project.notes[-OWN_STEPS:]:
        if note.day:
            first = note.text.strip().split("\n", 1)[0]
            yield note.day.isoformat(), f"Note: {first}"
