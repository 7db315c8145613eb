"""Columns over the projects of a dataset, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from itertools import islice
from typing import Any, TypeVar

from hunnan_tui.model import Dataset, Project

T = TypeVar("T")
Maker = Callable[[Dataset, Project], T]


class Columns:
    """One value per project and column, in the order of the file."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.keys = list(dataset.projects)
        self.projects = list(dataset.projects.values())
        self._columns: dict[Hashable, tuple[Maker[Any], list[Any]]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def has(self, name: Hashable) -> bool:
        """Return whether a column was made."""
        return name in self._columns

    def get(self, name: Hashable, make: Maker[T]) -> list[T]:
        """Return a column.

        Args:
            name: What the column is kept under.
            make: Gives a project's value; the same for the same name.
        """
        known = self._columns.get(name)
        if known is None:
            values = [make(self.dataset, project) for project in self.projects]
            self._columns[name] = known = (make, values)
        return known[1]

    def updated(self, dataset: Dataset, changed: Collection[str]) -> Columns:
        """Return the columns of a dataset of which some projects differ from this one.

        Projects may have been added behind the others; with any other change of their
        order, or of what they refer to, all is made anew.
        """
        new = Columns(dataset)
        old = self.dataset
        if (
            new.keys[: len(self)] != self.keys
            or dataset.sources != old.sources
            or dataset.stages != old.stages
            or dataset.industries != old.industries
        ):
            return new
        places = [
            place
            for place, key in enumerate(islice(new.keys, len(self)))
            if key in changed
        ]
        added = new.projects[len(self) :]
        for name, (make, known) in self._columns.items():
            values = [*known, *(make(dataset, project) for project in added)]
            for place in places:
                values[place] = make(dataset, new.projects[place])
            new._columns[name] = (make, values)
        return new
