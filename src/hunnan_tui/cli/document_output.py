"""Prints documents and JSON, and words the figures in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import OpenDataset, open_dataset
from hunnan_tui.cli.output import write
from hunnan_tui.cli.selection import locate_files, report_problems
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.model import Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.export.list_formats import to_json

if TYPE_CHECKING:
    from hunnan_tui.export.documents.model import Document, DocumentTable


def read_dataset(args: Namespace) -> OpenDataset:
    """Return the dataset of a command, and report its problems."""
    files = locate_files(args)
    opened = open_dataset(args, files)
    report_problems(opened.problems, files.path)
    return opened


def print_json(value: object) -> None:
    """Print plain values as JSON; on a terminal in ASCII."""
    output.use_utf8()
    write(to_json(value, ascii=output.is_terminal(), indent=2) + "\n")


def print_document(args: Namespace, document: Document) -> None:
    """Print a document as text, or as Markdown if `--format md` was typed."""
    from hunnan_tui.export.formats.markdown import render_markdown
    from hunnan_tui.export.formats.plain_text import render_plain_text

    output.use_utf8()
    for text in (render_markdown if args.format == "md" else render_plain_text)(
        document
    ):
        write(text)


def make_title(name: str, query: str | None = None) -> str:
    """Return the title of a document on the projects that a query finds."""
    return format_line(name, query) if query else name


def name_project(project: Project) -> str:
    """Return the name of a project as people read it; its id where it has none."""
    return name_briefly(project) or project.key


def get_name(project: Project) -> str:
    """Return the name that JSON has of a project, the same in every language."""
    return project.name or project.name_zh or project.key


def make_table(
    header: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> DocumentTable:
    """Return a table of texts."""
    from hunnan_tui.export.documents.model import DocumentTable

    cells = tuple(tuple((cell,) for cell in row) for row in rows)
    return DocumentTable(header, cells)
