"""The parts of a project's card, and the wording that its tabs share.

All text is cleaned here and in the modules of the tabs; none of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from rich.style import Style
from rich.text import Text

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.dates import format_day
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset, Note, Project
from hunnan_tui.core.money import name_unit
from hunnan_tui.core.text import display, display_line
from hunnan_tui.storage.history import HistoryEntry

if TYPE_CHECKING:
    from hunnan_tui.analysis.related import Related
    from hunnan_tui.versions.changes import CommitChanges

TEXT_LIMIT = 20_000
"""Characters of a text that a card shows; the editor shows all of it."""
LINE_LIMIT = 500
"""Characters of a text on a single line."""


@dataclass(frozen=True, slots=True)
class CardSubject:
    """A project, and the state of the session that its card shows."""

    project: Project
    dataset: Dataset
    """Names the stages, industries and sources of the project."""
    today: date
    draft: str = ""
    """The text of an unsaved note."""
    reasons: Sequence[str] = ()
    """Why the query matches the project, one line each."""
    found: Sequence[str] = ()
    """The words of the project that the query matches, to be marked."""
    history: Sequence[HistoryEntry] = ()
    """The changes of this session, newest first."""
    related: Sequence[Related] = ()
    commits: Sequence[CommitChanges] | None = None
    """What commits have changed, newest first; None where that is not known."""
    parts: Sequence[str] = ()
    """The keys of the projects that are part of it."""
    filled: frozenset[str] = ALL
    """The fields that the dataset fills."""


@dataclass(frozen=True, slots=True)
class CardStyles:
    """The styles of a card, taken from the theme of the widget; no backgrounds."""

    title: Style = field(default_factory=Style.null)
    heading: Style = field(default_factory=Style.null)
    label: Style = field(default_factory=Style.null)
    muted: Style = field(default_factory=Style.null)
    tag: Style = field(default_factory=Style.null)
    warning: Style = field(default_factory=Style.null)
    found: Style = field(default_factory=lambda: Style(underline=True))
    """Of the words that the query matches, as in the list."""


@dataclass(frozen=True, slots=True)
class CardPart:
    """A paragraph of a card, or a label and its value."""

    text: Text
    label: str | None = None
    """The label, in a column to the left; None if the text takes the whole width."""
    label_width: int = 0
    """Width of that column in cells; 0 for the default."""
    name: str = ""
    """Identifies the fact or source; the cursor stops at parts that have a name."""
    is_markdown: bool = False
    """Whether the text is Markdown to render."""
    found: re.Pattern[str] | None = None
    """What is marked in rendered Markdown."""


def build_heading(title: str, style: Style) -> CardPart:
    """Return a heading, preceded by a blank line."""
    return CardPart(Text(f"\n{title}", style))


def build_line(text: str, style: Style | str = "") -> CardPart:
    """Return a single line without a label."""
    return CardPart(Text(clean_short_line(text), style))


def clean_prose(text: str, style: Style | str = "") -> Text:
    """Return a longer text, cleaned and truncated to `TEXT_LIMIT`."""
    return Text(display(truncate_text(text)), style)


def truncate_text(text: str) -> str:
    """Truncate a text to `TEXT_LIMIT` and say how many characters are missing."""
    if len(text) <= TEXT_LIMIT:
        return text
    missing = format_count(len(text) - TEXT_LIMIT, "more character")
    return _("{text}… ({missing})").format(text=text[:TEXT_LIMIT], missing=missing)


def clean_short_line(text: str) -> str:
    """Return a text on one line, cleaned and truncated to `LINE_LIMIT`."""
    return display_line(text if len(text) <= LINE_LIMIT else text[:LINE_LIMIT] + "…")


def format_source_numbers(names: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Return the numbers of sources as shown after a fact: `[1,3]` or `[1–4]`."""
    used = sorted({numbers[name] for name in names if name in numbers})
    if not used:
        return ""
    first, last = used[0], used[-1]
    if len(used) > 2 and last - first == len(used) - 1:
        return f"[{first}–{last}]"
    return f"[{','.join(map(str, used))}]"


def format_currency(dataset: Dataset) -> str:
    """Return the currency in words: `yuan`."""
    return display_line(name_unit(dataset.currency))


def format_note_time(note: Note) -> str:
    """Return when a note was written, in its own time zone."""
    if is_chinese() and (day := note.at.date() if note.at else note.day):
        time = f" {note.at:%H:%M}" if note.at else ""
        return format_day(day.isoformat()) + time
    if at := note.at:
        return f"{at:%d %b} {at.year:04} {at:%H:%M}"
    return f"{note.day:%d %b} {note.day.year:04}" if note.day else _("undated")


def format_due(day: date, today: date) -> str:
    """Return a due day relative to today: `3 days overdue`, `today`, `in 8 days`."""
    days = (day - today).days
    if days == 0:
        return _("today")
    count = format_count(abs(days), "day")
    text = _("{count} overdue") if days < 0 else _("in {count}")
    return text.format(count=count)


def build_note_heading(note: Note, styles: CardStyles, name: str = "") -> CardPart:
    """Return the line above a note: its time and its author."""
    author = f" · {clean_short_line(note.by)}" if note.by else ""
    return CardPart(Text(format_note_time(note) + author, styles.label), name=name)


def build_draft(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the unsaved note, if there is one."""
    if subject.draft:
        yield build_heading(_("Draft: not saved as a note yet"), styles.warning)
        yield CardPart(clean_prose(subject.draft))


def build_caveat(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the caveat of the project, if it has one."""
    if subject.project.caveat:
        yield build_heading(_("Caveat"), styles.heading)
        yield CardPart(clean_prose(subject.project.caveat), name="key caveat")
