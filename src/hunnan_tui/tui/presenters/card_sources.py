"""The second tab of a card: the pages that its facts were read on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from hunnan_tui.analysis.project_text import numbers
from hunnan_tui.analysis.provenance import Evidence, evidence, resting_on
from hunnan_tui.tui.presenters.card import (
    Part,
    Styles,
    Subject,
    bare,
    cited,
    heading,
    prose,
    short_line,
)

_SHOWN = 6
"""Facts of one source that are named."""


def sources_tab(subject: Subject, styles: Styles) -> Iterator[Part]:
    """Yield each source with its number, what is known of it, and what rests on it."""
    project = subject.project
    facts = evidence(project, subject.dataset)
    alone = resting_on(fact for fact in facts if not fact.is_shared)
    all_numbers = numbers(project)
    yield bare(project.name, styles.title)
    if not all_numbers:
        yield bare("")
        yield bare("No source is named", styles.muted)
        return
    shared = [fact for fact in facts if fact.is_shared and fact.sources]
    size = len(f"[{len(all_numbers)}]")
    if len(project.sources) > 1 and shared:
        numbered = cited(project.sources, all_numbers)
        text = f"One or more of {numbered} state: {_named(shared)}"
        yield bare("")
        yield Part(Text(short_line(text), styles.muted))
    for name, number in all_numbers.items():
        yield bare("")
        yield Part(
            _source(subject, name, styles), f"[{number}]", size, f"source {name}"
        )
        rest = alone.get(name, [])
        if len(project.sources) == 1 and name in project.sources:
            rest = [*shared, *rest]
        if rest:
            yield Part(Text(f"states: {_named(rest)}", styles.muted), "", size)
    if project.caveat:
        yield heading("Caveat", styles.heading)
        yield Part(prose(project.caveat))


def _source(subject: Subject, name: str, styles: Styles) -> Text:
    source = subject.dataset.sources.get(name)
    if source is None:
        return Text(f"{short_line(name)} (not in the file)", styles.warning)
    text = Text(short_line(source.title))
    about = (source.publisher, source.date or "undated", source.kind)
    text.append("\n" + " · ".join(filter(None, map(short_line, about))), styles.muted)
    if source.url:
        text.append(f"\n{short_line(source.url)}")
    if archive := source.archive:
        text.append(f"\narchived: {short_line(archive)}")
    if source.note:
        text.append("\n" + short_line(source.note), styles.muted)
    return text


def _named(facts: Sequence[Evidence]) -> str:
    labels = list(
        dict.fromkeys(
            "event of " * fact.name.startswith("event") + short_line(fact.label)
            for fact in facts
        )
    )
    more = f", {len(labels) - _SHOWN:,} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more
