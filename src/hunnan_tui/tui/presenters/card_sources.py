"""The second tab of a card: the sources of a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from hunnan_tui.analysis.field_text import NOT_IN_FILE
from hunnan_tui.analysis.project_text import number_sources
from hunnan_tui.analysis.provenance import Evidence, collect_evidence, group_by_source
from hunnan_tui.analysis.sourcing import describe_sourcing
from hunnan_tui.core.counts import join_names
from hunnan_tui.core.language import _
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.tui.presenters.card_parts import (
    CardPart,
    CardStyles,
    CardSubject,
    build_caveat,
    build_line,
    clean_short_line,
    format_source_numbers,
)

_MAX_FACTS = 6
"""Facts that are named for one source."""


def build_sources_tab(subject: CardSubject, styles: CardStyles) -> Iterator[CardPart]:
    """Yield each source with its number, its details and the facts that it states."""
    project = subject.project
    facts = collect_evidence(project, subject.dataset)
    alone = group_by_source(fact for fact in facts if not fact.is_shared)
    all_numbers = number_sources(project)
    yield build_line(name_briefly(project), styles.title)
    if not all_numbers:
        yield build_line("")
        yield build_line(_("No source is named"), styles.muted)
        return
    if kinds := describe_sourcing(all_numbers, subject.dataset):
        yield build_line(kinds, styles.muted)
    shared = [fact for fact in facts if fact.is_shared and fact.sources]
    size = len(f"[{len(all_numbers)}]")
    if len(project.sources) > 1 and shared:
        numbered = format_source_numbers(project.sources, all_numbers)
        text = _("One or more of {numbers} state: {labels}").format(
            numbers=numbered, labels=_list_labels(shared)
        )
        yield build_line("")
        yield CardPart(Text(clean_short_line(text), styles.muted))
    for name, number in all_numbers.items():
        yield build_line("")
        yield CardPart(
            _format_source(subject, name, styles), f"[{number}]", size, f"source {name}"
        )
        rest = alone.get(name, [])
        if len(project.sources) == 1 and name in project.sources:
            rest = [*shared, *rest]
        if rest:
            yield CardPart(
                Text(
                    _("states: {labels}").format(labels=_list_labels(rest)),
                    styles.muted,
                ),
                "",
                size,
            )
    yield from build_caveat(subject, styles)


def _format_source(subject: CardSubject, name: str, styles: CardStyles) -> Text:
    source = subject.dataset.sources.get(name)
    if source is None:
        return Text(f"{clean_short_line(name)} {_(NOT_IN_FILE)}", styles.warning)
    text = Text(clean_short_line(source.title))
    about = (source.publisher, source.date or _("undated"), name_value(source.kind))
    text.append(
        "\n" + " · ".join(filter(None, map(clean_short_line, about))), styles.muted
    )
    if source.url:
        text.append(f"\n{clean_short_line(source.url)}")
    if archive := source.archive:
        text.append(
            "\n" + _("archived: {archive}").format(archive=clean_short_line(archive))
        )
    if source.note:
        text.append("\n" + clean_short_line(source.note), styles.muted)
    return text


def _list_labels(facts: Sequence[Evidence]) -> str:
    labels = list(dict.fromkeys(map(_name_fact, facts)))
    shown = join_names(labels[:_MAX_FACTS])
    if len(labels) <= _MAX_FACTS:
        return shown
    more = f"{len(labels) - _MAX_FACTS:,}"
    return _("{labels}, {count} more").format(labels=shown, count=more)


def _name_fact(fact: Evidence) -> str:
    label = clean_short_line(fact.label)
    return _("event of {day}").format(day=label) if fact.kind == "event" else label
