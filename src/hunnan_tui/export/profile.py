"""One project in a document: each figure with its sources, what is missing named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hunnan_tui.amounts import exact, short, unit
from hunnan_tui.export.clean import lines
from hunnan_tui.export.document import Block, Bullets, Paragraph, Quote, Runs
from hunnan_tui.model import Dataset, Event, Project
from hunnan_tui.prose import NOT_STATED, named, newest_first

Refs = Callable[[Iterable[str]], Runs]
"""Takes ids of sources and gives what stands behind what they state."""


def both_names(project: Project) -> str:
    """Return a project's names, the Chinese one behind the other."""
    names = dict.fromkeys((project.name, project.name_zh))
    return " ".join(filter(None, names)) or project.key


def money(amount: int, unit: str) -> str:
    """Return an amount in full, and short where that is shorter."""
    about = f" ({short(amount)})" if short(amount) != exact(amount) else ""
    return f"{exact(amount)} {unit}{about}"


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
    yield Bullets(tuple(_facts(project, dataset, refs)))
    if project.caveat:
        yield Paragraph((f"Caveat: {project.caveat}",))
    if own:
        yield from _own(project)


def _facts(project: Project, dataset: Dataset, refs: Refs) -> Iterator[Runs]:
    behind = refs(project.sources)
    yield _stage(project, dataset, refs)
    yield _investment(project, dataset, behind)
    industries = ", ".join(named(i, dataset.industries) for i in project.industries)
    is_inferred = project.industries_basis == "inferred"
    parties = (f"{p.name} ({p.role})" if p.role else p.name for p in project.parties)
    fields = {
        "Industry": industries + " (inferred)" * bool(industries and is_inferred),
        "Parties": "; ".join(parties),
        "District": project.district,
        "Place": project.place,
    }
    for label, text in fields.items():
        if text:
            told = not is_inferred or label != "Industry"
            yield (f"{label}: {text}", *(behind if told else ()))
    missing = [label.casefold() for label, text in fields.items() if not text]
    if missing:
        yield (f"Not stated: {', '.join(missing)}",)
    for event in sorted(project.events, key=lambda event: event.date or "9999"):
        yield (_event(event, dataset), *refs([event.source]))
    for fact in project.facts:
        basis = " (inferred)" if fact.basis == "inferred" else ""
        yield (f"{fact.label}: {fact.value}{basis}", *refs([fact.source]))


def _stage(project: Project, dataset: Dataset, refs: Refs) -> Runs:
    if not project.stage:
        return (f"Stage: {NOT_STATED}",)
    told = [event.source for event in project.events if event.stage == project.stage]
    text = f"Stage: {named(project.stage, dataset.stages)}"
    if project.stage_date:
        text += f", {project.stage_date}"
    return (text, *refs(filter(None, told) if any(told) else project.sources))


def _investment(project: Project, dataset: Dataset, behind: Runs) -> Runs:
    if project.investment is None:
        return (f"Investment: {NOT_STATED}",)
    text = money(project.investment, unit(dataset.currency))
    if project.investment_qualifier:
        text = f"{project.investment_qualifier} {text}"
    if project.investment_usd is not None:
        text += f"; {money(project.investment_usd, 'dollars')}, as stated"
    if project.investment_text:
        text += f" “{project.investment_text}”"
    return (f"Investment: {text}", *behind)


def _event(event: Event, dataset: Dataset) -> str:
    stage = f" [{named(event.stage, dataset.stages)}]" if event.stage else ""
    return f"{event.date or 'Undated'}: {event.what}{stage}"


def _own(project: Project) -> Iterator[Block]:
    told: list[Runs] = []
    if project.tags:
        told.append((f"Tags: {', '.join(project.tags)}",))
    if project.follow_up:
        told.append((f"Follow up: {project.follow_up}",))
    for need in project.needs:
        what = f"{need.kind}: {need.what}" if need.what else need.kind
        since = f", since {need.since}" if need.since else ""
        told.append((f"Need: {what} ({need.state}{since})",))
    if told:
        yield Bullets(tuple(told))
    for note in newest_first(project.notes):
        at = f"{note.at:%Y-%m-%d %H:%M}" if note.at else "undated"
        yield Paragraph((f"Own note, {at}{f', {note.by}' if note.by else ''}:",))
        yield Quote(lines(note.text))
