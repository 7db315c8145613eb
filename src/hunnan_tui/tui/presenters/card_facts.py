"""The first tab of a card: the facts of a project and the user's annotations."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from hunnan_tui.analysis.field_text import NOT_STATED, format_basis
from hunnan_tui.analysis.project_text import (
    describe_part,
    find_newest_note,
    number_sources,
)
from hunnan_tui.analysis.provenance import (
    OWN,
    STATED,
    Evidence,
    collect_evidence,
)
from hunnan_tui.analysis.sourcing import is_second_hand
from hunnan_tui.core.cell_width import cut as cell_cut
from hunnan_tui.core.computed_values import find_last_word
from hunnan_tui.core.counts import bracket, format_line
from hunnan_tui.core.dates import is_long_ago
from hunnan_tui.core.fields import FIELDS
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note
from hunnan_tui.core.names import name_briefly, split_names
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.presenters.card_parts import (
    CardPart,
    CardStyles,
    CardSubject,
    build_caveat,
    build_draft,
    build_heading,
    build_line,
    build_note_heading,
    clean_prose,
    clean_short_line,
    format_due,
    format_source_numbers,
)

_NOTE_LINES = 3
"""Lines shown of the newest note."""
_MAX_RELATED = 5
"""Related projects that are listed."""
_MAX_PARTS = 20
"""Parts that are listed."""
_ADDED = ("follow-up", "need")
"""Kinds of facts that the reader adds: they stand right below the name."""
_REASON_WIDTH = 36
"""Width of the reason why a project is related, in cells."""


def build_facts_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the facts of a project, each with the numbers of its sources."""
    return _FactsTab(subject, styles).build()


