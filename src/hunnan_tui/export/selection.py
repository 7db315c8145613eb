"""What is exported: which projects, which columns, and how they were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core.model import Dataset, Project


@dataclass(frozen=True, slots=True)
class Selection:
    """Some projects of a dataset, in an order."""

    dataset: Dataset
    keys: Sequence[str]
    made: date
    """The day of the export."""
    columns: tuple[str, ...] = ()
    """Names of columns (`columns.COLUMNS`); empty: all."""
    own: bool = False
    """Whether tags, follow-up, needs and notes go along."""
    scope: str = ""
    """How the projects were chosen, in words; empty: all of the dataset."""

    @property
    def projects(self) -> Iterator[Project]:
        """The projects; those of a large file are read as they are asked for."""
        projects = self.dataset.projects
        return (projects[key] for key in self.keys)


def selected(
    dataset: Dataset,
    keys: Sequence[str],
    *,
    made: date,
    columns: tuple[str, ...] = (),
    own: bool = False,
    query: str = "",
    how: str = "",
) -> Selection:
    """Return a selection that says how it was chosen.

    Args:
        dataset: What has the projects.
        keys: The projects, in order.
        made: The day of the export.
        columns: Names of columns; empty: all.
        own: Whether the reader's tags, needs and notes go along.
        query: What the filter said.
        how: What else chose them, such as "marked".
    """
    parts = [how, f"query: {query.strip()}" if query.strip() else ""]
    scope = "; ".join(filter(None, parts))
    return Selection(dataset, keys, made, columns, own, scope)
