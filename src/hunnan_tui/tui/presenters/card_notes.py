"""The third tab of a card: the notes of a project, newest first, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from hunnan_tui.analysis.project_text import sort_notes
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.names import name_briefly
from hunnan_tui.tui.presenters.card_parts import (
    CardPart,
    CardStyles,
    CardSubject,
    build_draft,
    build_line,
    build_note_heading,
    clean_prose,
)

SHOWN = 100
"""Notes that are listed; each is rendered when it scrolls into view."""


def build_notes_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the draft and the newest notes, then the number of older ones."""
    project = subject.project
    yield build_line(name_briefly(project), styles.title)
    yield from build_draft(subject, styles)
    notes = sort_notes(project.notes)
    if not notes and not subject.draft:
        yield build_line("")
        yield build_line(
            _("No note yet: {key} writes one").format(key=name_key("notes.add")),
            styles.muted,
        )
    for index, note in enumerate(notes[:SHOWN]):
        yield build_line("")
        yield build_note_heading(note, styles, f"note {index}")
        yield CardPart(clean_prose(note.text), is_markdown=True)
    if len(notes) > SHOWN:
        yield build_line("")
        older = _("… {older}; {key} opens all").format(
            older=format_count(len(notes) - SHOWN, "older note"),
            key=name_key("notes.editor"),
        )
        yield build_line(older, styles.muted)
