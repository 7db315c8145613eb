"""A project as plain text, and the order of its sources, events and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hunnan_tui.analysis.field_text import (
    NOT_IN_FILE,
    NOT_STATED,
    describe_source,
    format_author,
    format_basis,
    format_field,
    format_investment,
    format_need,
    format_note_time,
    format_party,
)
from hunnan_tui.core.computed_values import is_own_knowledge
from hunnan_tui.core.counts import format_line, join_names, join_words
from hunnan_tui.core.dates import to_instant
from hunnan_tui.core.fields import FIELDS, GENERIC
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.labels import name_project_unit, name_stage
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import (
    USER,
    Dataset,
    Event,
    Industry,
    Note,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.money import add_unit, format_short
from hunnan_tui.core.names import name_term
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.core.text import display, display_line


def format_project(
    project: Project,
    dataset: Dataset,
    parts: Sequence[Project] = (),
    filled: frozenset[str] = ALL,
) -> str:
    """Return a project as plain text, cleaned for a terminal.

    Args:
        project: The project.
        dataset: What its ids refer to.
        parts: Its parts.
        filled: The fields that the dataset fills: one that it never fills has no line.
    """
    numbers = number_sources(project)
    formatter = _ProjectFormatter(project, dataset, numbers, parts, filled)
    return "\n".join(formatter.format_lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _ProjectFormatter:
    project: Project
    dataset: Dataset
    numbers: Mapping[str, int]
    parts: Sequence[Project]
    filled: frozenset[str]

    def format_lines(self) -> Iterator[str]:
        project = self.project
        names = [project.name, *filter(None, [project.name_zh])]
        yield from map(display_line, reversed(names) if is_chinese() else names)
        yield ""
        yield from self._main()
        if project.locked:
            yield display_line(project.locked)
        if project.summary:
            yield ""
            yield display(project.summary)
        yield from self._format_section(
            _("Parts ({count})").format(count=len(self.parts)),
            map(self._format_part, self.parts),
        )
        yield from self._format_annotations()
        yield from self._format_section(
            _("Events"), map(self._format_event, sort_events(project.events))
        )
        yield from self._format_section(
            _("Facts"),
            (
                _format_item(format_line(fact.label, fact.value))
                + format_basis(fact.basis)
                + self._format_citation(fact.source)
                for fact in project.facts
            ),
        )
        yield from self._format_section(
            _("Caveat"), filter(None, [display(project.caveat)])
        )
        yield from self._format_section(
            _("Not readable as written"),
            (_format_item(f"{k}: {v}") for k, v in project.faulty),
        )
        yield from self._format_section(
            _("Fields of your own"), map(_format_item, self._list_own_keys())
        )
        yield from self._format_section(_("Sources"), self._format_sources())

    def _list_own_keys(self) -> Iterator[str]:
        if not self.project.other:
            return
        from hunnan_tui.analysis.own_text import (
            describe_own_keys,  # most projects have none
        )

        for own in describe_own_keys(self.project, self.dataset):
            yield f"{own.name}: {own.text}{format_basis(own.basis)}"

    def _main(self) -> Iterator[str]:
        project, dataset = self.project, self.dataset
        yield _format_field_line(_("Id"), project.id or project.key)
        if project.origin.file:
            yield _format_field_line(_("File"), project.origin.file)
        stage = format_both_names(project.stage, dataset.stages)
        day = project.stage_date
        since = _(" (as of {day})").format(day=day) if stage and day else ""
        yield from self._format_main("stage", _("Stage"), stage + since)
        yield from self._format_main(
            "invest", _("Investment"), self._format_investment()
        )
        names = [
            format_both_names(key, dataset.industries) for key in project.industries
        ]
        basis = format_basis(project.industries_basis)
        industries = join_names(names) + (basis if names else "")
        yield from self._format_main("industry", _("Industry"), industries)
        parties = _("; ").join(map(format_party, project.parties))
        yield from self._format_main("party", _("Parties"), parties)
        yield from self._format_main("district", _("District"), project.district)
        yield from self._format_main("place", _("Place"), project.place)
        for field in GENERIC:
            text = join_words(format_field(project, field.key, dataset))
            if text and not field.is_internal:
                yield self._format_stated(field.label, text, field.key)

    def _format_stated(self, label: str, text: str, key: str) -> str:
        """Return the line of a fact, and whether only a reader knows it."""
        is_own = bool(text) and is_own_knowledge(self.project, key)
        return _format_field_line(label, text + (format_basis(USER) if is_own else ""))

    def _format_main(self, field: str, label: str, text: str) -> Iterator[str]:
        """Yield the line of a field that is shown although it is not stated."""
        if text or field in self.filled:
            yield self._format_stated(label, text, FIELDS[field].key)

    def _format_investment(self) -> str:
        project = self.project
        if project.investment is None:
            return ""
        unit = name_project_unit(project, self.dataset)
        text = add_unit(format_short(project.investment), unit)
        if project.investment_qualifier:
            text = f"{name_value(project.investment_qualifier)} {text}"
        if project.investment_usd is not None:
            text += _(" ({amount} dollars, as stated)").format(
                amount=format_short(project.investment_usd)
            )
        if project.investment_text:
            text += _(" “{text}”").format(text=project.investment_text)
        return text

    def _format_part(self, part: Project) -> str:
        return _format_item(
            f"{part.name} ({part.key}): {describe_part(part, self.dataset)}"
        )

    def _format_annotations(self) -> Iterator[str]:
        project = self.project
        if project.tags or project.follow_up or project.needs:
            yield ""
        if project.tags:
            yield _format_field_line(_("Tags"), join_names(project.tags))
        if project.follow_up:
            yield _format_field_line(_("Follow up"), project.follow_up.isoformat())
        for need in project.needs:
            yield _format_field_line(_("Need"), format_need(need))
        notes = sort_notes(project.notes)
        yield from self._format_section(
            _("Notes ({count})").format(count=len(notes)), map(_format_note, notes)
        )

    def _format_event(self, event: Event) -> str:
        stage = format_both_names(event.stage, self.dataset.stages)
        day = display_line(event.date) or _("undated")
        text = _format_item(f"{day}: {event.what}" + (f" [{stage}]" if stage else ""))
        basis = format_basis(event.basis) + display_line(format_author(event))
        return text + basis + self._format_citation(event.source)

    def _format_citation(self, source: str) -> str:
        return f" [{self.numbers[source]}]" if source else ""

    def _format_sources(self) -> Iterator[str]:
        for name, number in self.numbers.items():
            source = self.dataset.sources.get(name)
            yield f"[{number}] " + (
                _format_source(source)
                if source
                else f"{display_line(name)} {_(NOT_IN_FILE)}"
            )

    @staticmethod
    def _format_section(title: str, items: Iterator[str]) -> Iterator[str]:
        first = next(items, None)
        if first is None:
            return
        yield from ("", title, first)
        yield from items


def describe_part(part: Project, dataset: Dataset) -> str:
    """Return the stage and the amount of a part: `Signed, 3 bn yuan`."""
    amount = format_investment(part, dataset) or _(NOT_STATED)
    return join_words(filter(None, (name_stage(part.stage, dataset), amount)))


def collect_sources(project: Project) -> tuple[str, ...]:
    """Return the ids of all sources: the project's, then those of events and facts."""
    events = (event.source for event in project.events if event.source)
    facts = (fact.source for fact in project.facts if fact.source)
    return tuple(dict.fromkeys((*project.sources, *events, *facts)))


