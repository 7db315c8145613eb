"""The commands that count: stats, coverage."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hunnan_tui.analysis.coverage import Coverage, coverage
from hunnan_tui.analysis.pipeline import (
    NONE,
    Step,
    funnel,
    largest,
    matrix,
)
from hunnan_tui.cli import output
from hunnan_tui.cli.output import write
from hunnan_tui.cli.selection import files, masked, tell_problems
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.money import (
    add_unit,
    format_lossless,
    format_short,
    name_unit,
)
from hunnan_tui.export.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Runs,
    Table,
)
from hunnan_tui.export.list_formats import to_json
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage import open_workspace


def stats(args: Namespace) -> int:
    """Print how many projects there are, what they cost, and how far they are."""
    dataset = _read(args)
    index = Index(dataset)
    mask = masked(
        index, args.query, "what is counted stands in the order of the dataset"
    )
    if args.format == "json":
        _print_json(_stats_record(index, mask))
    else:
        about = f": {args.query}" if args.query else ""
        title = f"{dataset.title or dataset.title_zh or 'Projects'}{about}"
        _print(args, Document(title, tuple(_stats_blocks(index, mask))))
    return 0


def cover(args: Namespace) -> int:
    """Print each published total beside what is itemised of it."""
    dataset = _read(args)
    covered = coverage(dataset)
    if args.format == "json":
        _print_json([_coverage_record(each) for each in covered])
    else:
        title = "Published totals and what is itemised of them"
        _print(args, Document(title, tuple(_coverage_blocks(covered, dataset))))
    return 0


def _read(args: Namespace) -> Dataset:
    chosen = files(args)
    dataset, problems = open_workspace.read_dataset(chosen)
    tell_problems(problems, chosen.path)
    return dataset


def _print_json(value: object) -> None:
    output.write_utf8()
    write(to_json(value, ascii=output.on_terminal(), indent=2) + "\n")


def _print(args: Namespace, document: Document) -> None:
    from hunnan_tui.export.formats.markdown import render_markdown
    from hunnan_tui.export.formats.plain_text import render_plain_text

    output.write_utf8()
    for text in (render_markdown if args.format == "md" else render_plain_text)(
        document
    ):
        write(text)


def _stats_blocks(index: Index, mask: int) -> Iterator[Block]:
    money = name_unit(index.dataset.currency) or "Amount"
    steps = funnel(index, mask)
    counts = matrix(index, mask)
    yield Paragraph((_said(steps.all, name_unit(index.dataset.currency)),))
    if not steps.all.projects:
        return
    top = [
        f"the {each.number:,} largest {_percent(each.share)}"
        if each.number > 1
        else f"the largest {_percent(each.share)}"
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
    text = _projects(counts.projects)
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
        told = "" if rate is None else _percent(rate)
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


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + " %"


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


def _coverage_blocks(
    covered: tuple[Coverage, ...], dataset: Dataset
) -> Iterator[Block]:
    if not covered:
        yield Paragraph(("The file has no published totals: no [[announcements]].",))
        return
    told = "They overlap: none is added to another, or to the projects."
    yield Paragraph((told,))
    for each in covered:
        yield Heading(2, (each.announcement.statement,))
        yield Bullets(tuple(_points(each, dataset)))


def _points(each: Coverage, dataset: Dataset) -> Iterator[Runs]:
    said, money = each.announcement, name_unit(dataset.currency)
    about = [said.scope, said.date]
    about += (_source(name, dataset) for name in said.sources)
    yield (", ".join(filter(None, about)) or "No source, scope or date is stated",)
    if said.projects is not None or said.investment is not None:
        yield (f"Announced: {_sum(said.projects, said.investment, money)} (stated)",)
    if each.itemised:
        parts = [_sum(len(each.itemised), each.itemised_investment, money)]
        if (share := each.share_of_projects) is not None:
            parts.append(f"{_percent(share)} by number (computed)")
        if (share := each.share_of_investment) is not None:
            parts.append(f"{_percent(share)} by value (computed)")
        if each.not_stated:
            parts.append(f"{each.not_stated:,} without an amount")
        yield (f"Itemised here: {', '.join(parts)}",)
        names = "; ".join(project.name for project in each.itemised)
        yield (f"Named: {names}",)
    else:
        yield ("Itemised here: none",)
    if each.itemised and each.rest_projects is not None:
        rest = f"Not named: {_sum(each.rest_projects, each.rest_investment, money)}"
        if (average := each.rest_average) is not None:
            rest += f", {format_short(round(average))} each on average"
        yield (f"{rest} (computed)",)
    if each.rate is not None and said.investment_usd is not None:
        dollars = f"{format_lossless(said.investment_usd)} dollars (stated)"
        rate = add_unit(f"{each.rate:.2f}", money)
        yield (f"In dollars: {dollars}, {rate} each (computed)",)
    yield from ((text,) for text in each.assumptions)


def _projects(number: int) -> str:
    return "1 project" if number == 1 else f"{number:,} projects"


def _sum(projects: int | None, amount: int | None, money: str) -> str:
    parts = [_projects(projects) if projects is not None else ""]
    if amount is not None:
        parts.append(add_unit(format_short(amount), money))
    return ", ".join(filter(None, parts))


def _source(name: str, dataset: Dataset) -> str:
    source = dataset.sources.get(name)
    if source is None:
        return name
    return " ".join(filter(None, (source.publisher or source.title, source.url)))


def _coverage_record(each: Coverage) -> dict[str, Any]:
    said = each.announcement
    return {
        "id": said.id,
        "statement": said.statement,
        "date": said.date or None,
        "scope": said.scope or None,
        "sources": list(said.sources),
        "stated": {
            "projects": said.projects,
            "investment": said.investment,
            "investment_usd": said.investment_usd,
        },
        "itemised": {
            "ids": [project.key for project in each.itemised],
            "unknown_ids": list(each.unknown),
            "investment": each.itemised_investment,
            "not_stated": each.not_stated,
        },
        "computed": {
            "share_of_projects": each.share_of_projects,
            "share_of_investment": each.share_of_investment,
            "rest_projects": each.rest_projects,
            "rest_investment": each.rest_investment,
            "rest_average": each.rest_average,
            "rate": each.rate,
        },
        "assumptions": list(each.assumptions),
    }


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "stats": stats,
    "coverage": cover,
}
"""What runs each of them; returns the exit status."""
