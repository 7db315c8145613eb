"""`list`: prints projects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import OpenDataset, open_dataset
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    ARRANGEMENT,
    Listing,
    find_projects,
    locate_files,
    report_problems,
)
from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.counts import join_words
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.money import add_unit, format_short, name_unit
from hunnan_tui.core.parts import format_not_added
from hunnan_tui.core.text import display, display_line
from hunnan_tui.export.list_formats import (
    align_rows,
    build_record,
    format_csv_rows,
    format_json_lines,
    format_json_list,
    format_names,
    format_table,
)

if TYPE_CHECKING:
    from hunnan_tui.core.fields import Kind
    from hunnan_tui.core.own_fields import OwnFields
    from hunnan_tui.query.engine.field_sums import FieldSum

_WITH_ALL_KEYS = ("json", "jsonl", "csv", "tsv")
"""The formats that have every key of the file unless `show:` chooses fields."""


def list_projects(args: Namespace) -> int:
    """Print the projects that a query finds."""
    form = args.format or ("table" if output.is_terminal() else "jsonl")
    if args.bom and not _takes_bom(form):
        raise make_usage_error(
            args.command, _("--bom does not go with {form}").format(form=form)
        )
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_problems(opened.problems, files.path)
    accepted = ARRANGEMENT if form == "ids" else (*ARRANGEMENT, "show")
    listed = find_projects(
        opened, args.query, accepted, _("nothing but ids is printed")
    )
    if form != "table":
        output.use_utf8()
    if args.bom:
        write("\ufeff")
    for text in _format_listing(form, listed, opened):
        write(text)
    if form == "table":
        output.flush()
        say(_format_counts(listed, opened) + _format_sums(listed.sums))
    return 0


def _takes_bom(form: str) -> bool:
    from hunnan_tui.export.formats.registry import FORMATS

    return form in FORMATS and FORMATS[form].takes_bom


def _format_listing(form: str, listed: Listing, opened: OpenDataset) -> Iterator[str]:
    terminal = output.is_terminal()
    projects = listed.projects
    if form == "table":
        yield from _end_lines(_format_table(listed, opened.dataset))
    elif form == "ids":
        yield from _end_lines(_list_ids(projects))
    elif listed.show or form not in _WITH_ALL_KEYS:
        text = _export(form, listed, opened)
        yield display(text) if terminal else text
    elif form == "json":
        yield from format_json_list(map(build_record, projects), ascii=terminal)
    elif form == "jsonl":
        yield from format_json_lines(map(build_record, projects), ascii=terminal)
    else:
        rows = format_csv_rows(projects, "\t" if form == "tsv" else ",")
        yield from map(display, rows) if terminal else rows


def _format_table(listed: Listing, dataset: Dataset) -> Iterator[str]:
    """Yield the lines of a table, with a heading above each group."""
    width = output.get_terminal_width()
    if listed.show:
        lines = _format_fields(listed, dataset, width)
    else:
        lines = format_table(listed.projects, dataset, width, listed.places)
    for index, line in enumerate(lines, -1):  # the first line is the header
        if index in listed.headings:
            yield ""
            heading = listed.headings[index]
            yield heading if width is None else cut(heading, width)
        yield line


def _format_fields(
    listed: Listing, dataset: Dataset, width: int | None
) -> Iterator[str]:
    from hunnan_tui.core.fields import FIELDS, NUMERIC, Kind
    from hunnan_tui.export.columns import format_list_field

    today = date.today()  # noqa: DTZ011 - the reader's day
    fields = [field for field in dict.fromkeys(listed.show) if field != "name"]
    own_fields = None
    if listed.find_own_fields is not None and not FIELDS.keys() >= set(fields):
        own_fields = listed.find_own_fields()
    rows = [["id", "name", *fields]]
    rows += (
        [
            display_line(project.key),
            format_names(project, listed.places),
            *(
                display_line(
                    format_list_field(field, project, dataset, today, own_fields)
                )
                for field in fields
            ),
        ]
        for project in listed.projects
    )
    right = (*NUMERIC, Kind.AGE)
    kinds = [
        FIELDS[field].kind if field in FIELDS else _get_own_kind(own_fields, field)
        for field in fields
    ]
    numbers = [n for n, kind in enumerate(kinds, 2) if kind in right]
    return align_rows(rows, numbers, width)


def _get_own_kind(own_fields: OwnFields | None, field: str) -> Kind | None:
    own = own_fields.get(field) if own_fields is not None else None
    return own.field.kind if own else None


def _export(form: str, listed: Listing, opened: OpenDataset) -> str:
    """Return projects as an export writes them, with few columns."""
    from hunnan_tui.export.columns import list_field_columns, parse_columns
    from hunnan_tui.export.formats.registry import FORMATS
    from hunnan_tui.export.selection import select_projects

    if not listed.show:
        filled = opened.find_filled_fields()
        names = ("district", "stage", "invest")
        named = (name for name in names if name in filled)
        columns = parse_columns(",".join(("name", *named)))
    else:
        first = ("name",) if form == "md" else ("id", "name")
        columns = list_field_columns((*first, *listed.show))
    selection = select_projects(
        opened.dataset,
        listed.keys,
        export_date=date.today(),  # noqa: DTZ011 - the reader's day
        columns=columns,
        find_own_fields=listed.find_own_fields,
    )
    return FORMATS[form].encode(selection).decode()


def _end_lines(lines: Iterable[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def _list_ids(projects: Iterable[Project]) -> Iterator[str]:
    """Yield the id by which other commands know each project."""
    for project in projects:
        if project.key != project.key.strip() or len(project.key.splitlines()) != 1:
            say(_("Left out: {key!r} does not fit on a line").format(key=project.key))
            continue
        yield display_line(project.key) if output.is_terminal() else project.key


def _format_sums(sums: Sequence[FieldSum]) -> str:
    """Return the sums of the other fields that are shown, to stand behind the counts."""
    if not sums:
        return ""
    from hunnan_tui.query.engine.field_sums import format_field_sum

    return "".join(
        f", {display_line(format_field_sum(field_sum))}" for field_sum in sums
    )


def _format_counts(listed: Listing, opened: OpenDataset) -> str:
    dataset, (amount, missing, not_added) = opened.dataset, listed.count_amounts()
    text = _("{count:,} of {all:,} projects").format(
        count=len(listed.projects), all=len(dataset.projects)
    )
    if amount is None:
        is_told = missing and "invest" in opened.find_filled_fields()
        suffix = _(", investment not stated{summed_currency}").format(
            summed_currency=dataset.summed_currency
        )
        return text + (suffix if is_told else "")
    code = dataset.currency
    unit = name_unit(code) if is_chinese() else code
    money = add_unit(format_short(amount), display_line(unit))
    text = join_words((text, money))
    if missing:
        text += _(", {missing:,} not stated{summed_currency}").format(
            missing=missing, summed_currency=dataset.summed_currency
        )
    return join_words((text, format_not_added(not_added))) if not_added else text
