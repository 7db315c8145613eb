"""`stats`: counts projects and amounts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hunnan_tui.analysis.field_text import NOT_STATED
from hunnan_tui.analysis.pipeline import (
    NONE,
    FunnelStep,
    Matrix,
    build_funnel,
    build_matrix,
    measure_largest,
)
from hunnan_tui.cli.document_output import print_document, print_json, read_dataset
from hunnan_tui.cli.selection import find_mask
from hunnan_tui.core.counts import format_count, format_line, format_percent, join_words
from hunnan_tui.core.labels import name_dataset
from hunnan_tui.core.language import _
from hunnan_tui.core.money import (
    add_unit,
    format_short,
    name_unit,
)
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.export.documents.model import (
    Document,
    DocumentBlock,
    DocumentTable,
    Paragraph,
    make_figures_table,
)
from hunnan_tui.query.engine.counts import Count
from hunnan_tui.query.engine.field_sums import FieldSum, format_sum
from hunnan_tui.query.engine.index import Index


def print_stats(args: Namespace) -> int:
    """Print how many projects there are, what they cost, and how far they are."""
    index = read_dataset(args).index
    dataset = index.dataset
    mask = find_mask(index, args.query, _("counts are in the order of the dataset"))
    if args.format == "json":
        print_json(_make_record(index, mask))
    else:
        title = name_dataset(dataset) or _("Projects")
        if args.query:
            title = format_line(title, args.query)
        print_document(args, Document(title, tuple(_list_blocks(index, mask))))
    return 0


def _list_blocks(index: Index, mask: int) -> Iterator[DocumentBlock]:
    money = name_unit(index.dataset.currency) or _("Amount")
    filled = index.filled_fields
    has_amounts = "invest" in filled
    steps = build_funnel(index, mask)
    counts = build_matrix(index, mask)
    unit = name_unit(index.dataset.currency)
    yield Paragraph((_format_total(steps.all, unit, has_amounts=has_amounts),))
    if not steps.all.projects:
        return
    top = [
        _("the {number:,} largest {percent}").format(
            number=largest.number, percent=format_percent(largest.share)
        )
        if largest.number > 1
        else _("the largest {percent}").format(percent=format_percent(largest.share))
        for largest in measure_largest(index, mask)
    ]
    if top:
        yield Paragraph((_("Of the stated sum: {top}.").format(top=join_words(top)),))
    cut = None if has_amounts else -2  # the last two columns are of amounts
    if "stage" in filled:
        header = (
            _("Stage"),
            _("Projects"),
            _("Reached"),
            _("Of before"),
            money,
            _("Not stated"),
        )
        rows = _list_funnel_rows(steps.steps, steps.strays)
        yield make_figures_table(header[:cut], [row[:cut] for row in rows])
    figures = (_("Projects"), money, _("Not stated"))[:cut]
    if "industry" in filled:
        yield make_figures_table(
            (_("Industry"), *figures),
            [
                (label, *_format_figures(counts.by_row[name])[:cut])
                for name, label in counts.rows
            ],
        )
    if "stage" in filled and "industry" in filled:
        yield _make_matrix(counts, _("Industry"), _format_number)
        if has_amounts:
            title = _("Industry, {text}").format(text=money if unit else "amount")
            yield _make_matrix(counts, title, _format_sum)
            yield Paragraph((_("A + behind an amount: others state none."),))
    if "industry" in filled and counts.several:
        yield Paragraph(
            (_("A project of several industries is counted under each of them."),)
        )
    if "district" in filled:
        districts = index.count_mask(mask, ("district",)).facets["district"]
        ranked = sorted(
            districts, key=lambda name: (name == NONE, -districts[name].projects, name)
        )
        yield make_figures_table(
            (_("District"), *figures),
            [
                (name or _(NOT_STATED), *_format_figures(districts[name])[:cut])
                for name in ranked
            ],
        )
    if sums := _sum_own_fields(index, mask):
        own_figures = [
            (field_sum.field.name, f"{field_sum.stated:,}", format_sum(field_sum))
            for field_sum in sums
        ]
        yield make_figures_table(
            (_("Field of your own"), _("Projects"), _("Sum")), own_figures
        )


def _make_matrix(
    counts: Matrix, title: str, format_cell: Callable[[Count], str]
) -> DocumentTable:
    """Return a table of industries by stages, with a figure of each cell."""
    return make_figures_table(
        (title, *(label for _, label in counts.columns), _("All")),
        [
            (
                label,
                *(
                    format_cell(counts.get_count(name, column))
                    for column, _ in counts.columns
                ),
                format_cell(counts.by_row[name]),
            )
            for name, label in counts.rows
        ],
    )


def _sum_own_fields(index: Index, mask: int) -> list[FieldSum]:
    """Return the sums of the fields of the user's own that many projects state."""
    names = [own.id for own in index.find_own_fields().get_common()]
    return index.sum_fields(mask, names).get("", [])


