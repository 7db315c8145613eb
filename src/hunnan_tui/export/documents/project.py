"""A project in a document: each figure with its sources, and what is not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hunnan_tui.analysis.field_text import (
    NOT_STATED,
    format_basis,
    format_need,
    format_note_time,
)
from hunnan_tui.analysis.project_text import sort_notes
from hunnan_tui.analysis.provenance import (
    OWN,
    Evidence,
    collect_evidence,
)
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.dates import format_day
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.labels import name_project_unit
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import (
    add_unit,
    format_exact,
    format_short,
)
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.export.documents.model import (
    Bullets,
    DocumentBlock,
    Paragraph,
    Quote,
    Runs,
)
from hunnan_tui.export.sanitize import clean_lines

Cite = Callable[[Iterable[str]], Runs]
"""Takes ids of sources and returns the references to put after a statement."""


def format_amount_in_full(amount: int, unit: str) -> str:
    """Return an amount with all its digits, and its short form if that differs."""
    exact, short = format_exact(amount), format_short(amount)
    if is_chinese():
        return add_unit(short, unit)
    about = f" ({short})" if short != exact else ""
    return add_unit(exact, unit) + about


def describe_project(
    project: Project,
    dataset: Dataset,
    cite: Cite,
    filled: frozenset[str] = ALL,
    *,
    own: bool,
) -> Iterator[DocumentBlock]:
    """Yield everything known of a project but its name.

    Args:
        project: The project.
        dataset: What names its stage and industries.
        cite: Numbers the sources.
        filled: The fields that the dataset fills: one that it never fills is not told.
        own: Whether the reader's tags, needs and notes are included.
    """
    if project.summary:
        yield Paragraph((project.summary, *cite(project.sources)))
    evidence = collect_evidence(project, dataset, filled)
    facts = [fact for fact in evidence if fact.basis != OWN]
    points: list[Runs] = [
        _describe_fact(fact, project, dataset, cite)
        for fact in facts
        if _is_listed(fact)
    ]
    missing = [fact.label.casefold() for fact in facts if not _is_listed(fact)]
    if missing:
        points.append((_("Not stated: {missing}").format(missing=join_names(missing)),))
    if project.sources:
        points.append((_("Sources of all of this:"), *cite(project.sources)))
    elif "source" in filled:
        points.append((_("No source is named for the project as a whole"),))
    if points:
        yield Bullets(tuple(points))
    if project.caveat:
        yield Paragraph((_("Caveat: {caveat}").format(caveat=project.caveat),))
    if own:
        yield from _describe_annotations(project)


def _is_listed(fact: Evidence) -> bool:
    """Return whether a fact has a line of its own; stage and investment always do."""
    return bool(fact.text) or fact.name in ("stage", "investment")


def _describe_fact(
    fact: Evidence, project: Project, dataset: Dataset, cite: Cite
) -> Runs:
    if not fact.text and fact.name in ("stage", "investment"):
        return (_("{label}: {value}").format(label=fact.label, value=_(NOT_STATED)),)
    text = _("{label}: {value}").format(label=fact.label, value=fact.text)
    if fact.name == "investment":
        text = _("{label}: {value}").format(
            label=fact.label, value=_describe_investment(project, dataset)
        )
    elif fact.name == "stage" and fact.date:
        text += _(", as of {date}").format(date=format_day(fact.date))
    elif fact.stage:
        text += f" [{fact.stage}]"
    text += format_basis(fact.basis)
    # who and where stand without a figure: the line of all sources is enough
    is_figure = fact.kind not in ("industry", "party", "district", "place")
    return (text, *cite(fact.sources)) if is_figure else (text,)


def _describe_investment(project: Project, dataset: Dataset) -> str:
    unit = name_project_unit(project, dataset)
    text = format_amount_in_full(project.investment or 0, unit)
    if project.investment_qualifier:
        text = _("{qualifier} {amount}").format(
            qualifier=name_value(project.investment_qualifier), amount=text
        )
    if project.investment_usd is not None:
        text += _("; {amount}, as stated").format(
            amount=format_amount_in_full(project.investment_usd, _("dollars"))
        )
    if project.investment_text:
        text += _(" “{text}”").format(text=project.investment_text)
    return text


def _describe_annotations(project: Project) -> Iterator[DocumentBlock]:
    points: list[Runs] = []
    if project.tags:
        points.append((_("Tags: {tags}").format(tags=join_names(project.tags)),))
    if project.follow_up:
        points.append(
            (_("Follow up: {follow_up}").format(follow_up=project.follow_up),)
        )
    points += [
        (_("Need: {need}").format(need=format_need(need)),) for need in project.needs
    ]
    if points:
        yield Bullets(tuple(points))
    for note in sort_notes(project.notes):
        by = f", {note.by}" if note.by else ""
        yield Paragraph(
            (_("Own note, {time}{by}:").format(time=format_note_time(note), by=by),)
        )
        yield Quote(clean_lines(note.text))
