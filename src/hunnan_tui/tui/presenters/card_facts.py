"""The first tab of a card: names, money, who, where, what, and what one has added."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from hunnan_tui.analysis.project_text import newest, numbers
from hunnan_tui.analysis.provenance import (
    INFERRED,
    OWN,
    STATED,
    Evidence,
    evidence,
)
from hunnan_tui.core.cell_width import cut as cell_cut
from hunnan_tui.core.model import Note
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.card import (
    NOT_STATED,
    Part,
    Styles,
    Subject,
    bare,
    cited,
    due,
    heading,
    note_time,
    prose,
    short_line,
)

NOTE_LINES = 3
"""Lines of the newest note that this tab shows."""
RELATED = 5
"""Related projects that this tab names."""
REASON = 36
"""Cells of what they have in common."""


def facts_tab(subject: Subject, styles: Styles) -> Iterator[Part]:
    """Yield what is known of a project, each fact with the numbers of its sources."""
    return _Facts(subject, styles).parts()


class _Facts:
    def __init__(self, subject: Subject, styles: Styles) -> None:
        self._subject = subject
        self._project = subject.project
        self._styles = styles
        self._numbers = numbers(subject.project)

    def parts(self) -> Iterator[Part]:
        project, styles = self._project, self._styles
        facts = evidence(project, self._subject.dataset)
        yield bare(project.name, styles.title)
        if project.name_zh:
            yield bare(project.name_zh)
        for reason in self._subject.reasons:
            yield bare(reason, styles.muted)
        yield bare("")
        for fact in facts:
            if not fact.name.startswith(("event ", "fact ")):
                yield from self._field(fact)
        yield Part(Text(short_line(project.id or project.key), styles.muted), "Id")
        if project.locked:
            yield bare(project.locked, styles.warning)
        if project.summary:
            yield bare("")
            yield Part(prose(project.summary))
        yield from self._own()
        for prefix, title in (("event ", "Events"), ("fact ", "Facts")):
            rows = [fact for fact in facts if fact.name.startswith(prefix)]
            if rows:
                yield heading(title, styles.heading)
            for fact in rows:
                yield from self._field(fact)
        yield from self._rest()

    def _field(self, fact: Evidence) -> Iterator[Part]:
        styles, label = self._styles, short_line(fact.label)
        if not fact.text:
            yield Part(Text(NOT_STATED, styles.muted), label, name=fact.name)
            return
        text = prose(fact.text)
        if fact.name == "follow-up" and self._project.follow_up:
            words = due(self._project.follow_up, self._subject.today)
            late = words == "today" or words.endswith("overdue")
            text.append(" · ", styles.muted)
            text.append(words, styles.warning if late else styles.muted)
        elif fact.date and fact.name == "stage":
            text.append(f" · {display_line(fact.date)}")
        if fact.stage:
            text.append(f" [{display_line(fact.stage)}]", styles.muted)
        text.append(self._behind(fact), styles.muted)
        yield Part(text, label, name=fact.name)
        if fact.name == "investment" and fact.quote:
            yield Part(Text(f"“{short_line(fact.quote)}”", styles.muted), "")

    def _behind(self, fact: Evidence) -> str:
        """Return what a fact rests on: numbers of sources, or that one has added it."""
        if fact.basis == OWN:
            return " (yours)"
        told = f" ({INFERRED})" if fact.basis == INFERRED else ""
        signs = cited(fact.sources, self._numbers)
        if signs:
            return f"{told} {signs}"
        return told or (" [no source]" if fact.basis == STATED else "")

    def _own(self) -> Iterator[Part]:
        project, styles = self._project, self._styles
        if project.tags:
            tags = (Text(f"#{short_line(each)}", styles.tag) for each in project.tags)
            yield bare("")
            yield Part(Text("  ").join(tags))
        if self._subject.draft:
            yield heading("Draft: not saved as a note yet", styles.warning)
            yield Part(prose(self._subject.draft))
        note = newest(project.notes)
        if note is not None:
            yield heading(f"Notes ({len(project.notes):,})", styles.heading)
            yield from note_start(note, styles)

    def _rest(self) -> Iterator[Part]:
        project, styles = self._project, self._styles
        if project.caveat:
            yield heading("Caveat", styles.heading)
            yield Part(prose(project.caveat))
        if project.faulty:
            yield heading("Not readable as written", styles.warning)
        for key, value in project.faulty:
            yield Part(prose(value), short_line(key))
        if project.other:
            yield heading("Other", styles.heading)
        for key, value in project.other:
            yield Part(prose(value), short_line(key))
        yield from self._related()
        if self._numbers:
            yield bare("")
            yield bare("[1] its source · i shows it · ] all sources", styles.muted)

    def _related(self) -> Iterator[Part]:
        subject, styles = self._subject, self._styles
        if not subject.related:
            return
        count = len(subject.related)
        yield heading(f"Related ({count:,})", styles.heading)
        for each in subject.related[:RELATED]:
            other = subject.dataset.projects[each.key]
            text = Text(short_line(other.name))
            first = each.reasons[0]
            more = f" +{len(each.reasons) - 1}" if len(each.reasons) > 1 else ""
            why = cell_cut(short_line(first.text), REASON)
            text.append(f"  {first.kind}: {why}{more}", styles.muted)
            yield Part(text, name=f"related {each.key}")
        if count > RELATED:
            yield bare(f"… {count - RELATED:,} more: R lists all", styles.muted)


def note_start(note: Note, styles: Styles) -> Iterator[Part]:
    """Yield when a note was written and how it begins."""
    by = f" · {short_line(note.by)}" if note.by else ""
    yield Part(Text(note_time(note) + by, styles.label))
    lines = note.text[:2_000].strip().split("\n")
    text = "\n".join(lines[:NOTE_LINES])
    if len(lines) > NOTE_LINES or len(note.text) > 2_000:
        text += " …"
    yield Part(prose(text))
