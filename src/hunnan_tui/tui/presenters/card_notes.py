"""The third tab of a card: its notes, the newest first, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from hunnan_tui.analysis.project_text import sort_notes
from hunnan_tui.tui.presenters.card import (
    CardPart,
    CardStyles,
    CardSubject,
    build_heading,
    build_line,
    clean_prose,
    clean_short_line,
    format_note_time,
)

SHOWN = 100
"""Notes that can be scrolled to; they are rendered as they come into sight."""


def build_notes_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the newest notes; more than these only as a number."""
    project = subject.project
    yield build_line(project.name, styles.title)
    if subject.draft:
        yield build_heading("Draft: not saved as a note yet", styles.warning)
        yield CardPart(clean_prose(subject.draft))
    notes = sort_notes(project.notes)
    if not notes and not subject.draft:
        yield build_line("")
        yield build_line("No note yet: n writes one", styles.muted)
    for place, note in enumerate(notes[:SHOWN]):
        by = f" · {clean_short_line(note.by)}" if note.by else ""
        yield build_line("")
        yield CardPart(
            Text(format_note_time(note) + by, styles.label), name=f"note {place}"
        )
        yield CardPart(clean_prose(note.text), is_markdown=True)
    if len(notes) > SHOWN:
        yield build_line("")
        older = f"… {len(notes) - SHOWN:,} older notes; E opens all"
        yield build_line(older, styles.muted)
