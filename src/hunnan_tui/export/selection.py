"""The selection that is exported: projects, columns, and how they were chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.progress import count_done

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields


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
    find_own_fields: Callable[[], OwnFields] | None = None
    """Returns the fields of the user's own of the dataset; None to derive them."""

    @property
    def projects(self) -> Iterator[Project]:
        """The projects, read one by one from a large file."""
        projects = self.dataset.projects
        return (projects[key] for key in count_done(self.keys))


def select_projects(
    dataset: Dataset,
    keys: Sequence[str],
    *,
    export_date: date,
    columns: tuple[str, ...] = (),
    own: bool = False,
    query: str = "",
    how: str = "",
    find_own_fields: Callable[[], OwnFields] | None = None,
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
        find_own_fields: Returns the fields of the user's own, if they may be known.
    """
    parts = [
        how,
        _("query: {query}").format(query=query.strip()) if query.strip() else "",
    ]
    scope = "; ".join(filter(None, parts))
    return Selection(dataset, keys, export_date, columns, own, scope, find_own_fields)