def _make_sum_record(field_sum: FieldSum) -> dict[str, Any]:
    total = field_sum.total
    return {
        "field": field_sum.field.id,
        "projects": field_sum.stated,
        "sum": total if isinstance(total, int) else float(total),
        **({"unit": field_sum.unit} if field_sum.unit else {}),
    }


def _format_total(counts: Count, money: str, *, has_amounts: bool) -> str:
    stated = counts.projects - counts.not_stated
    text = format_count(counts.projects, "project")
    if counts.projects and has_amounts:
        text += _(": {stated:,} state an amount").format(stated=stated)
    if counts.stated is not None:
        text += _(", {amount} in all").format(
            amount=add_unit(format_short(counts.stated), money)
        )
    if counts.not_added:
        text = join_words((text, format_not_added(counts.not_added)))
    return _("{sentence}.").format(sentence=text)


def _list_funnel_rows(
    steps: Iterable[FunnelStep], strays: Iterable[FunnelStep]
) -> Iterator[tuple[str, ...]]:
    before: FunnelStep | None = None
    for step in steps:
        rate = step.rate(before) if before else None
        percentage = "" if rate is None else format_percent(rate)
        projects, *more = _format_figures(step.count)
        yield step.label, projects, f"{step.reached:,}", percentage, *more
        before = step
    for step in strays:
        projects, *more = _format_figures(step.count)
        yield step.label, projects, "", "", *more


def _format_figures(counts: Count) -> tuple[str, str, str]:
    """Return the projects, their amount, a dash if none is stated, and those without one."""
    amount = format_short(counts.stated) if counts.stated is not None else "–"
    return f"{counts.projects:,}", amount, f"{counts.not_stated:,}"


def _format_number(counts: Count) -> str:
    return f"{counts.projects:,}" if counts.projects else "–"


def _format_sum(counts: Count) -> str:
    """Return an amount, with a + if projects without one are among them."""
    if counts.stated is None:
        return "–"
    return format_short(counts.stated) + "+" * bool(counts.not_stated)


def _make_record(index: Index, mask: int) -> dict[str, Any]:
    steps, counts = build_funnel(index, mask), build_matrix(index, mask)
    districts = index.count_mask(mask, ("district",)).facets["district"]
    sums = _sum_own_fields(index, mask)
    return {
        "currency": index.dataset.currency or None,
        "all": _count_record(steps.all),
        "largest": [
            {
                "projects": largest.number,
                "investment": largest.investment,
                "share": largest.share,
            }
            for largest in measure_largest(index, mask)
        ],
        "stages": [
            {"stage": step.stage or None, **_count_record(step.count)}
            | ({"reached": step.reached} if step in steps.steps else {})
            for step in (*steps.steps, *steps.strays)
        ],
        "industries": [
            {"industry": name or None, **_count_record(counts.by_row[name])}
            for name, _ in counts.rows
        ],
        "industries_by_stage": [
            {"industry": row or None, "stage": column or None, **_count_record(count)}
            for (row, column), count in counts.cells.items()
        ],
        "districts": [
            {"district": name or None, **_count_record(count)}
            for name, count in districts.items()
        ],
        **({"fields": list(map(_make_sum_record, sums))} if sums else {}),
    }


def _count_record(counts: Count) -> dict[str, int | None]:
    return {
        "projects": counts.projects,
        "investment": counts.stated,
        "not_stated": counts.not_stated,
        "not_added": counts.not_added,
    }
