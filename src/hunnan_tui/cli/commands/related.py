"""`related`: prints the projects that have something in common with one."""

from __future__ import annotations

from argparse import Namespace

from hunnan_tui.analysis.related import Related, Relations
from hunnan_tui.cli.document_output import (
    make_table,
    name_project,
    print_document,
    print_json,
)
from hunnan_tui.cli.selection import (
    find_project,
    locate_files,
    report_file_problems,
)
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import Document, DocumentBlock, Paragraph
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage import open_workspace


def print_related(args: Namespace) -> int:
    """Print the related projects, the most closely related first."""
    files = locate_files(args)
    dataset, problems = open_workspace.read_dataset(files)
    report_file_problems(problems)
    project = find_project(dataset, args.words[0], files.path)
    related = Relations(Index(dataset)).find_related(project, dataset)
    if args.format == "json":
        print_json(
            [
                {
                    "id": each.key,
                    "name": name_project(dataset.projects[each.key]),
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
        ("No project has a party, place, source or published total in common.",)
    )
    if related:
        header = ("Id", "Project", "In common")
        block = make_table(header, (_format_row(each, dataset) for each in related))
    title = f"Related to {name_project(project)}"
    print_document(args, Document(title, (block,)))
    return 0


def _format_row(related: Related, dataset: Dataset) -> tuple[str, str, str]:
    reasons = (f"{reason.kind}: {reason.text}" for reason in related.reasons)
    name = name_project(dataset.projects[related.key])
    return related.key, name, "; ".join(reasons)
