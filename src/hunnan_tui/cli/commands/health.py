"""`health`: prints what projects lack."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from hunnan_tui.analysis.data_quality import Health, Tally, measure_health
from hunnan_tui.cli.document_output import (
    make_table,
    make_title,
    name_project,
    print_document,
    print_json,
    read_dataset,
)
from hunnan_tui.cli.selection import find_mask
from hunnan_tui.core.counts import format_count, format_percent, join_names
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import (
    Document,
    DocumentBlock,
    DocumentTable,
    Heading,
    Paragraph,
    make_figures_table,
)


def print_health(args: Namespace) -> int:
    """Print how complete, how recent and how well sourced projects are."""
    index = read_dataset(args).index
    dataset = index.dataset
    why = _("those that state least come first")
    mask = find_mask(index, args.query, why)
    today = date.today()  # noqa: DTZ011 - the reader's day
    health = measure_health(index, mask, today)
    if args.format == "json":
        print_json(_make_record(health))
    else:
        title = make_title(_("Data health"), args.query)
        blocks = tuple(_list_blocks(health, dataset))
        print_document(args, Document(title, blocks))
    return 0


def _list_blocks(health: Health, dataset: Dataset) -> Iterator[DocumentBlock]:
    about = format_count(health.projects, "project")
    if health.projects and health.fields:
        about = _("{projects}, {share} of {count} fields stated").format(
            projects=about,
            share=format_percent(health.share),
            count=len(health.fields),
        )
    yield Paragraph((_("{sentence}.").format(sentence=about),))
    if not health.projects:
        return
    if health.missing:
        yield _make_table(_("Not stated"), health.missing, health.projects)
    if health.unfilled:
        text = _("Stated by no project of the file: {fields}.")
        yield Paragraph((text.format(fields=join_names(health.unfilled)),))
    yield _make_table(_("Nothing heard for"), health.silent, health.projects)
    yield _make_table(_("Sources"), health.sourcing, health.projects)
    if health.unknown_sources:
        header = _("Source that the file does not describe")
        yield _make_table(header, health.unknown_sources, health.projects)
    if health.fields:
        stated = _("Fields stated, of {count}")
        levels = reversed(list(enumerate(health.complete)))
        yield make_figures_table(
            (stated.format(count=len(health.fields)), _("Projects")),
            ((f"{number}", f"{count:,}") for number, count in levels if count),
        )
    if health.poorest:
        yield Heading(2, (_("What those lack that state least"),))
        rows = (
            (key, name_project(dataset.projects[key]), join_names(lacks))
            for key, lacks in health.poorest
        )
        yield make_table((_("Id"), _("Project"), _("Lacks")), rows)


def _make_table(header: str, tallies: Iterable[Tally], total: int) -> DocumentTable:
    rows = (
        (tally.label, f"{tally.projects:,}", format_percent(tally.projects / total))
        for tally in tallies
    )
    return make_figures_table((header, _("Projects"), _("Share")), rows)


def _make_record(health: Health) -> dict[str, Any]:
    return {
        "projects": health.projects,
        "share_stated": health.share if health.projects else None,
        "fields": list(health.fields),
        "unfilled": list(health.unfilled),
        "missing": _list_tallies(health.missing),
        "silent": _list_tallies(health.silent),
        "sourcing": _list_tallies(health.sourcing),
        "unknown_sources": _list_tallies(health.unknown_sources),
        "projects_by_fields_stated": list(health.complete),
        "poorest": [{"id": key, "lacks": list(lacks)} for key, lacks in health.poorest],
    }


def _list_tallies(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    return [
        {"label": tally.label, "query": tally.query, "projects": tally.projects}
        for tally in tallies
    ]
