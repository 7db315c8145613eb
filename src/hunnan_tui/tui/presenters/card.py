"""A project as a card: what its tabs are about, and the parts that they are made of.

All text is cleaned here and in the tabs' own files, and none of it is markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from hunnan_tui.core.model import Dataset, Note, Project
from hunnan_tui.core.money import name_unit
from hunnan_tui.core.text import display, display_line
from hunnan_tui.storage.history import HistoryEntry

if TYPE_CHECKING:
    from hunnan_tui.analysis.related import Related

NOT_STATED = "not stated"
TEXT_LIMIT = 20_000
"""Characters of one text that a card shows; the rest is in the editor."""
LINE_LIMIT = 500
"""Characters of a text that belongs on one line."""
TABS = ("facts", "sources", "notes", "history")


@dataclass(frozen=True, slots=True)
class CardSubject:
    """A project and what there is to say about it at the moment."""

    project: Project
    dataset: Dataset
    """What its ids refer to."""
    today: date
    draft: str = ""
    """The text of a half-written note."""
    reasons: Sequence[str] = ()
    """Why the query found it, one line each."""
    history: Sequence[HistoryEntry] = ()
    """The steps of the session, the newest first."""
    related: Sequence[Related] = ()


@dataclass(frozen=True, slots=True)
class CardStyles:
    """What parts of a card look like; from the widget's theme, without a background."""

    title: Style = field(default_factory=Style.null)
    heading: Style = field(default_factory=Style.null)
    label: Style = field(default_factory=Style.null)
    muted: Style = field(default_factory=Style.null)
    tag: Style = field(default_factory=Style.null)
    warning: Style = field(default_factory=Style.null)


@dataclass(frozen=True, slots=True)
class CardPart:
    """A paragraph of a card, or a label with what belongs to it."""

    text: Text
    label: str | None = None
    """Stands in a column of its own; None: the text takes the whole width."""
    label_width: int = 0
    """Cells of that column; 0 for the usual."""
    name: str = ""
    """Which fact or source it is; the cursor stops at parts with a name."""
    is_markdown: bool = False
    """Whether the text is a note to be rendered."""


def build_card(
    subject: CardSubject, styles: CardStyles, tab: str
) -> Iterator[CardPart]:
    """Yield the parts of one tab of a project's card, as they are needed."""
    match tab:
        case "sources":
            from hunnan_tui.tui.presenters.card_sources import build_sources_tab as made
        case "notes":
            from hunnan_tui.tui.presenters.card_notes import build_notes_tab as made
        case "history":
            from hunnan_tui.tui.presenters.card_history import build_history_tab as made
        case _:
            from hunnan_tui.tui.presenters.card_facts import build_facts_tab as made
    return made(subject, styles)


def build_heading(title: str, style: Style) -> CardPart:
    """Return a heading with a blank line before it."""
    return CardPart(Text(f"\n{title}", style))


def build_line(text: str, style: Style | str = "") -> CardPart:
    """Return a line of its own."""
    return CardPart(Text(clean_short_line(text), style))


def clean_prose(text: str, style: Style | str = "") -> Text:
    """Return a longer text, cleaned, cut where it is far too long."""
    return Text(display(truncate_text(text)), style)


def truncate_text(text: str) -> str:
    """Return a text, or its beginning and how much is missing."""
    if len(text) <= TEXT_LIMIT:
        return text
    return f"{text[:TEXT_LIMIT]}… ({len(text) - TEXT_LIMIT:,} more characters)"


def clean_short_line(text: str) -> str:
    """Return a text on one line, cleaned, cut where it is far too long."""
    return display_line(text if len(text) <= LINE_LIMIT else text[:LINE_LIMIT] + "…")


def format_source_numbers(names: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Return the numbers of sources as they stand behind a fact: `[1,3]`, `[1–4]`."""
    places = sorted({numbers[name] for name in names if name in numbers})
    if not places:
        return ""
    first, last = places[0], places[-1]
    if len(places) > 2 and last - first == len(places) - 1:
        return f"[{first}–{last}]"
    return f"[{','.join(map(str, places))}]"


def format_currency(dataset: Dataset) -> str:
    """Return the unit of amounts as people write it: `yuan`."""
    return display_line(name_unit(dataset.currency))


def format_note_time(note: Note) -> str:
    """Return when a note was written, in the time zone that it was written in."""
    if at := note.at:
        return f"{at:%d %b} {at.year:04} {at:%H:%M}"
    return f"{note.day:%d %b} {note.day.year:04}" if note.day else "undated"


def format_due(day: date, today: date) -> str:
    """Return how a day stands to today: `3 days overdue`, `today`, `in 8 days`."""
    days = (day - today).days
    if days == 0:
        return "today"
    count = "1 day" if abs(days) == 1 else f"{abs(days):,} days"
    return f"{count} overdue" if days < 0 else f"in {count}"
