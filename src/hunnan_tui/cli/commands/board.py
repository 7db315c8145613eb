"""`board`: prints the projects of each stage."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from hunnan_tui.analysis.field_text import NOT_STATED, format_investment
from hunnan_tui.analysis.pipeline import FunnelStep, build_funnel
from hunnan_tui.cli.document_output import (
    get_name,
    make_table,
    make_title,
    name_project,
    print_document,
    print_json,
    read_dataset,
)
from hunnan_tui.cli.selection import find_mask
from hunnan_tui.core.counts import format_count, format_line, join_words
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.export.documents.model import (
    Document,
    DocumentBlock,
    Heading,
    Paragraph,
)
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.engine.sorting import BY_INVESTMENT


def print_board(args: Namespace) -> int:
    """Print the projects of each stage, the largest first."""
    index = read_dataset(args).index
    why = _("each stage is in the order of investments")
    mask = find_mask(index, args.query, why)
    stages = list(_list_stages(index, mask))
    if args.format == "json":
        print_json([_make_record(step, projects) for step, projects in stages])
    else:
        title = make_title(_("Board"), args.query)
        blocks = tuple(_list_blocks(index, stages))
        print_document(args, Document(title, blocks))
    return 0


def _list_stages(index: Index, mask: int) -> Iterator[tuple[FunnelStep, list[Project]]]:
    """Yield each stage with its projects."""
    counts = build_funnel(index, mask)
    for step in (*counts.steps, *counts.strays):
        here = mask & index.select_values("stage", [step.stage])
        keys = index.list_keys(here, BY_INVESTMENT) if here else ()
        yield step, [index.dataset.projects[key] for key in keys]


def _list_blocks(
    index: Index, stages: list[tuple[FunnelStep, list[Project]]]
) -> Iterator[DocumentBlock]:
    dataset, has_amounts = index.dataset, "invest" in index.filled_fields
    if "stage" not in index.filled_fields:
        yield Paragraph((_("No project of this dataset has a stage."),))
        return
    header = (_("Id"), _("Project"), _("Investment"))[: 3 if has_amounts else 2]
    for step, projects in stages:
        count = step.count
        about = _("none")
        if count.projects:
            about = format_count(count.projects, "project")
        if count.stated is not None:
            amount = add_unit(format_short(count.stated), name_unit(dataset.currency))
            about = join_words((about, amount))
        if count.not_stated and has_amounts:
            about = _("{projects}, {count:,} not stated").format(
                projects=about, count=count.not_stated
            )
        yield Heading(2, (format_line(step.label, about),))
        rows = (
            (
                project.key,
                name_project(project),
                format_investment(project, dataset) or _(NOT_STATED),
            )[: len(header)]
            for project in projects
        )
        if projects:
            yield make_table(header, rows)


def _make_record(step: FunnelStep, projects: list[Project]) -> dict[str, Any]:
    return {
        "stage": step.stage or None,
        "name": step.label,
        "investment": step.count.stated,
        "not_stated": step.count.not_stated,
        "projects": [
            {
                "id": project.key,
                "name": get_name(project),
                "investment": project.amount,
            }
            for project in projects
        ],
    }
