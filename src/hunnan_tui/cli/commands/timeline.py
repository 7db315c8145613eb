"""`timeline`: prints what happened to projects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

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
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import (
    Document,
    DocumentBlock,
    DocumentTable,
    Heading,
    Paragraph,
)


def print_timeline(args: Namespace) -> int:
    """Print the events of projects, the latest first."""
    index = read_dataset(args).index
    dataset = index.dataset
    mask = find_mask(index, args.query, "events are in the order of their days")
    timeline = build_timeline(dataset.projects[key] for key in index.list_keys(mask))
    if args.format == "json":
        moments = (*timeline.moments, *timeline.undated)
        print_json(
            {
                "events": [_make_record(moment) for moment in moments],
                "projects_without": timeline.silent,
            }
        )
    else:
        title = make_title("Timeline", args.query)
        blocks = tuple(_list_blocks(timeline, dataset))
        print_document(args, Document(title, blocks))
    return 0


def _list_blocks(timeline: Timeline, dataset: Dataset) -> Iterator[DocumentBlock]:
    if not timeline.moments and not timeline.undated:
        yield Paragraph(("No project has an event.",))
        return
    for year, moments in groupby(timeline.moments, lambda moment: moment.year):
        events = list(moments)
        yield Heading(2, (f"{year}: {format_count(len(events), 'event')}",))
        yield _make_table(events, dataset)
    if timeline.undated:
        count = format_count(len(timeline.undated), "event")
        yield Heading(2, (f"Without a date: {count}",))
        yield _make_table(timeline.undated, dataset)
    if timeline.silent:
        count = format_count(timeline.silent, "project")
        yield Paragraph((f"{count} without an event.",))


def _make_table(moments: Sequence[Moment], dataset: Dataset) -> DocumentTable:
    header = ("Day", "Id", "Project", "Stage", "What")
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
