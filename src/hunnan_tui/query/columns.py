"""Columns over the projects of a dataset, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from hunnan_tui.model import Dataset, Project

T = TypeVar("T")
Maker = Callable[[Dataset, Project], T]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and what it is made with when projects change."""

    make: Callable[..., Any]
    """Takes the dataset and a project, or the values of other columns."""
    sources: tuple[Hashable, ...]
    """The columns that it is made from; none: from the projects."""
    values: list[Any]


class Columns:
    """One value per project and column, in the order of the file."""

    def __init__(
        self,
        dataset: Dataset,
        made: Mapping[Hashable, Column] | None = None,
    ) -> None:
        """Take a dataset, and the columns that were made of its projects elsewhere."""
        self.dataset = dataset
        self.keys = list(dataset.projects)
        self.lineage = object()
        """The same for all columns that `updated` has made of one another."""
        self._columns: dict[Hashable, Column] = dict(made or {})

    def __len__(self) -> int:
        return len(self.keys)

    def has(self, name: Hashable) -> bool:
        """Return whether a column was made."""
        return name in self._columns

    def get(self, name: Hashable) -> list[Any]:
        """Return a column that was made; KeyError if it was not."""
        return self._columns[name].values

    def make(self, makers: Mapping[Hashable, Maker[Any]]) -> None:
        """Make columns from the projects, all that are missing in one pass.

        Args:
            makers: What gives a project's value, by the name of the column.
        """
        missing = {name: make for name, make in makers.items() if not self.has(name)}
        made: list[tuple[Maker[Any], list[Any], dict[Any, Any]]]
        made = [(make, [], {}) for make in missing.values()]
        for project in self.dataset.projects.values() if missing else ():
            for make, values, known in made:
                values.append(_shared(make(self.dataset, project), known))
        for name, (make, values, _) in zip(missing, made, strict=True):
            self._columns[name] = Column(make, (), values)

    def derive(
        self, name: Hashable, sources: tuple[Hashable, ...], make: Callable[..., T]
    ) -> list[T]:
        """Return a column that is made from others.

        Args:
            name: What the column is kept under.
            sources: The columns that it is made from; they have been made.
            make: Takes their values; the same for the same name.
        """
        known = self._columns.get(name)
        if known is None:
            values = list(map(make, *map(self.get, sources)))
            self._columns[name] = known = Column(make, sources, values)
        return known.values

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
        new.lineage = self.lineage
        places = [
            place
            for place, key in enumerate(islice(new.keys, len(self)))
            if key in changed
        ]
        edited = [dataset.projects[new.keys[place]] for place in places]
        added = [dataset.projects[key] for key in islice(new.keys, len(self), None)]
        # another thread may be making a column
        for name, column in list(self._columns.items()):
            if column.sources:
                lists = [new.get(source) for source in column.sources]
                fresh = [column.make(*(each[n] for each in lists)) for n in places]
                behind = range(len(self), len(new))
                more = [column.make(*(each[n] for each in lists)) for n in behind]
            else:
                fresh = [column.make(dataset, project) for project in edited]
                more = [column.make(dataset, project) for project in added]
            values = _patched(column.values, places, fresh, more)
            new._columns[name] = Column(column.make, column.sources, values)
        return new


def _shared(value: T, known: dict[Any, Any]) -> T:
    """Return the value of a list that is the same: most projects share their values."""
    return known.setdefault(value, value) if type(value) is tuple else value


def _patched(
    values: list[Any], places: list[int], fresh: list[Any], more: list[Any]
) -> list[Any]:
    """Return values with some replaced and some added; the very list if all is the same.

    What was made of a list is then known to be right still.
    """
    if not more and fresh == [values[place] for place in places]:
        return values
    patched = [*values, *more]
    for place, value in zip(places, fresh, strict=True):
        patched[place] = value
    return patched
