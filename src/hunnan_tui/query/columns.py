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
            projects = self.dataset.projects.values()
            values = [make(self.dataset, project) for project in projects]
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
        edited = [dataset.projects[new.keys[place]] for place in places]
        added = [dataset.projects[key] for key in islice(new.keys, len(self), None)]
        # the other thread may be making a column
        for name, (make, known) in list(self._columns.items()):
            fresh = [make(dataset, project) for project in edited]
            if added or fresh != [known[place] for place in places]:
                values = [*known, *(make(dataset, project) for project in added)]
                for place, value in zip(places, fresh, strict=True):
                    values[place] = value
                new._columns[name] = (make, values)
            else:
                # the very same list: what was made of it is still right
                new._columns[name] = (make, known)
        return new
