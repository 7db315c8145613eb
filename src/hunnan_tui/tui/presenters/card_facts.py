"""The first tab of a card: names, money, who, where, what, and what one has added."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from hunnan_tui.analysis.project_text import find_newest_note, number_sources
from hunnan_tui.analysis.provenance import (
    INFERRED,
    OWN,
    STATED,
    Evidence,
    collect_evidence,
)
from hunnan_tui.core.cell_width import cut as cell_cut
from hunnan_tui.core.model import Note
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.card import (
    NOT_STATED,
    CardPart,
    CardStyles,
    CardSubject,
    build_heading,
    build_line,
    clean_prose,
    clean_short_line,
    format_due,
    format_note_time,
    format_source_numbers,
)

NOTE_LINES = 3
"""Lines of the newest note that this tab shows."""
RELATED = 5
"""Related projects that this tab names."""
REASON = 36
"""Cells of what they have in common."""


def build_facts_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield what is known of a project, each fact with the numbers of its sources."""
    return _FactsTab(subject, styles).parts()


class _FactsTab:
    def __init__(self, subject: CardSubject, styles: CardStyles) -> None:
        self._subject = subject
        self._project = subject.project
        self._styles = styles
        self._numbers = number_sources(subject.project)

    def parts(self) -> Iterator[CardPart]:
        project, styles = self._project, self._styles
        facts = collect_evidence(project, self._subject.dataset)
        yield build_line(project.name, styles.title)
        if project.name_zh:
            yield build_line(project.name_zh)
        for reason in self._subject.reasons:
            yield build_line(reason, styles.muted)
        yield build_line("")
        for fact in facts:
            if not fact.name.startswith(("event ", "fact ")):
                yield from self._field(fact)
        yield CardPart(
            Text(clean_short_line(project.id or project.key), styles.muted), "Id"
        )
        if project.locked:
            yield build_line(project.locked, styles.warning)
        if project.summary:
            yield build_line("")
            yield CardPart(clean_prose(project.summary))
        yield from self._own()
        for prefix, title in (("event ", "Events"), ("fact ", "Facts")):
            rows = [fact for fact in facts if fact.name.startswith(prefix)]
            if rows:
                yield build_heading(title, styles.heading)
            for fact in rows:
                yield from self._field(fact)
        yield from self._rest()

    def _field(self, fact: Evidence) -> Iterator[CardPart]:
        styles, label = self._styles, clean_short_line(fact.label)
        if not fact.text:
            yield CardPart(Text(NOT_STATED, styles.muted), label, name=fact.name)
            return
        text = clean_prose(fact.text)
        if fact.name == "follow-up" and self._project.follow_up:
            words = format_due(self._project.follow_up, self._subject.today)
            late = words == "today" or words.endswith("overdue")
            text.append(" · ", styles.muted)
            text.append(words, styles.warning if late else styles.muted)
        elif fact.date and fact.name == "stage":
            text.append(f" · {display_line(fact.date)}")
        if fact.stage:
            text.append(f" [{display_line(fact.stage)}]", styles.muted)
        text.append(self._behind(fact), styles.muted)
        yield CardPart(text, label, name=fact.name)
        if fact.name == "investment" and fact.quote:
            yield CardPart(Text(f"“{clean_short_line(fact.quote)}”", styles.muted), "")

    def _behind(self, fact: Evidence) -> str:
        """Return what a fact rests on: numbers of sources, or that one has added it."""
        if fact.basis == OWN:
            return " (yours)"
        told = f" ({INFERRED})" if fact.basis == INFERRED else ""
        signs = format_source_numbers(fact.sources, self._numbers)
        if signs:
            return f"{told} {signs}"
        return told or (" [no source]" if fact.basis == STATED else "")

    def _own(self) -> Iterator[CardPart]:
        project, styles = self._project, self._styles
        if project.tags:
            tags = (
                Text(f"#{clean_short_line(each)}", styles.tag) for each in project.tags
            )
            yield build_line("")
            yield CardPart(Text("  ").join(tags))
        if self._subject.draft:
            yield build_heading("Draft: not saved as a note yet", styles.warning)
            yield CardPart(clean_prose(self._subject.draft))
        note = find_newest_note(project.notes)
        if note is not None:
            yield build_heading(f"Notes ({len(project.notes):,})", styles.heading)
            yield from build_note_preview(note, styles)

    def _rest(self) -> Iterator[CardPart]:
        project, styles = self._project, self._styles
        if project.caveat:
            yield build_heading("Caveat", styles.heading)
            yield CardPart(clean_prose(project.caveat))
        if project.faulty:
            yield build_heading("Not readable as written", styles.warning)
        for key, value in project.faulty:
            yield CardPart(clean_prose(value), clean_short_line(key))
        if project.other:
            yield build_heading("Other", styles.heading)
        for key, value in project.other:
            yield CardPart(clean_prose(value), clean_short_line(key))
        yield from self._related()
        if self._numbers:
            yield build_line("")
            yield build_line(
                "[1] its source · i shows it · ] all sources", styles.muted
            )

    def _related(self) -> Iterator[CardPart]:
        subject, styles = self._subject, self._styles
        if not subject.related:
            return
        count = len(subject.related)
        yield build_heading(f"Related ({count:,})", styles.heading)
        for each in subject.related[:RELATED]:
            other = subject.dataset.projects[each.key]
            text = Text(clean_short_line(other.name))
            first = each.reasons[0]
            more = f" +{len(each.reasons) - 1}" if len(each.reasons) > 1 else ""
            why = cell_cut(clean_short_line(first.text), REASON)
            text.append(f"  {first.kind}: {why}{more}", styles.muted)
            yield CardPart(text, name=f"related {each.key}")
        if count > RELATED:
            yield build_line(f"… {count - RELATED:,} more: R lists all", styles.muted)


def build_note_preview(note: Note, styles: CardStyles) -> Iterator[CardPart]:
    """Yield when a note was written and how it begins."""
    by = f" · {clean_short_line(note.by)}" if note.by else ""
    yield CardPart(Text(format_note_time(note) + by, styles.label))
    lines = note.text[:2_000].strip().split("\n")
    text = "\n".join(lines[:NOTE_LINES])
    if len(lines) > NOTE_LINES or len(note.text) > 2_000:
        text += " …"
    yield CardPart(clean_prose(text))
