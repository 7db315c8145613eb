"""The last tab of a card: what was done in this session, and the project's dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from hunnan_tui.analysis.provenance import name_of, need_text
from hunnan_tui.storage.history import HistoryEntry
from hunnan_tui.tui.presenters.card import (
    Part,
    Styles,
    Subject,
    bare,
    due,
    heading,
    short_line,
)

OWN_STEPS, OTHER_STEPS = 50, 20
"""Steps that are listed."""


def history_tab(subject: Subject, styles: Styles) -> Iterator[Part]:
    """Yield the steps on the project and on others, then its dates in their order."""
    key = subject.project.key
    here = [made for made in subject.history if key in made.keys]
    elsewhere = [made for made in subject.history if key not in made.keys]
    yield bare(subject.project.name, styles.title)
    yield heading("This project, this session", styles.heading)
    yield from _steps(here, OWN_STEPS, subject.today, styles)
    if elsewhere:
        yield heading("Other projects", styles.heading)
        yield from _steps(elsewhere, OTHER_STEPS, subject.today, styles)
    dates = sorted(_dates(subject), key=lambda each: each[0])
    if dates:
        yield heading("Its dates", styles.heading)
    for day, what in dates:
        yield Part(Text(short_line(what)), short_line(day))


def _steps(
    steps: Sequence[HistoryEntry], most: int, today: date, styles: Styles
) -> Iterator[Part]:
    if not steps:
        yield bare("Nothing was changed yet", styles.muted)
    for made in steps[:most]:
        style = styles.muted if made.is_undone else ""
        text = Text(short_line(made.label), style)
        if made.is_undone:
            text.append(" (undone)", styles.warning)
        when = made.at if made.at.date() == today else None
        yield Part(text, f"{when:%H:%M}" if when else f"{made.at:%d %b %H:%M}")
    if len(steps) > most:
        yield bare(f"… {len(steps) - most:,} earlier steps", styles.muted)


def _dates(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield what happened, what one waits for and when to come back, by ISO date."""
    project, stages = subject.project, subject.dataset.stages
    for event in project.events:
        stage = f" [{name_of(event.stage, stages)}]" if event.stage else ""
        if event.date:
            yield event.date, event.what + stage
    for need in project.needs:
        if need.since:
            yield need.since, f"Need: {need_text(need)}"
    if project.follow_up:
        words = due(project.follow_up, subject.today)
        yield project.follow_up.isoformat(), f"Follow up: {words}"
    for note in project.notes[-OWN_STEPS:]:
        if note.day:
            first = note.text.strip().split("\n", 1)[0]
            yield note.day.isoformat(), f"Note: {first}"
