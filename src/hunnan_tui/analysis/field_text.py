"""What a project states in a field, as short texts for people; nothing is cleaned."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hunnan_tui.core.dates import to_minute
from hunnan_tui.core.fields import BY_KEY, Kind
from hunnan_tui.core.labels import name_industries, name_stage
from hunnan_tui.core.model import (
    Dataset,
    Event,
    Fact,
    Need,
    Note,
    Party,
    Project,
)
from hunnan_tui.core.money import (
    add_unit,
    format_exact,
    format_short,
    name_unit,
)

NOT_STATED = "not stated"
"""Shown in place of a value that the file does not state."""

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
    value = declared.stored_value(project)
    if value in ("", None):
        return ()
    if declared.kind is Kind.AMOUNT:
        return (format_amount(value, dataset),)
    if declared.kind is Kind.NUMBER:
        return (format_exact(value),)
    return tuple(value) if declared.is_list else (str(value),)


def format_amount(value: int, dataset: Dataset, *, in_full: bool = False) -> str:
    """Return an amount with its currency: `3 bn yuan`."""
    text = format_exact(value) if in_full else format_short(value)
    return add_unit(text, name_unit(dataset.currency))


def format_party(each: Party) -> str:
    """Return a party with its role."""
    return f"{each.name} ({each.role})" if each.role else each.name


def format_fact(each: Fact) -> str:
    """Return the value of a fact, and whether it was inferred."""
    return each.value + (" (inferred)" if each.basis == "inferred" else "")


def format_event(each: Event, dataset: Dataset) -> str:
    """Return an event with its day and its stage."""
    text = f"{each.date} {each.what}".strip()
    return f"{text} [{name_stage(each.stage, dataset)}]" if each.stage else text


def format_need(each: Need) -> str:
    """Return a need with its state."""
    text = f"{each.kind}: {each.what}" if each.what else each.kind
    since = f", since {each.since}" if each.since else ""
    return f"{text} ({each.state}{since})"


def format_note(each: Note) -> str:
    """Return a note with its time and its author."""
    about = [to_minute(each.at) if each.at else str(each.day or ""), each.by]
    return " ".join(filter(None, (*about, each.text.strip("\n"))))


_SPECIAL: Mapping[str, Callable[[Project, Dataset], Items]] = {
    "stage": lambda p, d: (name_stage(p.stage, d),) if p.stage else (),
    "investment_usd": lambda p, _: (
        ()
        if p.investment_usd is None
        else (f"{format_exact(p.investment_usd)} dollars",)
    ),
    "industries": name_industries,
    "parties": lambda p, _: tuple(map(format_party, p.parties)),
    "facts": lambda p, _: tuple(
        f"{each.label}: {format_fact(each)}" for each in p.facts
    ),
    "events": lambda p, d: tuple(format_event(each, d) for each in p.events),
    "needs": lambda p, _: tuple(map(format_need, p.needs)),
    "notes": lambda p, _: tuple(map(format_note, p.notes)),
    "other": lambda p, _: tuple(f"{key}: {value}" for key, value in p.other),
    "faulty": lambda p, _: tuple(f"{key}: {value}" for key, value in p.faulty),
}
