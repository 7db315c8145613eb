"""`related`: prints the projects that have something in common with one."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.analysis.related import Related, Relations
from hunnan_tui.cli.document_output import (
    get_name,
    make_table,
    name_project,
    print_document,
    print_json,
)
from hunnan_tui.cli.open_dataset import open_dataset
from hunnan_tui.cli.selection import (
    find_project,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import Document, DocumentBlock, Paragraph


def print_related(args: Namespace) -> int:
    """Print the related projects, the most closely related first."""
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_file_problems(opened.problems)
    dataset = opened.dataset
    project = find_project(dataset, args.words[0], files.path)
    related = Relations(opened.index).find_related(project, dataset)
    if args.format == "json":
        print_json(
            [
                {
                    "id": each.key,
                    "name": get_name(dataset.projects[each.key]),
                    "in_common": [
                        {"kind": reason.kind, "text": reason.text}
                        for reason in each.reasons
                    ],
                }
                for each in related
            ]
        )
        return 0
    block: DocumentBlock = Paragraph(
        (_("No project has a party, place, source or published total in common."),)
    )
    if related:
        header = (_("Id"), _("Project"), _("In common"))
        block = make_table(header, (_format_row(each, dataset) for each in related))
    title = _("Related to {name}").format(name=name_project(project))
    print_document(args, Document(title, (block,)))
    return 0


def _format_row(related: Related, dataset: Dataset) -> tuple[str, str, str]:
    reasons = (format_line(_(reason.kind), reason.text) for reason in related.reasons)
    name = name_project(dataset.projects[related.key])
    return related.key, name, "; ".join(reasons)
