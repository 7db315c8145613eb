"""`stats`: counts projects and amounts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import Any

from hunnan_tui.analysis.pipeline import (
    NONE,
    Step,
    funnel,
    largest,
    matrix,
)
from hunnan_tui.cli.document_output import (
    count_projects,
    format_percent,
    print_document,
    print_json,
    read_dataset,
)
from hunnan_tui.cli.selection import find_mask
from hunnan_tui.core.money import (
    add_unit,
    format_short,
    name_unit,
)
from hunnan_tui.export.documents.model import (
    Block,
    Document,
    Paragraph,
    Table,
)
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index


def print_stats(args: Namespace) -> int:
    """Print how many projects there are, what they cost, and how far they are."""
    dataset = read_dataset(args)
    index = Index(dataset)
    mask = find_mask(
        index, args.query, "what is counted stands in the order of the dataset"
    )
    if args.format == "json":
        print_json(_stats_record(index, mask))
    else:
        about = f": {args.query}" if args.query else ""
        title = f"{dataset.title or dataset.title_zh or 'Projects'}{about}"
        print_document(args, Document(title, tuple(_stats_blocks(index, mask))))
    return 0


def _stats_blocks(index: Index, mask: int) -> Iterator[Block]:
    money = name_unit(index.dataset.currency) or "Amount"
    steps = funnel(index, mask)
    counts = matrix(index, mask)
    yield Paragraph((_said(steps.all, name_unit(index.dataset.currency)),))
    if not steps.all.projects:
        return
    top = [
        f"the {each.number:,} largest {format_percent(each.share)}"
        if each.number > 1
        else f"the largest {format_percent(each.share)}"
        for each in largest(index, mask)
    ]
    if top:
        yield Paragraph((f"Of the stated sum: {', '.join(top)}.",))
    yield _table(
        ("Stage", "Projects", "Reached", "Of before", money, "Not stated"),
        _funnel_rows(steps.steps, steps.strays),
    )
    yield _table(
        ("Industry", "Projects", money, "Not stated"),
        [(label, *_figures(counts.by_row[name])) for name, label in counts.rows],
    )
    yield _table(
        ("Industry", *(label for _, label in counts.columns), "All"),
        [
            (
                label,
                *(_number(counts.cell(name, each)) for each, _ in counts.columns),
                _number(counts.by_row[name]),
            )
            for name, label in counts.rows
        ],
    )
    if counts.several:
        yield Paragraph(
            ("A project of several industries is counted under each of them.",)
        )
    places = index.counted(mask, ("district",)).facets["district"]
    ranked = sorted(
        places, key=lambda name: (name == NONE, -places[name].projects, name)
    )
    rows = [(name or "not stated", *_figures(places[name])) for name in ranked]
    yield _table(("District", "Projects", money, "Not stated"), rows)


def _said(counts: Count, money: str) -> str:
    stated = counts.projects - counts.not_stated
    text = count_projects(counts.projects)
    if counts.projects:
        text += f": {stated:,} state an amount"
    if counts.stated is not None:
        text += f", {add_unit(format_short(counts.stated), money)} in all"
    return f"{text}."


def _funnel_rows(
    steps: Iterable[Step], strays: Iterable[Step]
) -> Iterator[tuple[str, ...]]:
    before: Step | None = None
    for step in steps:
        rate = step.rate(before) if before else None
        told = "" if rate is None else format_percent(rate)
        projects, *more = _figures(step.count)
        yield step.label, projects, f"{step.reached:,}", told, *more
        before = step
    for step in strays:
        projects, *more = _figures(step.count)
        yield step.label, projects, "", "", *more


def _figures(counts: Count) -> tuple[str, str, str]:
    """Return projects, amount and those without one; a dash where nothing is stated."""
    amount = format_short(counts.stated) if counts.stated is not None else "–"
    return f"{counts.projects:,}", amount, f"{counts.not_stated:,}"


def _number(counts: Count) -> str:
    return f"{counts.projects:,}" if counts.projects else "–"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """Return a table with names in the first column and figures in the others."""
    cells = tuple(tuple((cell,) for cell in row) for row in rows)
    return Table(head, cells, frozenset(range(1, len(head))))


def _stats_record(index: Index, mask: int) -> dict[str, Any]:
    steps, counts = funnel(index, mask), matrix(index, mask)
    places = index.counted(mask, ("district",)).facets["district"]
    return {
        "currency": index.dataset.currency or None,
        "all": _count_record(steps.all),
        "largest": [
            {
                "projects": each.number,
                "investment": each.investment,
                "share": each.share,
            }
            for each in largest(index, mask)
        ],
        "stages": [
            {"stage": each.stage or None, **_count_record(each.count)}
            | ({"reached": each.reached} if each in steps.steps else {})
            for each in (*steps.steps, *steps.strays)
        ],
        "industries": [
            {"industry": name or None, **_count_record(counts.by_row[name])}
            for name, _ in counts.rows
        ],
        "industries_by_stage": [
            {"industry": row or None, "stage": column or None, **_count_record(found)}
            for (row, column), found in counts.cells.items()
        ],
        "districts": [
            {"district": name or None, **_count_record(found)}
            for name, found in places.items()
        ],
    }


def _count_record(counts: Count) -> dict[str, int | None]:
    return {
        "projects": counts.projects,
        "investment": counts.stated,
        "not_stated": counts.not_stated,
    }
