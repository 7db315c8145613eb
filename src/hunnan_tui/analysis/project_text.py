"""One project as plain text: for a pipe, a mail, a screen reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hunnan_tui.analysis.field_text import items
from hunnan_tui.core.dates import to_instant, to_minute
from hunnan_tui.core.fields import GENERIC
from hunnan_tui.core.model import (
    Dataset,
    Event,
    Industry,
    Note,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.text import display, display_line

NOT_STATED = "not stated"


def prose(project: Project, dataset: Dataset) -> str:
    """Return all that is known of a project, cleaned for a terminal."""
    return "\n".join(_Prose(project, dataset, numbers(project)).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Prose:
    project: Project
    dataset: Dataset
    numbers: Mapping[str, int]

    def lines(self) -> Iterator[str]:
        project = self.project
        yield display_line(project.name)
        if project.name_zh:
            yield display_line(project.name_zh)
        yield ""
        yield from self._main()
        if project.locked:
            yield display_line(project.locked)
        if project.summary:
            yield ""
            yield display(project.summary)
        yield from self._own()
        yield from self._section("Events", map(self._event, self._events()))
        yield from self._section(
            "Facts",
            (
                _item(f"{fact.label}: {fact.value}")
                + (" (inferred)" if fact.basis == "inferred" else "")
                + self._cited(fact.source)
                for fact in project.facts
            ),
        )
        yield from self._section("Caveat", filter(None, [display(project.caveat)]))
        yield from self._section(
            "Not readable as written", (_item(f"{k}: {v}") for k, v in project.faulty)
        )
        yield from self._section(
            "Other", (_item(f"{k}: {v}") for k, v in project.other)
        )
        yield from self._section("Sources", self._sources())

    def _main(self) -> Iterator[str]:
        project, dataset = self.project, self.dataset
        yield _field("Id", project.id or project.key)
        stage = named(project.stage, dataset.stages)
        since = f" ({project.stage_date})" if stage and project.stage_date else ""
        yield _field("Stage", stage + since)
        yield _field("Investment", self._investment())
        names = [named(each, dataset.industries) for each in project.industries]
        inferred = " (inferred)" if project.industries_basis == "inferred" else ""
        yield _field("Industry", ", ".join(names) + (inferred if names else ""))
        parties = [
            f"{party.name} ({party.role})" if party.role else party.name
            for party in project.parties
        ]
        yield _field("Parties", "; ".join(parties))
        yield _field("District", project.district)
        yield _field("Place", project.place)
        for field in GENERIC:
            if text := ", ".join(items(project, field.key, dataset)):
                yield _field(field.name, text)

    def _investment(self) -> str:
        project = self.project
        if project.investment is None:
            return ""
        text = add_unit(
            format_short(project.investment), name_unit(self.dataset.currency)
        )
        if project.investment_qualifier:
            text = f"{project.investment_qualifier} {text}"
        if project.investment_usd is not None:
            text += f" ({format_short(project.investment_usd)} dollars, as stated)"
        if project.investment_text:
            text += f" “{project.investment_text}”"
        return text

    def _own(self) -> Iterator[str]:
        project = self.project
        if project.tags or project.follow_up or project.needs:
            yield ""
        if project.tags:
            yield _field("Tags", ", ".join(project.tags))
        if project.follow_up:
            yield _field("Follow up", project.follow_up.isoformat())
        for need in project.needs:
            what = f"{need.kind}: {need.what}" if need.what else need.kind
            since = f", since {need.since}" if need.since else ""
            yield _field("Need", f"{what} ({need.state}{since})")
        notes = newest_first(project.notes)
        yield from self._section(f"Notes ({len(notes)})", map(_note, notes))

    def _events(self) -> list[Event]:
        return sorted(self.project.events, key=lambda event: event.date or "9999")

    def _event(self, event: Event) -> str:
        stage = named(event.stage, self.dataset.stages)
        day = display_line(event.date) or "undated"
        text = _item(f"{day}: {event.what}" + (f" [{stage}]" if stage else ""))
        return text + self._cited(event.source)

    def _cited(self, source: str) -> str:
        return f" [{self.numbers[source]}]" if source else ""

    def _sources(self) -> Iterator[str]:
        for name, number in self.numbers.items():
            source = self.dataset.sources.get(name)
            yield f"[{number}] " + (
                _source(source) if source else f"{display_line(name)} (not in the file)"
            )

    @staticmethod
    def _section(title: str, items: Iterator[str]) -> Iterator[str]:
        first = next(items, None)
        if first is None:
            return
        yield from ("", title, first)
        yield from items


def sources_of(project: Project) -> tuple[str, ...]:
    """Return the ids of all sources: the project's, then those of events and facts."""
    events = (event.source for event in project.events if event.source)
    facts = (fact.source for fact in project.facts if fact.source)
    return tuple(dict.fromkeys((*project.sources, *events, *facts)))


def numbers(project: Project) -> dict[str, int]:
    """Return the number of each source of a project, those of single facts last."""
    return {name: place for place, name in enumerate(sources_of(project), 1)}


def newest_first(notes: Iterable[Note]) -> list[Note]:
    """Return notes as they are shown: the newest first, undated ones last."""
    return sorted(notes, key=_age)


def newest(notes: Iterable[Note]) -> Note | None:
    """Return the note that is shown first."""
    return min(notes, key=_age, default=None)


def _age(note: Note) -> tuple[bool, timedelta]:
    """Return what is smallest for the newest note, and largest for an undated one."""
    at = note.at
    if at is None and note.day is not None:
        at = datetime.combine(note.day, time.min)
    return at is None, -to_instant(at) if at else timedelta()


def _field(label: str, value: str) -> str:
    return f"{label}: {display_line(value) or NOT_STATED}"


def named(id: str, known: Mapping[str, Stage] | Mapping[str, Industry]) -> str:
    """Return both names of a stage or an industry; an unknown id as it is written."""
    each = known.get(id)
    if each is None:
        return id
    return f"{each.name} {each.name_zh}".strip()


def _item(text: str) -> str:
    return "- " + _indented(text)


def _note(note: Note) -> str:
    at = to_minute(note.at) if note.at else note.day or "undated"
    by = f" · {display_line(note.by)}" if note.by else ""
    return f"{at}{by}\n  {_indented(note.text)}"


def _indented(text: str) -> str:
    lines = display(text).rstrip("\n").split("\n")
    return "\n".join([lines[0], *(f"  {line}".rstrip() for line in lines[1:])])


def _source(source: Source) -> str:
    about = (source.title, source.publisher, source.date, source.kind, source.url)
    return ", ".join(display_line(each) for each in about if each)
