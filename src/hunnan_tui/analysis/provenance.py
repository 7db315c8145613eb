"""The evidence for each fact of a project: its sources, quote and basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hunnan_tui.analysis.field_text import (
    INFERRED,
    format_field,
    format_investment,
    format_need,
)
from hunnan_tui.analysis.project_text import number_sources, sort_events
from hunnan_tui.core.computed_values import find_stage_events, is_own_knowledge
from hunnan_tui.core.counts import join_names, join_words
from hunnan_tui.core.fields import BY_KEY, FIELDS, GENERIC
from hunnan_tui.core.filled_fields import ALL, EXPECTED
from hunnan_tui.core.labels import name_industries, name_stage
from hunnan_tui.core.language import _
from hunnan_tui.core.model import (
    USER,
    Dataset,
    Event,
    Fact,
    Party,
    Project,
)
from hunnan_tui.core.money import (
    format_short,
)
from hunnan_tui.core.roles import name_role

STATED, OWN = "stated", "yours"
"""The basis of a fact, besides `INFERRED` and `USER`; OWN is that of annotations."""
_KINDS = {"invest": "investment"}
"""The kinds of facts that are not called as their fields."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact of a project and its evidence; nothing is cleaned."""

    name: str
    """Identifies the fact within its project."""
    label: str
    text: str
    """Its value in words; empty if not stated."""
    basis: str = STATED
    """STATED, INFERRED, USER or OWN; empty where the file does not say."""
    sources: tuple[str, ...] = ()
    """Ids of sources."""
    is_shared: bool = False
    """Whether `sources` are all those of the project, any of which may state it."""
    quote: str = ""
    """The words of the source."""
    shown_by: str = ""
    """The event that shows it."""
    date: str = ""
    stage: str = ""
    """The stage that an event shows."""

    @property
    def kind(self) -> str:
        """Its name without the number: `party`, `event`, `fact`, `stage` and so on."""
        return self.name.partition(" ")[0]


def collect_evidence(
    project: Project, dataset: Dataset, filled: frozenset[str] = ALL
) -> list[Evidence]:
    """Return the facts of a project in the order in which they are shown.

    Args:
        project: The project.
        dataset: What its ids refer to.
        filled: The fields that the dataset fills: one that it never fills is left out.
    """
    facts = [
        _build_stage(project, dataset),
        _build_investment(project, dataset),
        _build_industries(project, dataset),
        *_build_parties(project),
        _build_plain("district", project.district, project),
        _build_plain("place", project.place, project),
        *_build_generic(project, dataset),
        *_build_annotations(project),
        *_build_events(project, dataset),
        *_build_facts(project),
    ]
    unfilled = {_KINDS.get(name, name) for name in EXPECTED - filled}
    return [
        fact for fact in facts if fact.text or fact.quote or fact.kind not in unfilled
    ]


