"""`compare`: prints projects side by side, field by field."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from hunnan_tui.analysis.comparison import (
    DETAIL_LABELS,
    ComparisonRow,
    compare_projects,
)
from hunnan_tui.analysis.field_text import NOT_STATED, Items
from hunnan_tui.cli.document_output import name_project, print_document, print_json
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    ARRANGEMENT,
    STDIN,
    choose_projects,
    find_project,
    find_projects,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.counts import bracket, format_line
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentBlock,
    Heading,
    Paragraph,
)

_FEWEST = 2


def print_comparison(args: Namespace) -> int:
    """Print a heading for each field, and below it what each project states."""
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_file_problems(opened.problems)
    dataset = opened.dataset
    if args.query is not None and args.words:
        raise make_usage_error(
            args.command, _("Name projects by ids or by -q, not by both")
        )
    projects: Sequence[Project]
    if args.query is not None:
        why = _("the fields are fixed")
        projects = find_projects(opened, args.query, ARRANGEMENT, why).projects
    elif args.words == [STDIN]:
        projects, _rest = choose_projects(args, opened, files.path, count=0)
    else:
        ids = dict.fromkeys(args.words)
        found = (find_project(dataset, id, files.path) for id in ids)  # noqa: A001
        projects = list({project.key: project for project in found}.values())
    if len(projects) < _FEWEST:
        message = _("Two projects at least are compared: there are {count}")
        raise make_usage_error(args.command, message.format(count=len(projects)))
    filled = opened.find_filled_fields()
    rows = compare_projects(projects, dataset, filled)
    shown = [row for row in rows if row.differs or not args.differing]
    if args.format == "json":
        print_json(
            {
                "ids": [project.key for project in projects],
                "fields": [
                    {
                        "field": row.label,
                        "differs": row.differs,
                        "values": [list(items) for items in row.values],
                    }
                    for row in shown
                ],
            }
        )
        return 0
    differing = sum(row.differs for row in rows)
    differs = _("{count} of {all} fields differ.")
    blocks: list[DocumentBlock] = [
        Paragraph((differs.format(count=differing, all=len(rows)),)),
        Bullets(tuple((f"{name_project(p)}{bracket(p.key)}",) for p in projects)),
    ]
    blocks += _list_fields(shown, _name_projects(projects))
    title = _("{count} projects compared").format(count=len(projects))
    print_document(args, Document(title, tuple(blocks)))
    return 0


def _name_projects(projects: Sequence[Project]) -> list[str]:
    """Return a name for each project: its id where two have the same."""
    names = [name_project(project) for project in projects]
    if len(set(names)) < len(names):
        return [project.key for project in projects]
    return names


def _list_fields(
    rows: Sequence[ComparisonRow], names: Sequence[str]
) -> Iterator[DocumentBlock]:
    before = ""
    for row in rows:
        label = row.label
        if label == _("Name"):
            continue  # all of them are named already
        if label in DETAIL_LABELS.values():
            label = f"{before}, {label}"
        else:
            before = label
        if not row.differs:
            yield Heading(2, (_("{field}: the same").format(field=label),))
            yield Bullets((_format_items(row.values[0]),))
            continue
        yield Heading(2, (_("{field}: differs").format(field=label),))
        pairs = zip(names, row.values, strict=True)
        yield Bullets(
            tuple(
                (format_line(name, ""), *_format_items(items)) for name, items in pairs
            )
        )


def _format_items(items: Items) -> tuple[str]:
    return (_("; ").join(items) or _(NOT_STATED),)
