"""The third tab of a card: its notes, the newest first, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from hunnan_tui.analysis.project_text import newest_first
from hunnan_tui.tui.presenters.card import (
    Part,
    Styles,
    Subject,
    bare,
    heading,
    note_time,
    prose,
    short_line,
)

SHOWN = 100
"""Notes that can be scrolled to; they are rendered as they come into sight."""


def notes_tab(subject: Subject, styles: Styles) -> Iterator[Part]:
    """Yield the newest notes; more than these only as a number."""
    project = subject.project
    yield bare(project.name, styles.title)
    if subject.draft:
        yield heading("Draft: not saved as a note yet", styles.warning)
        yield Part(prose(subject.draft))
    notes = newest_first(project.notes)
    if not notes and not subject.draft:
        yield bare("")
        yield bare("No note yet: n writes one", styles.muted)
    for place, note in enumerate(notes[:SHOWN]):
        by = f" · {short_line(note.by)}" if note.by else ""
        yield bare("")
        yield Part(Text(note_time(note) + by, styles.label), name=f"note {place}")
        yield Part(prose(note.text), is_markdown=True)
    if len(notes) > SHOWN:
        yield bare("")
        older = f"… {len(notes) - SHOWN:,} older notes; E opens all"
        yield bare(older, styles.muted)