def group_by_source(facts: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    """Return the stated facts by the ids of their sources."""
    facts_by_source: dict[str, list[Evidence]] = {}
    for fact in facts:
        if fact.text:
            for source in fact.sources:
                facts_by_source.setdefault(source, []).append(fact)
    return facts_by_source


def describe_source(name: str, project: Project, dataset: Dataset) -> Evidence:
    """Return a source in the form of a fact: what it alone states."""
    evidence = collect_evidence(project, dataset)
    facts = (fact for fact in evidence if not fact.is_shared)
    labels = dict.fromkeys(fact.label for fact in group_by_source(facts).get(name, ()))
    number = number_sources(project).get(name, 0)
    text = (
        _("States: {labels}").format(labels=join_names(labels))
        if labels
        else _("Named for the project")
    )
    return Evidence(
        f"source {name}",
        _("Source {number}").format(number=number),
        text,
        sources=(name,),
    )


def describe_key(key: str, project: Project) -> Evidence:
    """Return what a project states under a key that is none of the facts above."""
    field = BY_KEY.get(key)
    label = field.label if field else key
    value = dict((*project.other, *project.faulty)).get(key)
    text = value or (str(field.get_stored_value(project) or "") if field else "")
    basis, shared = _find_basis(project, key)
    return Evidence(f"key {key}", label, text, basis, shared, is_shared=True)


def _build_stage(project: Project, dataset: Dataset) -> Evidence:
    name = name_stage(project.stage, dataset)
    if not project.stage:
        return Evidence("stage", _("Stage"), "")
    exactly = find_stage_events(project)
    sources = tuple(dict.fromkeys(event.source for event in exactly if event.source))
    basis, shared = _find_basis(project, "stage")
    return Evidence(
        "stage",
        _("Stage"),
        name,
        basis=basis,
        sources=sources if basis == STATED and sources else shared,
        is_shared=not sources,
        shown_by=exactly[0].what if exactly else "",
        date=project.stage_date,
    )


def _build_investment(project: Project, dataset: Dataset) -> Evidence:
    text = format_investment(project, dataset)
    if text and project.investment_usd is not None:
        text += _(" ({amount} dollars, as stated)").format(
            amount=format_short(project.investment_usd)
        )
    basis, shared = _find_basis(project, "investment")
    return Evidence(
        "investment",
        _("Investment"),
        text,
        basis=basis,
        sources=shared if project.investment is not None else (),
        is_shared=True,
        quote=project.investment_text,
    )


def _build_industries(project: Project, dataset: Dataset) -> Evidence:
    is_stated = project.industries_basis not in (INFERRED, USER)
    return Evidence(
        "industry",
        _("Industry"),
        join_names(name_industries(project, dataset)),
        basis=project.industries_basis,
        sources=project.sources if is_stated and project.industries else (),
        is_shared=True,
    )


def _build_parties(project: Project) -> Iterator[Evidence]:
    basis, shared = _find_basis(project, "parties")
    for index, party in enumerate(project.parties or (Party(""),)):
        yield Evidence(
            f"party {index}",
            name_role(party.role).capitalize()
            or (_("Party") if party.name else _("Parties")),
            party.name,
            basis=basis,
            sources=shared if party.name else (),
            is_shared=True,
        )


def _build_plain(name: str, text: str, project: Project) -> Evidence:
    basis, shared = _find_basis(project, name)
    sources = shared if text else ()
    return Evidence(name, FIELDS[name].label, text, basis, sources, is_shared=True)


def _build_generic(project: Project, dataset: Dataset) -> Iterator[Evidence]:
    """Yield the stated values of the fields that need no code of their own."""
    for field in GENERIC:
        text = join_words(format_field(project, field.key, dataset))
        if text and not field.is_internal:
            basis, shared = _find_basis(project, field.key)
            yield Evidence(field.id, field.label, text, basis, shared, is_shared=True)


def _build_annotations(project: Project) -> Iterator[Evidence]:
    if project.follow_up:
        text = project.follow_up.isoformat()
        yield Evidence("follow-up", _("Follow up"), text, OWN)
    for index, need in enumerate(project.needs):
        yield Evidence(
            f"need {index}",
            _("Need"),
            format_need(need),
            OWN,
            date=need.since,
        )


def _build_events(project: Project, dataset: Dataset) -> Iterator[Evidence]:
    for index, event in enumerate(sort_events(project.events)):
        yield Evidence(
            f"event {index}",
            event.date or _("undated"),
            event.what,
            basis=event.basis or STATED,
            sources=_find_item_sources(event, project),
            is_shared=not event.source,
            date=event.date,
            stage=name_stage(event.stage, dataset),
        )


def _build_facts(project: Project) -> Iterator[Evidence]:
    for index, fact in enumerate(project.facts):
        yield Evidence(
            f"fact {index}",
            fact.label,
            fact.value,
            basis=fact.basis or STATED,
            sources=_find_item_sources(fact, project),
            is_shared=not fact.source,
        )


def _find_basis(project: Project, key: str) -> tuple[str, tuple[str, ...]]:
    """Return the basis of what a key states, and the sources that may state it."""
    return (USER, ()) if is_own_knowledge(project, key) else (STATED, project.sources)


def _find_item_sources(item: Event | Fact, project: Project) -> tuple[str, ...]:
    """Return the sources of an event or a fact; none for what a reader knows."""
    if item.source:
        return (item.source,)
    return () if item.basis == USER else project.sources