class _FactsTab:
    def __init__(self, subject: CardSubject, styles: CardStyles) -> None:
        self._subject = subject
        self._project = subject.project
        self._styles = styles
        self._numbers = number_sources(subject.project)

    def build(self) -> Iterator[CardPart]:
        project, styles = self._project, self._styles
        facts = collect_evidence(project, self._subject.dataset, self._subject.filled)
        first, second = split_names(project)
        yield build_line(first, styles.title)
        if second:
            yield build_line(second)
        yield from self._build_annotations(facts)
        for reason in self._subject.reasons:
            yield build_line(reason, styles.muted)
        yield build_line("")
        for fact in facts:
            if fact.kind not in ("event", "fact", *_ADDED):
                yield from self._build_field(fact)
        yield CardPart(
            Text(clean_short_line(project.id or project.key), styles.muted), _("Id")
        )
        if project.origin.file:
            file = clean_short_line(project.origin.file)
            yield CardPart(Text(file, styles.muted), _("File"))
        if not self._numbers and "source" in self._subject.filled:
            yield build_line(_("no source is named"), styles.muted)
        if is_second_hand(self._numbers, self._subject.dataset):
            yield build_line(
                _("known from copies or reference works only"), styles.muted
            )
        if project.locked:
            yield build_line(project.locked, styles.warning)
        if project.summary:
            yield build_line("")
            yield CardPart(clean_prose(project.summary), name="key summary")
        yield from self._build_parts()
        for kind, title in (("event", _("Events")), ("fact", _("Facts"))):
            rows = [fact for fact in facts if fact.kind == kind]
            if rows:
                yield build_heading(title, styles.heading)
            for fact in rows:
                yield from self._build_field(fact)
        yield from self._build_rest()

    def _build_field(self, fact: Evidence) -> Iterator[CardPart]:
        styles, label = self._styles, clean_short_line(fact.label)
        if not fact.text:
            yield CardPart(Text(_(NOT_STATED), styles.muted), label, name=fact.name)
            return
        text = clean_prose(fact.text)
        if fact.name == "follow-up" and self._project.follow_up:
            day, today = self._project.follow_up, self._subject.today
            text.append(" · ", styles.muted)
            style = styles.warning if day <= today else styles.muted
            text.append(format_due(day, today), style)
        elif fact.name == "stage":
            self._append_day_of_stage(text, fact)
        if fact.stage:
            text.append(f" [{display_line(fact.stage)}]", styles.muted)
        text.append(self._format_suffix(fact), styles.muted)
        yield CardPart(text, label, name=fact.name)
        if fact.name == "investment" and fact.quote:
            yield CardPart(Text(f"“{clean_short_line(fact.quote)}”", styles.muted), "")

    def _append_day_of_stage(self, text: Text, fact: Evidence) -> None:
        """Append when a source last showed the stage, and later news if there is any."""
        subject, styles = self._subject, self._styles
        if fact.date:
            is_stale = is_long_ago(fact.date, subject.today)
            style = styles.muted if is_stale else ""
            text.append(_(" · as of {day}").format(day=display_line(fact.date)), style)
        last = find_last_word(self._project, subject.dataset, subject.today)
        if last > fact.date:
            text.append(
                _(" · last word {day}").format(day=display_line(last)), styles.muted
            )

    def _format_suffix(self, fact: Evidence) -> str:
        """Return the suffix of a fact: its source numbers, or that the user added it."""
        if fact.basis == OWN:
            return bracket(_("yours"))
        basis = format_basis(fact.basis)
        source_numbers = format_source_numbers(fact.sources, self._numbers)
        if source_numbers:
            return f"{basis} {source_numbers}"
        # of a project without any source one line says so
        has_other = bool(self._numbers)
        return basis or (
            _(" [no source]") if fact.basis == STATED and has_other else ""
        )

    def _build_parts(self) -> Iterator[CardPart]:
        keys, styles, dataset = self._subject.parts, self._styles, self._subject.dataset
        if not keys:
            return
        yield build_heading(
            _("Parts ({count})").format(count=f"{len(keys):,}"), styles.heading
        )
        for key in keys[:_MAX_PARTS]:
            part = dataset.projects[key]
            text = Text(clean_short_line(name_briefly(part)))
            text.append(f"  {display_line(describe_part(part, dataset))}", styles.muted)
            yield CardPart(text, name=f"part {key}")
        if len(keys) > _MAX_PARTS:
            more = _("… {count} more: {query}").format(
                count=f"{len(keys) - _MAX_PARTS:,}",
                query=f"{FIELDS['part_of'].word}={self._project.key}",
            )
            yield build_line(more, styles.muted)
        has_amounts = any(dataset.projects[key].amount is not None for key in keys)
        if self._project.amount is not None and has_amounts:
            note = _("A sum that has this amount does not add theirs again")
            yield build_line(note, styles.muted)

    def _build_annotations(self, facts: list[Evidence]) -> Iterator[CardPart]:
        """Yield what the reader has added: it is what a small screen has room for."""
        project, styles = self._project, self._styles
        if project.tags:
            tags = (
                Text(f"#{clean_short_line(tag)}", styles.tag) for tag in project.tags
            )
            yield CardPart(Text("  ").join(tags))
        for fact in facts:
            if fact.kind in _ADDED:
                yield from self._build_field(fact)
        note = find_newest_note(project.notes)
        if note is not None:
            yield from build_note_preview(note, styles)
        yield from build_draft(self._subject, styles)

    def _build_rest(self) -> Iterator[CardPart]:
        project, styles = self._project, self._styles
        yield from build_caveat(self._subject, styles)
        if project.faulty:
            yield build_heading(_("Not readable as written"), styles.warning)
        for key, value in project.faulty:
            yield CardPart(clean_prose(value), clean_short_line(key), name=f"key {key}")
        if project.other:
            from hunnan_tui.analysis.own_text import (
                describe_own_keys,  # most projects have none
            )

            yield build_heading(_("Fields of your own"), styles.heading)
            described = describe_own_keys(project, self._subject.dataset)
            for (key, _value), own in zip(project.other, described, strict=True):
                text = clean_prose(own.text).append(
                    format_basis(own.basis), styles.muted
                )
                yield CardPart(text, clean_short_line(own.name), name=f"key {key}")
        yield from self._build_related()
        if self._numbers:
            yield build_line("")
            yield build_line(
                _("[1] its source · {show} shows it · {tab} all sources").format(
                    show=name_key("sources.show"), tab=name_key("detail.next-tab")
                ),
                styles.muted,
            )

    def _build_related(self) -> Iterator[CardPart]:
        subject, styles = self._subject, self._styles
        if not subject.related:
            return
        count = len(subject.related)
        yield build_heading(
            _("Related ({count})").format(count=f"{count:,}"), styles.heading
        )
        for related in subject.related[:_MAX_RELATED]:
            other = subject.dataset.projects[related.key]
            text = Text(clean_short_line(name_briefly(other)))
            reason = related.reasons[0]
            more = f" +{len(related.reasons) - 1}" if len(related.reasons) > 1 else ""
            text_in_common = cell_cut(clean_short_line(reason.text), _REASON_WIDTH)
            why = format_line(_(reason.kind), text_in_common)
            text.append(f"  {why}{more}", styles.muted)
            yield CardPart(text, name=f"related {related.key}")
        if count > _MAX_RELATED:
            yield build_line(
                _("… {count} more: {key} lists all").format(
                    count=f"{count - _MAX_RELATED:,}", key=name_key("projects.related")
                ),
                styles.muted,
            )


def build_note_preview(note: Note, styles: CardStyles) -> Iterator[CardPart]:
    """Yield the heading of a note and its first lines."""
    yield build_note_heading(note, styles)
    lines = note.text[:2_000].strip().split("\n")
    text = "\n".join(lines[:_NOTE_LINES])
    if len(lines) > _NOTE_LINES or len(note.text) > 2_000:
        text += " …"
    yield CardPart(clean_prose(text))
