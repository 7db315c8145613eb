"""One project in a document: each figure with its sources, what is missing named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hunnan_tui.analysis.project_text import NOT_STATED, newest_first
from hunnan_tui.analysis.provenance import (
    INFERRED,
    OWN,
    Evidence,
    evidence,
    need_text,
)
from hunnan_tui.core.dates import to_minute
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import (
    add_unit,
    format_exact,
    format_short,
    name_unit,
)
from hunnan_tui.export.documents.model import (
    Block,
    Bullets,
    Paragraph,
    Quote,
    Runs,
)
from hunnan_tui.export.sanitize import lines

Refs = Callable[[Iterable[str]], Runs]
"""Takes ids of sources and gives what stands behind what they state."""


def money(amount: int, unit: str) -> str:
    """Return an amount in full, and short where that is shorter."""
    about = (
        f" ({format_short(amount)})"
        if format_short(amount) != format_exact(amount)
        else ""
    )
    return add_unit(format_exact(amount), unit) + about


def profile(
    project: Project, dataset: Dataset, refs: Refs, *, own: bool
) -> Iterator[Block]:
    """Yield all that is known of a project, without its name.

    Args:
        project: The project.
        dataset: What names its stage and industries.
        refs: Numbers the sources.
        own: Whether the reader's tags, needs and notes are included.
    """
    if project.summary:
        yield Paragraph((project.summary, *refs(project.sources)))
    facts = [each for each in evidence(project, dataset) if each.basis != OWN]
    told = [_told(each, project, dataset, refs) for each in facts if _is_told(each)]
    missing = [each.label.casefold() for each in facts if not _is_told(each)]
    if missing:
        told.append((f"Not stated: {', '.join(missing)}",))
    told.append(("Sources of all of this:", *refs(project.sources)))
    yield Bullets(tuple(told))
    if project.caveat:
        yield Paragraph((f"Caveat: {project.caveat}",))
    if own:
        yield from _own(project)


def _is_told(fact: Evidence) -> bool:
    """Return whether a fact has a line of its own: those that matter always do."""
    return bool(fact.text) or fact.name in ("stage", "investment")


def _told(fact: Evidence, project: Project, dataset: Dataset, refs: Refs) -> Runs:
    if not fact.text and fact.name in ("stage", "investment"):
        return (f"{fact.label}: {NOT_STATED}",)
    text = f"{fact.label}: {fact.text}"
    if fact.name == "investment":
        text = f"{fact.label}: {_investment(project, dataset)}"
    elif fact.name == "stage" and fact.date:
        text += f", {fact.date}"
    elif fact.stage:
        text += f" [{fact.stage}]"
    if fact.basis == INFERRED:
        text += " (inferred)"
    # who and where stand without a figure: the line of all sources is enough
    is_figure = not fact.name.startswith(("industry", "party ", "district", "place"))
    return (text, *refs(fact.sources)) if is_figure else (text,)


def _investment(project: Project, dataset: Dataset) -> str:
    text = money(project.investment or 0, name_unit(dataset.currency))
    if project.investment_qualifier:
        text = f"{project.investment_qualifier} {text}"
    if project.investment_usd is not None:
        text += f"; {money(project.investment_usd, 'dollars')}, as stated"
    if project.investment_text:
        text += f" “{project.investment_text}”"
    return text


def _own(project: Project) -> Iterator[Block]:
    told: list[Runs] = []
    if project.tags:
        told.append((f"Tags: {', '.join(project.tags)}",))
    if project.follow_up:
        told.append((f"Follow up: {project.follow_up}",))
    told += [(f"Need: {need_text(need)}",) for need in project.needs]
    if told:
        yield Bullets(tuple(told))
    for note in newest_first(project.notes):
        at = to_minute(note.at) if note.at else note.day or "undated"
        yield Paragraph((f"Own note, {at}{f', {note.by}' if note.by else ''}:",))
        yield Quote(lines(note.text))
