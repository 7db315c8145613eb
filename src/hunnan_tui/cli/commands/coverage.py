"""`coverage`: prints published totals beside what is itemised of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from hunnan_tui.analysis.coverage import Coverage, measure_coverage
from hunnan_tui.cli.document_output import print_document, print_json, read_dataset
from hunnan_tui.core.counts import format_percent, format_sum, join_words
from hunnan_tui.core.labels import format_measure
from hunnan_tui.core.language import _
from hunnan_tui.core.model import TOTAL, Dataset
from hunnan_tui.core.money import (
    add_unit,
    format_lossless,
    format_short,
    name_unit,
)
from hunnan_tui.core.names import name_project
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentBlock,
    Heading,
    Paragraph,
    Runs,
)


def print_coverage(args: Namespace) -> int:
    """Print each published total beside what is itemised of it."""
    dataset = read_dataset(args).dataset
    covered = measure_coverage(dataset)
    if args.format == "json":
        print_json([_make_record(coverage) for coverage in covered])
    else:
        title = _("Published totals and what is itemised of them")
        print_document(args, Document(title, tuple(_list_blocks(covered, dataset))))
    return 0


def _list_blocks(
    covered: tuple[Coverage, ...], dataset: Dataset
) -> Iterator[DocumentBlock]:
    if not covered:
        yield Paragraph((_("The file has no published totals: no [[announcements]]."),))
        return
    note = _("They overlap: none is added to another, or to the projects.")
    yield Paragraph((note,))
    for coverage in covered:
        yield Heading(2, (coverage.announcement.statement,))
        yield Bullets(tuple(_list_points(coverage, dataset)))


def _list_points(coverage: Coverage, dataset: Dataset) -> Iterator[Runs]:
    announcement, money = coverage.announcement, name_unit(dataset.currency)
    context = [announcement.scope, announcement.date]
    context += (_name_source(name, dataset) for name in announcement.sources)
    yield (
        join_words(filter(None, context)) or _("No source, scope or date is stated"),
    )
    if announcement.projects is not None or announcement.investment is not None:
        figures = format_sum(announcement.projects, announcement.investment, money)
        if announcement.investment is not None:
            figures += format_measure(announcement.measure)
        yield (_("Announced: {figures} (stated)").format(figures=figures),)
    if coverage.itemised:
        parts = [
            format_sum(len(coverage.itemised), coverage.itemised_investment, money)
        ]
        if (share := coverage.share_of_projects) is not None:
            parts.append(
                _("{percent} by number (computed)").format(
                    percent=format_percent(share)
                )
            )
        if (share := coverage.share_of_investment) is not None:
            parts.append(
                _("{percent} by value (computed)").format(percent=format_percent(share))
            )
        if coverage.not_added:
            parts.append(format_not_added(len(coverage.not_added)))
        if coverage.not_stated:
            parts.append(
                _("{not_stated:,} without an amount").format(
                    not_stated=coverage.not_stated
                )
            )
        yield (_("Itemised here: {parts}").format(parts=join_words(parts)),)
        names = _("; ").join(map(name_project, coverage.itemised))
        yield (_("Named: {names}").format(names=names),)
    else:
        yield (_("Itemised here: none"),)
    if coverage.itemised and coverage.rest_projects is not None:
        rest = _("Not named: {sum}").format(
            sum=format_sum(coverage.rest_projects, coverage.rest_investment, money)
        )
        if (average := coverage.rest_average) is not None:
            rest += _(", {amount} each on average").format(
                amount=format_short(round(average))
            )
        yield (_("{rest} (computed)").format(rest=rest),)
    if coverage.rate is not None and announcement.investment_usd is not None:
        dollars = _("{amount} dollars (stated)").format(
            amount=format_lossless(announcement.investment_usd)
        )
        rate = add_unit(f"{coverage.rate:.2f}", money)
        yield (
            _("In dollars: {dollars}, {rate} each (computed)").format(
                dollars=dollars, rate=rate
            ),
        )
    yield from ((text,) for text in coverage.assumptions)
    if announcement.caveat:
        yield (_("Caveat: {caveat}").format(caveat=announcement.caveat),)


def _name_source(name: str, dataset: Dataset) -> str:
    source = dataset.sources.get(name)
    if source is None:
        return name
    return " ".join(filter(None, (source.publisher or source.title, source.url)))


def _make_record(coverage: Coverage) -> dict[str, Any]:
    announcement = coverage.announcement
    return {
        "id": announcement.id,
        "statement": announcement.statement,
        "date": announcement.date or None,
        "scope": announcement.scope or None,
        "sources": list(announcement.sources),
        "caveat": announcement.caveat or None,
        "stated": {
            "projects": announcement.projects,
            "investment": announcement.investment,
            "investment_usd": announcement.investment_usd,
            "measure": announcement.measure or TOTAL,
        },
        "itemised": {
            "ids": [project.key for project in coverage.itemised],
            "unknown_ids": list(coverage.unknown),
            "whole_ids": [project.key for project in coverage.wholes],
            "investment": coverage.itemised_investment,
            "not_stated": coverage.not_stated,
            "not_added": len(coverage.not_added),
        },
        "computed": {
            "share_of_projects": coverage.share_of_projects,
            "share_of_investment": coverage.share_of_investment,
            "rest_projects": coverage.rest_projects,
            "rest_investment": coverage.rest_investment,
            "rest_average": coverage.rest_average,
            "rate": coverage.rate,
        },
        "assumptions": list(coverage.assumptions),
    }
