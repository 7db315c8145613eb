"""The selection that is exported: projects, columns, and how they were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core.model import Dataset, Project


@dataclass(frozen=True, slots=True)
class Selection:
    """Projects of a dataset, in an order."""

    dataset: Dataset
    keys: Sequence[str]
    export_date: date
    """The day of the export."""
    columns: tuple[str, ...] = ()
    """Names of columns (`columns.COLUMNS`); empty: all."""
    own: bool = False
    """Whether tags, follow-up day, needs and notes are included."""
    scope: str = ""
    """How the projects were selected, in words; empty for the whole dataset."""

    @property
    def projects(self) -> Iterator[Project]:
        """The projects, read one by one from a large file."""
        projects = self.dataset.projects
        return (projects[key] for key in self.keys)


def select_projects(
    dataset: Dataset,
    keys: Sequence[str],
    *,
    export_date: date,
    columns: tuple[str, ...] = (),
    own: bool = False,
    query: str = "",
    how: str = "",
) -> Selection:
    """Return a selection that says how it was made.

    Args:
        dataset: The dataset.
        keys: The projects, in order.
        export_date: The day of the export.
        columns: Names of columns; empty: all.
        own: Whether the reader's tags, needs and notes are included.
        query: The text of the filter.
        how: What else selected them, such as "marked".
    """
    parts = [how, f"query: {query.strip()}" if query.strip() else ""]
    scope = "; ".join(filter(None, parts))
    return Selection(dataset, keys, export_date, columns, own, scope)
