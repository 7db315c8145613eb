"""One project as a document of its own, with its sources as footnotes."""

from __future__ import annotations

from hunnan_tui.analysis.citation import format_names
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.export.documents.footnotes import Footnotes
from hunnan_tui.export.documents.model import Document
from hunnan_tui.export.documents.project import describe_project


def make_project_page(
    project: Project,
    dataset: Dataset,
    filled: frozenset[str] = ALL,
    *,
    own: bool = True,
) -> Document:
    """Return everything known of a project.

    Args:
        project: The project.
        dataset: What its ids refer to.
        filled: The fields that the dataset fills.
        own: Whether the reader's tags, needs and notes are included.
    """
    footnotes = Footnotes(dataset)
    blocks = describe_project(project, dataset, footnotes.cite, filled, own=own)
    return Document(format_names(project), (*tuple(blocks), *footnotes.make_blocks()))
