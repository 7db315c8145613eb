"""How values of a project are worded for people; nothing is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hunnan_tui.core.counts import bracket, format_line, join_words
from hunnan_tui.core.dates import to_minute
from hunnan_tui.core.fields import BY_KEY, Kind
from hunnan_tui.core.labels import (
    name_industries,
    name_project_unit,
    name_stage,
)
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.model import (
    USER,
    Dataset,
    Event,
    Fact,
    Need,
    Note,
    Party,
    Project,
    Source,
)
from hunnan_tui.core.money import (
    add_unit,
    format_exact,
    format_short,
    name_unit,
)
from hunnan_tui.core.parts import get_whole
from hunnan_tui.core.roles import name_role
from hunnan_tui.core.schema_values import name_value

NOT_STATED = N_("not stated")
"""Shown in place of a value that the file does not state."""

NOT_IN_FILE = N_("(not in the file)")
"""Follows the id of a source that the dataset does not define."""

INFERRED = "inferred"
"""The basis of a fact that the makers of the file inferred."""

OWN_KNOWLEDGE = N_("own knowledge")
"""What people call the basis `USER`."""

_QUALIFIERS = ("about", "over")

Items = tuple[str, ...]
"""The texts of a field, in the order of the file; none where nothing is stated."""


def format_field(project: Project, field: str, dataset: Dataset) -> Items:
    """Return what a project states in a field of the schema.

    Args:
        project: The project.
        field: A key of the file such as `stage`; `other` and `faulty` are those that
            the schema does not know, or that it cannot read.
        dataset: What names the stages and industries.
    """
    make = _SPECIAL.get(field)
    if make is not None:
        return make(project, dataset)
    declared = BY_KEY[field]
    value = declared.get_stored_value(project)
    if value in ("", None):
        return ()
    if declared.kind is Kind.AMOUNT:
        return (add_unit(format_short(value), name_project_unit(project, dataset)),)
    if declared.kind is Kind.NUMBER:
        return (format_exact(value),)
    return tuple(value) if declared.is_list else (str(value),)


def format_amount(value: int, dataset: Dataset, *, in_full: bool = False) -> str:
    """Return an amount with its currency: `3 bn yuan`."""
    text = format_exact(value) if in_full else format_short(value)
    return add_unit(text, name_unit(dataset.currency))


def format_investment(project: Project, dataset: Dataset) -> str:
    """Return a project's amount: `about 3 bn yuan`; empty if it states none."""
    if project.investment is None:
        return ""
    qualifier = project.investment_qualifier
    qualifier = f"{name_value(qualifier)} " if qualifier in _QUALIFIERS else ""
    unit = name_project_unit(project, dataset)
    return qualifier + add_unit(format_short(project.investment), unit)


def format_basis(basis: str) -> str:
    """Return the suffix of a value that no source states: ` (inferred)`, or nothing."""
    if basis == USER:
        return bracket(_(OWN_KNOWLEDGE))
    return bracket(_(INFERRED)) if basis == INFERRED else ""


def format_party(party: Party) -> str:
    """Return a party with its role."""
    return party.name + (bracket(name_role(party.role)) if party.role else "")


def format_fact(fact: Fact) -> str:
    """Return the value of a fact, and what it rests on if no source states it."""
    return fact.value + format_basis(fact.basis)


def format_event(event: Event, dataset: Dataset) -> str:
    """Return an event with its day, its stage, and whether only a reader knows it."""
    text = f"{event.date} {event.what}".strip() + format_event_stage(event, dataset)
    return text + format_basis(event.basis) + format_author(event)


def format_author(event: Event) -> str:
    """Return the suffix of an event that says which reader knows it: ` · 李`."""
    return f" · {event.by}" if event.by else ""


def format_event_stage(event: Event, dataset: Dataset) -> str:
    """Return the suffix of an event that shows a stage: ` [Planned]`."""
    return f" [{name_stage(event.stage, dataset)}]" if event.stage else ""


def format_need(need: Need) -> str:
    """Return a need with its state: `energy: 110 kV feed (open, since 2023-02)`."""
    since = _(", since {since}").format(since=need.since) if need.since else ""
    owner = f" @{need.owner}" if need.owner else ""
    return (
        f"{format_need_subject(need)}{owner}{bracket(name_value(need.state) + since)}"
    )


def format_need_subject(need: Need) -> str:
    """Return what is needed: `energy: 110 kV feed`."""
    kind = name_value(need.kind)
    return format_line(kind, need.what) if need.what else kind


def format_note_time(note: Note, undated: str | None = None) -> str:
    """Return when a note was written: `2026-11-28 09:12`, or the day alone."""
    return (
        to_minute(note.at)
        if note.at
        else str(note.day or (_("undated") if undated is None else undated))
    )


def format_note(note: Note) -> str:
    """Return a note with its time and its author."""
    about = (format_note_time(note, ""), note.by, note.text.strip("\n"))
    return " ".join(filter(None, about))


def describe_source(source: Source) -> str:
    """Return title, publisher, date and kind of a source, without its address."""
    about = (
        source.title,
        source.publisher,
        source.date,
        name_value(source.kind) if is_chinese() else source.kind,
    )
    return join_words(filter(None, about))


def _format_whole(project: Project, dataset: Dataset) -> Items:
    """Return the name and the id of what a project is part of."""
    key = get_whole(project)
    whole = dataset.projects.get(key)
    if not key:
        return ()
    return (f"{whole.name} ({key})" if whole else f"{key} {_(NOT_IN_FILE)}",)


def _format_basis_word(basis: str) -> Items:
    """Return what the industries rest on; in English the word of the file."""
    return (name_value(basis) if is_chinese() else basis,) if basis else ()


_SPECIAL: Mapping[str, Callable[[Project, Dataset], Items]] = {
    "part_of": _format_whole,
    "stage": lambda p, d: (name_stage(p.stage, d),) if p.stage else (),
    "investment_usd": lambda p, _dataset: (
        ()
        if p.investment_usd is None
        else (_("{amount} dollars").format(amount=format_exact(p.investment_usd)),)
    ),
    "industries": name_industries,
    "industries_basis": lambda p, _dataset: _format_basis_word(p.industries_basis),
    "parties": lambda p, _: tuple(map(format_party, p.parties)),
    "facts": lambda p, _: tuple(
        f"{fact.label}: {format_fact(fact)}" for fact in p.facts
    ),
    "events": lambda p, d: tuple(format_event(event, d) for event in p.events),
    "needs": lambda p, _: tuple(map(format_need, p.needs)),
    "notes": lambda p, _: tuple(map(format_note, p.notes)),
    "other": lambda p, _: tuple(f"{key}: {value}" for key, value in p.other),
    "faulty": lambda p, _: tuple(f"{key}: {value}" for key, value in p.faulty),
}