def number_sources(project: Project) -> dict[str, int]:
    """Return the number of each source by id, counting from 1."""
    return {name: number for number, name in enumerate(collect_sources(project), 1)}


def sort_events(events: Iterable[Event]) -> list[Event]:
    """Return events in order of their dates, undated ones last."""
    return sorted(events, key=lambda event: event.date or "9999")


def sort_notes(notes: Iterable[Note]) -> list[Note]:
    """Return notes newest first, undated ones last."""
    return sorted(notes, key=_get_age_key)


def find_newest_note(notes: Iterable[Note]) -> Note | None:
    """Return the first note in the order of `sort_notes`."""
    return min(notes, key=_get_age_key, default=None)


def _get_age_key(note: Note) -> tuple[bool, timedelta]:
    """Return a sort key that puts the newest note first and undated ones last."""
    at = note.at
    if at is None and note.day is not None:
        at = datetime.combine(note.day, time.min)
    return at is None, -to_instant(at) if at else timedelta()


def _format_field_line(label: str, value: str) -> str:
    return format_line(label, display_line(value) or _(NOT_STATED))


def format_both_names(
    id: str, known: Mapping[str, Stage] | Mapping[str, Industry]
) -> str:
    """Return both names of a stage or an industry; an unknown id as it is written."""
    entry = known.get(id)
    if entry is None:
        return id
    if is_chinese() or entry.name == entry.name_zh:
        return name_term(entry)
    return f"{entry.name} {entry.name_zh}".strip()


def _format_item(text: str) -> str:
    return "- " + _indent(text)


def _format_note(note: Note) -> str:
    by = f" · {display_line(note.by)}" if note.by else ""
    return f"{format_note_time(note)}{by}\n  {_indent(note.text)}"


def _indent(text: str) -> str:
    lines = display(text).rstrip("\n").split("\n")
    return "\n".join([lines[0], *(f"  {line}".rstrip() for line in lines[1:])])


def _format_source(source: Source) -> str:
    about = (describe_source(source), source.url)
    return join_words(display_line(text) for text in about if text)
