"""`timeline`: prints what happened to projects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from hunnan_tui.analysis.amounts_over_time import Growth, build_growths
from hunnan_tui.analysis.field_text import format_basis
from hunnan_tui.analysis.timeline import Moment, Timeline, build_timeline
from hunnan_tui.cli.document_output import (
    make_table,
    make_title,
    print_document,
    print_json,
    read_dataset,
)
from hunnan_tui.cli.selection import find_mask
from hunnan_tui.core.counts import format_count, format_line
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.money import format_short, name_unit
from hunnan_tui.core.parts import find_repeated
from hunnan_tui.export.documents.model import (
    Document,
    DocumentBlock,
    DocumentTable,
    Heading,
    Paragraph,
    make_figures_table,
)


def print_timeline(args: Namespace) -> int:
    """Print the events of projects, the latest first."""
    index = read_dataset(args).index
    dataset = index.dataset
    mask = find_mask(index, args.query, _("events are in the order of their days"))
    projects = [dataset.projects[key] for key in index.list_keys(mask)]
    timeline = build_timeline(projects)
    not_added = find_repeated(projects, dataset.projects)
    growths = build_growths(projects, dataset, not_added)
    if args.format == "json":
        moments = (*timeline.moments, *timeline.undated)
        print_json(
            {
                "events": [_make_record(moment) for moment in moments],
                "projects_without": timeline.silent,
                "amounts": [_make_growth_record(growth) for growth in growths],
            }
        )
    else:
        title = make_title(_("Timeline"), args.query)
        blocks = (
            *_list_blocks(timeline, dataset),
            *_list_amounts(growths, name_unit(dataset.currency)),
        )
        print_document(args, Document(title, blocks))
    return 0


def _list_blocks(timeline: Timeline, dataset: Dataset) -> Iterator[DocumentBlock]:
    if not timeline.moments and not timeline.undated:
        yield Paragraph((_("No project has an event."),))
        return
    for year, moments in groupby(timeline.moments, lambda moment: moment.year):
        events = list(moments)
        yield Heading(2, (format_line(year, format_count(len(events), "event")),))
        yield _make_table(events, dataset)
    if timeline.undated:
        count = format_count(len(timeline.undated), "event")
        title = _("Without a date: {events}").format(events=count)
        yield Heading(2, (title,))
        yield _make_table(timeline.undated, dataset)
    if timeline.silent:
        count = format_count(timeline.silent, "project")
        silent = _("{projects} without an event.").format(projects=count)
        yield Paragraph((silent,))


def _list_amounts(growths: Sequence[Growth], unit: str) -> Iterator[DocumentBlock]:
    """Yield what had reached each stage by the end of each year in which a sum grew."""
    if not growths:
        return
    title = _("Stated amounts at a stage or later, by the end of a year")
    yield Heading(2, (title,))
    years = sorted({day.year for growth in growths for day, _total in growth.steps})
    yield make_figures_table(
        (
            _("Year, {unit}").format(unit=unit) if unit else _("Year"),
            *(growth.label for growth in growths),
        ),
        (
            (f"{year}", *(_format_sum(growth, year) for growth in growths))
            for year in years
        ),
    )
    for growth in growths:
        if growth.undated:
            count = format_count(growth.undated, "project")
            text = _("{stage}: {projects} without a day.")
            yield Paragraph((text.format(stage=growth.label, projects=count),))


def _format_sum(growth: Growth, year: int) -> str:
    sums = [total for day, total in growth.steps if day.year <= year]
    return format_short(sums[-1]) if sums else "–"


def _make_table(moments: Sequence[Moment], dataset: Dataset) -> DocumentTable:
    header = (_("Day"), _("Id"), _("Project"), _("Stage"), _("What"))
    rows = (
        (
            moment.event.date,
            moment.key,
            moment.name or moment.key,
            name_stage(moment.event.stage, dataset) if moment.event.stage else "",
            moment.event.what + format_basis(moment.event.basis),
        )
        for moment in moments
    )
    return make_table(header, rows)


def _make_growth_record(growth: Growth) -> dict[str, Any]:
    return {
        "stage": growth.stage,
        "steps": [
            {"date": str(day), "investment": total} for day, total in growth.steps
        ],
        "projects_without_day": growth.undated,
    }


def _make_record(moment: Moment) -> dict[str, Any]:
    event = moment.event
    return {
        "date": event.date or None,
        "id": moment.key,
        "name": moment.name,
        "what": event.what,
        "stage": event.stage or None,
        "source": event.source or None,
    }
